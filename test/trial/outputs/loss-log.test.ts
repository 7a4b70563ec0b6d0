import { expect, it } from 'vitest';
import { readCsv } from '../../../src/disk/csv.ts';
import { LossLog } from '../../../src/trial/outputs/loss-log.ts';

const outputs = (value: number) =>
  Object.fromEntries(
    ['lossD', 'lossG', 'scoreReal', 'scoreFake', 'gradientD', 'gradientG'].map((name, at) => [
      name,
      Float32Array.of(value + at),
    ]),
  );

/** A training of 8,000 steps, 8 in a run, from `first` on. */
function train(log: LossLog, first = 0, last = 8_000): LossLog {
  for (let step = first + 8; step <= last; step += 8) log.record(step, outputs(step / 3));
  return log;
}

it('has a row every 40 of 8,000 steps, 200 in all, in six digits', () => {
  const { columns, rows } = readCsv(train(new LossLog(8_000, 8)).csv(), 'losses.csv');
  expect(columns).toEqual(['step', 'lossD', 'lossG', 'scoreReal', 'scoreFake', 'gradientD', 'gradientG']);
  expect(rows.map((row) => Number(row.get('step')))).toEqual(Array.from({ length: 200 }, (_, row) => 40 * (row + 1)));
  expect([...(rows[0]?.values() ?? [])]).toEqual([
    '40',
    '13.3333',
    '14.3333',
    '15.3333',
    '16.3333',
    '17.3333',
    '18.3333',
  ]);
});

it('goes on from a checkpoint to the same text', () => {
  const whole = train(new LossLog(8_000, 8)).csv();
  const half = train(new LossLog(8_000, 8), 0, 4_000).arrays();
  const other = new LossLog(8_000, 8);
  expect(other.restore(half, 4_000)).toBe(true);
  expect(train(other, 4_000).csv()).toBe(whole);
  const rows = half['log.losses'] ?? new Float32Array();
  for (const [cells, step] of [
    [new Float32Array(), 4_000],
    [rows, 4_040],
    [rows, 3_960],
    [rows.slice(7), 4_000],
    [rows.slice(0, -1), 4_000],
    [rows.map((cell, at) => (at % 7 === 0 ? cell + 1 : cell)), 4_001],
  ] as const)
    expect(other.restore({ 'log.losses': cells }, step)).toBe(false);
});

it('keeps the last step, and a step that is not finite, wherever they fall', () => {
  const log = new LossLog(1_000, 1); // a row every 5
  log.record(3, {
    ...outputs(1),
    lossD: Float32Array.of(Number.NaN),
    lossG: Float32Array.of(Number.POSITIVE_INFINITY),
  });
  log.record(4, outputs(1));
  log.record(1_000, outputs(1));
  const { rows } = readCsv(log.csv(), 'losses.csv');
  expect(rows.map((row) => row.get('step'))).toEqual(['3', '1000']);
  expect([rows[0]?.get('lossD'), rows[0]?.get('lossG')]).toEqual(['', 'Infinity']);
});
