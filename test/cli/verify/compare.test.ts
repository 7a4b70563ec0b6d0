/** The verdict on trials that were trained again, on cases worked out by hand. */
import { describe, expect, it } from 'vitest';
import { compare, conclude } from '../../../src/cli/verify/compare.ts';
import type { TrialRecord } from '../../../src/store/record.ts';
import type { TableRow } from '../../../src/store/trials-csv.ts';
import { builtInColumns } from '../../../src/summary/column-info.ts';
import { recordOf, sampleTrials } from '../../store/sample-record.ts';

/** Of gan, seed 0. */
function sampleRecord(): TrialRecord {
  const [trial] = sampleTrials('1');
  if (!trial) throw new Error('the sample has no trial');
  return recordOf(trial);
}

const record = (engine: string, metrics: Record<string, number>): TrialRecord => ({
  ...sampleRecord(),
  engine,
  metrics,
});

/** Of the record's trial, and of two more seeds of its method. */
function rows(engine: string, ...seeds: Record<string, number>[]): TableRow[] {
  const { hash, spec, preset, status, steps } = sampleRecord();
  return seeds.map((metrics, seed) => ({
    ...{
      method: spec.method,
      seed,
      preset,
      status,
      steps,
      wallSeconds: 1,
      engine,
      device: 'cpu',
      metrics,
      values: [],
      origin: {},
    },
    spec: seed === 0 ? hash.slice(0, 8) : `${seed}0000000`,
  }));
}

/** A table whose columns are those of its rows. */
const tableOf = (reference: TableRow[]) => ({
  rows: reference,
  header: reference.flatMap(({ metrics }) => Object.keys(metrics)),
});

const verdict = (here: TrialRecord, reference: TableRow[], files?: readonly string[]) =>
  conclude(compare([here], tableOf(reference), builtInColumns), files);

const reference = [
  { modesCaptured: 20, highQuality: 0.8, lossD: 1 },
  { modesCaptured: 22, highQuality: 0.9, lossD: 2 },
  { modesCaptured: 21, highQuality: 0.7, lossD: 3 },
];

describe('a verdict', () => {
  it('leaves out measures that are newer than the reference, and says so', () => {
    const metrics = { modesCaptured: 20, highQuality: 0.8, lossD: 1 };
    const newer = record('native', { ...metrics, effectiveModes: 3.2 });
    expect(verdict(newer, rows('native', ...reference), ['gan-s0'])).toEqual({
      holds: true,
      lines: ['Equal: 1 trial, 5 values', 'The reference is older than 1 measure, so its files are not compared'],
    });
    const [first = {}, ...others] = reference;
    expect(verdict(newer, rows('native', { ...first, effectiveModes: 3 }, ...others), []).holds).toBe(false);
  });

  it('is equal where every value is, undefined ones among them', () => {
    const metrics = { modesCaptured: 20, highQuality: Number.NaN };
    expect(verdict(record('native', metrics), rows('native', metrics), [])).toEqual({
      holds: true,
      lines: ['Equal: 1 trial, 4 values, every byte of every file'],
    });
    expect(verdict(record('onnx', metrics), rows('onnx', metrics)).lines).toEqual(['Equal: 1 trial, 4 values']);
  });

  it('names files whose bytes differ though every value is equal', () => {
    const [metrics = {}] = reference;
    expect(verdict(record('native', metrics), rows('native', metrics), ['gan-s0'])).toEqual({
      holds: false,
      lines: ['Differs: 1 trial, 5 values equal, but not every file of gan-s0'],
    });
  });

  it('allows machine code not the last digit', () => {
    const here = record('native', { ...reference[0], highQuality: 0.8 + 2 ** -52 });
    const { holds, lines } = verdict(here, rows('native', ...reference));
    expect(holds).toBe(false);
    expect(lines).toEqual([
      'Differs: 1 of 5 values of 1 trial differ',
      `  ${here.id}  highQuality: 0.8000000000000003, reference 0.8`,
    ]);
  });

  it('allows another rounding the range of the seeds, widened by itself, and any loss', () => {
    const near = verdict(
      record('onnx', { modesCaptured: 18, highQuality: 1, lossD: 99 }),
      rows('native', ...reference),
    );
    expect(near.holds).toBe(true);
    expect(near.lines[0]).toMatch(/^Agrees: 3 of 5 values of 1 trial differ, .*\(onnx here, native there\)/);
    const far = verdict(record('onnx', { modesCaptured: 17, highQuality: 1, lossD: 1 }), rows('native', ...reference));
    expect(far.holds).toBe(false);
    expect(far.lines).toEqual([
      'Differs: 2 of 5 values of 1 trial differ, 1 of them by more than rounding explains (onnx here, native there)',
      expect.stringContaining('modesCaptured: 17, reference 20'),
    ]);
  });

  it('allows nothing where every seed of the reference has the same', () => {
    const all = reference.map((metrics) => ({ ...metrics, modesCaptured: 25 }));
    const { holds } = verdict(record('onnx', { ...all[0], modesCaptured: 24 }), rows('native', ...all));
    expect(holds).toBe(false);
  });

  it('lists twelve differences and counts the others', () => {
    const metrics = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`m${at}`, at]));
    const here = Object.fromEntries(Object.keys(metrics).map((name) => [name, -1]));
    const { lines } = verdict(record('native', here), rows('native', metrics));
    expect(lines).toHaveLength(14);
    expect(lines.at(-1)).toBe('  and 8 more');
  });

  it('does not hold for a trial that ended otherwise', () => {
    const [metrics = {}] = reference;
    const here = { ...record('onnx', metrics), status: 'diverged' as const };
    expect(verdict(here, rows('onnx', ...reference)).lines[1]).toContain('status: diverged, reference done');
  });
});
