/** Stores as they are found: cut short, empty, of other versions. What cannot be read is said and is missing, no more. */
import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadExperiment } from '../../src/experiment/load.ts';
import { planTrials } from '../../src/experiment/plan.ts';
import { loadReport as load } from '../../src/report/load.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { decodeTable } from '../../src/report/trial-files.ts';
import { hashOf } from '../../src/schema/identity.ts';
import { writeMetadata } from '../../src/store/metadata.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { isSearch } from '../../src/store/search-file.ts';
import { openStore } from '../../src/store/store.ts';
import { columnInfo } from '../../src/summary/column-info.ts';
import { seedlessHash } from '../../src/summary/origins.ts';
import { loadReport, sampleRecords, scratch, specOf, storeOf, trialOf } from './sample-store.ts';

async function sample() {
  const root = await storeOf(sampleRecords());
  const [first] = sampleRecords();
  if (!first) throw new Error('a record');
  return { root, folder: openStore(root, 'grid25').folder(first.id), id: first.id };
}

const firstTrial = async (root: string) => (await loadReport(root, 'grid25')).groups[0]?.trials[0];

describe('loading', () => {
  it('reads records, history and samples', async () => {
    const { root } = await sample();
    const trial = await firstTrial(root);
    expect(trial?.history.map(({ step }) => step)).toEqual([2000, 4000, 8000]);
    expect(trial?.samples?.count).toBe(120);
    expect(trial?.samples?.texts.set?.[0]).toBe('generated');
    expect(trial?.samples?.numbers.x0?.every(Number.isFinite)).toBe(true);
    expect([trial?.losses, trial?.landscape, trial?.lines, trial?.film]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('takes what the author says from the store, else from the project, else does without', async () => {
    const { root } = await sample();
    expect((await loadReport(root, 'grid25')).about?.expects).toEqual({
      'bigan-pgp': { modesCaptured: { atLeast: 25 } },
    });
    const own = { claim: 'mine', source: 'me', expects: {}, deviations: [] };
    writeFileSync(join(root, 'grid25/experiment.json'), JSON.stringify(own));
    expect((await loadReport(root, 'grid25')).about).toEqual(own);
    await storeOf([trialOf({ ...specOf('gan', 0), experiment: 'elsewhere' }, 3)], root);
    expect((await loadReport(root, 'elsewhere')).about).toBeUndefined();
  });

  it.each<[string, (path: string) => void, RegExp]>([
    ['history.csv', (path) => truncateSync(path, readFileSync(path).length - 30), /history\.csv: /],
    ['history.csv', (path) => writeFileSync(path, ''), /history\.csv: expected a header, got an empty file/],
    [
      'history.csv',
      (path) => writeFileSync(path, 'step,lossD\nten,1\n'),
      /history\.csv: row 1, step: expected a number/,
    ],
    [
      'samples.csv',
      (path) => truncateSync(path, 90),
      /samples\.csv: row \d+: expected 6 cells, got \d \(cut short\?\)/,
    ],
    ['samples.csv', (path) => writeFileSync(path, '\n'), /samples\.csv: expected a header, got an empty file/],
    ['samples.csv', (path) => writeFileSync(path, 'set,"x0\n'), /samples\.csv: /],
    ['film.json', (path) => writeFileSync(path, '{"version": 1, "kind'), /film\.json: not JSON \(cut short\?\)/],
  ])('says that %s is broken, once, and goes on without it', async (file, damage, message) => {
    const { root, folder } = await sample();
    damage(join(folder, file));
    const data = await loadReport(root, 'grid25');
    for (let times = 0; times < 2; times++) {
      for (const { trials } of data.groups) for (const one of trials) void [one.history, one.samples, one.film];
    }
    expect(data.problems).toEqual([expect.stringMatching(message)]);
    expect(data.problems[0]).not.toContain(root);
    expect(data.groups.flatMap(({ trials }) => trials)).toHaveLength(6);
  });

  it.each<[string, string]>([
    ['empty', ''],
    ['cut short', '{"id": "gan'],
    ['of another shape', '{"id": 3}'],
  ])('leaves out a trial whose trial.json is %s, and says so', async (_, text) => {
    const { root, folder, id } = await sample();
    writeFileSync(join(folder, 'trial.json'), text);
    const data = await loadReport(root, 'grid25');
    expect(data.groups.flatMap(({ trials }) => trials)).toHaveLength(5);
    expect(data.problems).toEqual([expect.stringContaining(`grid25/trials/${id}/trial.json`)]);
  });

  it('says that experiment.json is broken', async () => {
    const { root } = await sample();
    writeFileSync(join(root, 'grid25/experiment.json'), '{"claim": 5}');
    expect((await loadReport(root, 'grid25')).problems).toEqual([expect.stringContaining('experiment.json: claim')]);
  });

  it('does without files that older trials lack', async () => {
    const { root, folder } = await sample();
    for (const file of ['history.csv', 'samples.csv']) rmSync(join(folder, file));
    const trial = await firstTrial(root);
    expect([trial?.history, trial?.samples]).toEqual([[], undefined]);
  });

  it('keeps columns that it does not know', async () => {
    const { root, folder } = await sample();
    const path = join(folder, 'samples.csv');
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    writeFileSync(path, lines.map((line, at) => `${line},${at === 0 ? 'colour' : 'red'}`).join('\n'));
    const trial = await firstTrial(root);
    expect(trial?.samples?.count).toBe(120);
    expect(trial?.samples?.numbers.colour?.every(Number.isNaN)).toBe(true);
  });

  it('has nothing to report where there is no trial', async () => {
    await expect(loadReport(scratch(), 'grid25')).rejects.toThrow(/holds no trial of grid25/);
    const { root } = await sample();
    for (const { id } of sampleRecords()) appendFileSync(join(root, 'grid25/trials', id, 'trial.json'), 'x');
    await expect(loadReport(root, 'grid25')).rejects.toThrow(/no trial of grid25 \(6 unreadable, first .*\)$/);
  });
});

describe('the store alone', () => {
  it('says how methods, columns and data are called and drawn, and what was declared', async () => {
    const records = sampleRecords().map((record) => ({ ...record, varied: ['training.steps'] }));
    const root = await storeOf(records);
    const truth = { dim: 2, scale: 1, modes: { centres: [0, 0, 1, 1], weights: [0.5, 0.5], std: 0.1 } };
    await writeMetadata(join(root, 'grid25'), {
      ...{ claim: 'mine', source: 'me', expects: {}, deviations: [] },
      methods: {
        bigan: {
          description: 'a pair',
          source: 'somebody',
          colour: '#123456',
          setting: seedlessHash(specOf('bigan', 0)),
        },
      },
      columns: [{ name: 'highQuality', title: 'fine samples', unit: 'share', digits: 2, better: 'more' }],
      data: { [hashOf(specOf('bigan', 0).data)]: truth },
    });
    const { groups, main, columns } = await load(root, 'grid25');
    expect(
      groups.map(({ method, colour, description, asDeclared }) => [method, colour, description, asDeclared]),
    ).toEqual([
      ['bigan', '#123456', 'a pair', true],
      ['bigan-pgp', '#d55e00', undefined, false],
    ]);
    expect(main[0]?.truth.modes?.count).toBe(2);
    expect(columnInfo('highQuality', columns).title).toBe('fine samples');
    expect(columnInfo('raw.highQuality', columns).title).toBe('fine samples, raw weights');
    expect(columnInfo('slicedW2', columns).title).toBe('sliced W2');
  });

  it('may be trials.csv and nothing else: the numbers are those of the records', async () => {
    const root = await storeOf(sampleRecords());
    const trialsOf = ({ groups }: ReportData) =>
      groups.map(({ label, asDeclared, trials }) => [
        ...[label, asDeclared],
        ...trials.map(({ record: { id, status, steps, metrics } }) => [id, status, steps, metrics]),
      ]);
    const project = await projectTrials();
    const whole = scratch();
    for (const record of project) await openStore(whole, 'grid25').keep(record);
    await openStore(whole, 'grid25').rebuild();
    const before = trialsOf(await loadReport(whole, 'grid25'));
    rmSync(join(whole, 'grid25/trials'), { recursive: true });
    const data = await loadReport(whole, 'grid25');
    expect(trialsOf(data)).toEqual(before);
    expect(data.problems).toEqual([]);
    await expect(load(whole, 'grid25')).rejects.toThrow(/holds no trial of grid25/);
    await openStore(root, 'grid25').rebuild(); // of specs that only this test has
    rmSync(join(root, 'grid25/trials'), { recursive: true });
    await expect(loadReport(root, 'grid25')).rejects.toThrow(
      /6 of 6 rows are of specs that the experiment does not have/,
    );
  });
});

const reference = new URL('../../results/reference', import.meta.url).pathname;
/** Searches are no experiments: they have a report of their own. */
const namesOf = (folder: string): string[] =>
  readdirSync(folder).filter((name) => existsSync(join(folder, name, 'trials.csv')) && !isSearch(join(folder, name)));

it.each(namesOf(reference))('results/reference/%s, a table alone, is reported whole', async (experiment) => {
  const { groups, problems, about } = await loadReport(reference, experiment);
  const rows =
    readFileSync(join(reference, experiment, 'trials.csv'), 'utf8')
      .trim()
      .split('\n').length - 1;
  expect(groups.flatMap(({ trials }) => trials)).toHaveLength(rows);
  expect(problems).toEqual([]);
  expect(about?.claim).not.toBe('');
});

/** Trials that grid25 declares, some of a sweep. */
async function projectTrials(): Promise<TrialRecord[]> {
  const plan = planTrials(await loadExperiment('grid25'), {
    ...{ seeds: '2', methods: 'gan,bigan-pgp', set: [], sweep: [], lambda: '1,10' },
  });
  return plan.trials.map(({ spec, varied, preset }) => ({ ...trialOf(spec, 9 + spec.seed), varied, preset }));
}

describe('a table', () => {
  it('reads the same with quotes as without', () => {
    const plain = decodeTable('set,x0\ngenerated,1.5\nreal,\n', 'a.csv');
    expect(decodeTable('"set",x0\r\n"generated",1.5\r\n"real",\r\n', 'a.csv')).toEqual(plain);
    expect(plain).toEqual({
      count: 2,
      numbers: { x0: Float64Array.of(1.5, Number.NaN) },
      texts: { set: ['generated', 'real'] },
    });
  });
});
