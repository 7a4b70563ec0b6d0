/** The page of a command of several runs: the trials of a further one join those that were shown before. */
import { expect, it } from 'vitest';
import { describeExperiment } from '../../src/cli/experiment-metadata.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { openStore } from '../../src/store/store.ts';
import { WatchedRun } from '../../src/view/watched-run.ts';
import { scratch } from '../report/sample-store.ts';

it('keeps what it shows when a further run begins', async () => {
  const root = scratch();
  const ring8 = await loadExperiment('ring8');
  const trialsOf = (steps: number) =>
    planTrials(ring8, {
      seeds: '1',
      methods: 'gan',
      set: [`training.steps=${steps}`, 'evaluation.every=40'],
      sweep: [],
    }).trials;
  const trials = trialsOf(40);
  const run = new WatchedRun({ store: openStore(root, 'ring8'), metadata: describeExperiment(ring8, []), trials });
  const [first] = trials;
  if (first) run.on({ kind: 'started', trial: first });
  run.add([...trialsOf(40), ...trialsOf(80)]);
  const wall = (await run.open('ring8'))?.wall();
  expect(wall?.trials.map(({ steps, state }) => [steps, state])).toEqual([
    [40, 'running'],
    [80, 'waiting'],
  ]);
});
