import { expect, it } from 'vitest';
import { Mutex } from '../../src/base/mutex.ts';

it('runs one piece of work at a time, in the order asked for, also after one that throws', async () => {
  const mutex = new Mutex();
  const log: string[] = [];
  const work = (name: string, fails = false) =>
    mutex.run(async () => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    });
  const [a, b, c] = await Promise.allSettled([work('a'), work('b', true), work('c')]);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect([a?.status, b?.status, c?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
