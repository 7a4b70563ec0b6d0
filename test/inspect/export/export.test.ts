/**
 * What `export` writes, read back. TensorBoard 2.21, pandas 3.1, pyarrow 26, NumPy 2.4 and nbclient have read an export of grid25 with the same
 * numbers in all; these tests hold the bytes to the formats without Python.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BinaryReader } from '@bufbuild/protobuf/wire';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runExport } from '../../../src/cli/export.ts';
import { readArrays } from '../../../src/datasets/readers/numpy-file.ts';
import { readCsv } from '../../../src/disk/csv.ts';
import { encodeNpy } from '../../../src/disk/npz.ts';
import { crc32c } from '../../../src/inspect/export/events.ts';

const store = fileURLToPath(new URL('../../fixtures/store-0.1', import.meta.url));
const trials = ['bigan-pgp-s0-e527efb1'];
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'modebench-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function exported(to: string, name: string): Promise<string> {
  const log = vi.spyOn(console, 'log').mockImplementation(() => {});
  const out = join(folder, name);
  try {
    expect(await runExport({ experiment: 'ring8', to, out, store }, folder)).toBe(0);
  } finally {
    log.mockRestore();
  }
  return out;
}

async function table() {
  const { columns, rows } = readCsv(readFileSync(await exported('csv', 'x.csv'), 'utf8'), 'x.csv');
  return { columns, rows };
}

test('one tidy table: a row an evaluation, the last of each trial is its record', async () => {
  const { columns, rows } = await table();
  expect(columns.slice(0, 7)).toEqual(['experiment', 'method', 'seed', 'preset', 'trial', 'status', 'label']);
  for (const trial of trials) {
    const own = rows.filter((row) => row.get('trial') === trial);
    const { metrics, steps } = JSON.parse(readFileSync(join(store, 'ring8/trials', trial, 'trial.json'), 'utf8'));
    expect(own.map((row) => row.get('final'))).toEqual([...own.slice(1).map(() => '0'), '1']);
    expect(own.at(-1)?.get('step')).toBe(String(steps));
    expect(own.at(-1)?.get('modesCaptured')).toBe(String(metrics.modesCaptured));
  }
});

test('Parquet and NumPy have the same table', async () => {
  const { columns, rows } = await table();
  const bytes = readFileSync(await exported('parquet', 'x.parquet'));
  const objects = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
  const text = (value: unknown) => (value === null || value === undefined ? '' : String(value));
  expect(objects.map((row) => columns.map((name) => text(row[name])))).toEqual(rows.map((row) => [...row.values()]));
  const file = await exported('npz', 'x.npz');
  const { 'table/modesCaptured': captured } = await readArrays(file, () => ['table/modesCaptured']);
  expect([...(captured?.values ?? [])].map((value) => (Number.isNaN(value) ? '' : String(value)))).toEqual(
    rows.map((row) => row.get('modesCaptured')),
  );
  const samples = await readArrays(file, (names) => names.filter((name) => name.startsWith('samples/')));
  expect(Object.values(samples).map(({ shape }) => shape[1])).toEqual(Object.keys(samples).map(() => 2));
});

test('arrays are those of np.save, byte for byte', () => {
  const numpy = fileURLToPath(new URL('../../fixtures/numpy/', import.meta.url));
  const rows = [-0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1];
  const name = 'x';
  expect(encodeNpy({ name, shape: [4, 2], values: Float32Array.from(rows) })).toEqual(readFileSync(`${numpy}f4.npy`));
  expect(encodeNpy({ name, shape: [4, 2], values: Float64Array.from(rows) })).toEqual(readFileSync(`${numpy}f8.npy`));
  expect(encodeNpy({ name, shape: [1], values: ['a'] })).toEqual(readFileSync(`${numpy}text.npy`));
});

/** The records of a TFRecord file, their checksums checked. */
function recordsOf(file: Buffer): Buffer[] {
  const records: Buffer[] = [];
  const unmasked = (masked: number) => {
    const rotated = (masked - 0xa282ead8) >>> 0;
    return ((rotated >>> 17) | (rotated << 15)) >>> 0;
  };
  for (let at = 0; at < file.length; ) {
    const length = Number(file.readBigUInt64LE(at));
    expect(unmasked(file.readUInt32LE(at + 8))).toBe(crc32c(file.subarray(at, at + 8)));
    const data = file.subarray(at + 12, at + 12 + length);
    expect(unmasked(file.readUInt32LE(at + 12 + length))).toBe(crc32c(data));
    records.push(data);
    at += 16 + length;
  }
  return records;
}

const _readers: Readonly<Record<number, (reader: BinaryReader) => unknown>> = {
  0: (reader) => Number(reader.int64()),
  1: (reader) => reader.double(),
  2: (reader) => Buffer.from(reader.bytes()),
  5: (reader) => reader.float(),
};

/** Fields of a message by number, the last of each. */
function fieldsOf(bytes: Uint8Array): Map<number, unknown> {
  const reader = new BinaryReader(bytes);
  const fields = new Map<number, unknown>();
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    const read = [
      () => Number(reader.int64()),
      () => reader.double(),
      () => reader.bytes(),
      undefined,
      undefined,
      () => reader.float(),
    ][wire];
    fields.set(number, read?.());
  }
  return fields;
}

test('TensorBoard: a run a trial, with curves, a picture and its hyperparameters', async () => {
  expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283); // the check value of CRC-32C
  const { rows } = await table();
  const out = await exported('tensorboard', 'logs');
  const [trial = ''] = trials;
  const events = recordsOf(readFileSync(join(out, trial, 'events.out.tfevents.0.modebench'))).map(fieldsOf);
  expect(String(events[0]?.get(3))).toBe('brain.Event:2');
  const own = rows.filter((row) => row.get('trial') === trial);
  const values = events.slice(1).map((event) => {
    const summary = event.get(5) as Uint8Array;
    const reader = new BinaryReader(summary);
    const found: [string, unknown][] = [];
    while (reader.pos < reader.len) {
      reader.tag();
      const value = fieldsOf(reader.bytes());
      found.push([String(value.get(1)), value.get(2) ?? value.get(4) ?? value.get(9)]);
    }
    return { step: event.get(2), values: Object.fromEntries(found) };
  });
  expect(values[0]?.values).toHaveProperty(['_hparams_/session_start_info']);
  expect(values.at(-1)?.values).toHaveProperty(['_hparams_/session_end_info']);
  const curve = values.filter(({ values }) => 'modesCaptured' in values);
  expect(curve.map(({ step, values }) => `${step} ${values.modesCaptured}`)).toEqual(
    own.map((row) => `${row.get('step')} ${row.get('modesCaptured')}`),
  );
  const pictures = values.flatMap(({ values }) => (values.samples ? [fieldsOf(values.samples as Uint8Array)] : []));
  expect(pictures).toHaveLength(1);
  expect(String(pictures[0]?.get(4)).slice(1, 4)).toBe('PNG');
  expect(recordsOf(readFileSync(join(out, 'events.out.tfevents.0.modebench')))).toHaveLength(2);
});

test('a notebook, with its table beside it', async () => {
  const { cells, nbformat } = JSON.parse(readFileSync(await exported('ipynb', 'x.ipynb'), 'utf8'));
  expect(nbformat).toBe(4);
  expect(cells.map(({ cell_type }: { cell_type: string }) => cell_type)).toEqual(['markdown', 'code', 'code']);
  expect(cells[1].source.join('')).toContain("pd.read_csv('x.csv')");
  expect(cells[1].source.join('')).toContain("metric = 'modesCaptured'");
});

test.each<[object, RegExp]>([
  [{ to: undefined }, /^expected --to tensorboard, csv, parquet, npz, ipynb$/],
  [{ to: 'parqet' }, /^--to: expected tensorboard or csv .*, got 'parqet'; did you mean 'parquet'\?$/],
  [{ experiment: 'ring9' }, /holds no trial of ring9$/],
  [{ out: tmpdir() }, /^--out: expected a file, .* is a folder$/],
  [{ store: '/nowhere/at/all' }, /^--store: there is no folder \/nowhere\/at\/all$/],
])('%o is refused', async (change, message) => {
  writeFileSync(join(folder, 'before.csv'), 'before');
  const given = { experiment: 'ring8', to: 'csv', out: join(folder, 'before.csv'), store, ...change };
  await expect(runExport(given, folder)).rejects.toThrow(message);
  expect(readFileSync(join(folder, 'before.csv'), 'utf8')).toBe('before');
});
