/** What is remembered is the first answer for an object and a setting, and nothing else. */
import { expect, test } from 'vitest';
import { memo } from '../../../src/metrics/numerics/memo.ts';

test('computes once for each object and setting', () => {
  const once = memo<number>();
  const [a, b] = [{}, {}];
  let computed = 0;
  const compute = () => ++computed;
  expect([once(a, 'k 3', compute), once(a, 'k 3', compute)]).toEqual([1, 1]);
  expect([once(a, 'k 5', compute), once(b, 'k 3', compute), once(a, 'k 3', compute)]).toEqual([2, 3, 1]);
  expect(memo<number>()(a, 'k 3', compute)).toBe(4); // another memory knows nothing of it
});

test('NaN is an answer; what throws is asked again', () => {
  const once = memo<number>();
  const key = {};
  expect(() => once(key, '', () => JSON.parse('{'))).toThrow(SyntaxError);
  expect(once(key, '', () => Number.NaN)).toBeNaN();
  expect(once(key, '', () => 1)).toBeNaN();
});
