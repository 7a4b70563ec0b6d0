import { expect, it } from 'vitest';
import { assignments } from '../../../src/cli/screen/trial-text.ts';

it('settings are called by the last part of their path, with its section where two end alike', () => {
  const spec = { critic: { steps: 5 }, unrolling: { steps: 3, rate: 0.5 }, nets: { hidden: [8] } };
  expect(assignments(spec, ['critic.steps', 'unrolling.steps', 'unrolling.rate', 'nets.hidden'])).toEqual([
    ...['critic.steps=5', 'unrolling.steps=3', 'rate=0.5', 'hidden=[8]'],
  ]);
});
