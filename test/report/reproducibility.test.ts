import { describe, expect, it } from 'vitest';
import { type PlanRequest, planTrials } from '../../src/experiment/plan.ts';
import { commands, tally } from '../../src/report/reproducibility.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { sampleExperiment } from '../experiment/sample.ts';
import { recordOf } from '../store/sample-record.ts';

const recordsOf = (request: Partial<PlanRequest>): TrialRecord[] =>
  planTrials(sampleExperiment, { seeds: '2', set: [], sweep: [], ...request }).trials.map((trial) => recordOf(trial));

/** Reads a command back as the command line would. */
function planned(command: string): string[] {
  const words = command.match(/'[^']*'|\S+/g)?.map((word) => word.replaceAll("'", '')) ?? [];
  const values = (option: string) => words.flatMap((word, at) => (words[at - 1] === option ? [word] : []));
  const [methods, preset, lambda] = ['--methods', '--preset', '--lambda'].map((option) => values(option)[0]);
  const request = {
    seeds: values('--seeds')[0] ?? '',
    methods,
    preset,
    lambda,
    set: values('--set'),
    sweep: values('--sweep'),
  };
  return planTrials(sampleExperiment, request).trials.map(({ hash }) => hash);
}

describe('the commands that make a store again', () => {
  it.each<[string, Partial<PlanRequest>[]]>([
    ['all methods', [{}]],
    ['some seeds', [{ seeds: '3,5,9', methods: 'gan' }]],
    ['one seed that is not the first', [{ seeds: '7..7', methods: 'gan' }]],
    ['a preset', [{ preset: 'narrow' }]],
    ['a value set, and a list', [{ set: ['training.steps=50', 'nets.hidden=[8, 8]'] }]],
    ['an ablation beside the rest', [{}, { methods: 'bigan-pgp', lambda: '0,0.1,10', seeds: '3' }]],
    ['a grid', [{ methods: 'bigan-pgp', lambda: '0,1', sweep: ['training.batch=16,32'] }]],
    ['more seeds of one method', [{}, { methods: 'bigan', seeds: '5' }]],
  ])('plan exactly its trials: %s', (_, requests) => {
    const records = [...new Map(requests.flatMap(recordsOf).map((record) => [record.hash, record])).values()];
    const hashes = commands(records, 'sample').flatMap(planned);
    expect(new Set(hashes)).toEqual(new Set(records.map(({ hash }) => hash)));
  });

  it('are short where the run was simple', () => {
    expect(commands(recordsOf({ seeds: '5', methods: 'bigan,bigan-pgp' }), 'grid25')).toEqual([
      'npm run exp -- grid25 --methods bigan,bigan-pgp --seeds 5',
    ]);
  });
});

it('tallies most first', () => {
  const records = recordsOf({ methods: 'gan', seeds: '3' });
  expect(tally(records, ({ spec }) => (spec.seed === 0 ? 'a' : 'b'))).toEqual([
    { value: 'b', trials: 2 },
    { value: 'a', trials: 1 },
  ]);
});
