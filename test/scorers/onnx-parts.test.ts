/** Networks whose weights lie in a second file, as PyTorch's exporter writes them: from any folder, known by those bytes too. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { externalPlaces } from '../../src/engine/onnx/external-data.ts';
import { openTrainedModel } from '../../src/inspect/trained-model.ts';
import { openScorer } from '../../src/scorers/onnx-scorer.ts';

/** Protobuf, as little of it as an ONNX file needs. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const number = (field: number, value: number): number[] => [...varint(field * 8), ...varint(value)];
const bytes = (field: number, content: readonly number[]): number[] => [
  ...varint(field * 8 + 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, value: string): number[] => bytes(field, [...Buffer.from(value)]);

const info = (name: string, width: number): number[] => {
  const shape = [...bytes(1, text(2, 'batch')), ...bytes(1, number(1, width))];
  return [...text(1, name), ...bytes(2, bytes(1, [...number(1, 1), ...bytes(2, shape)]))];
};

/** x `[batch, 2]` times w `[2, 3]`, which lies in `place`. */
function network(place: string, [input, output] = ['x', 'flat']): Uint8Array {
  const weights = [
    ...number(1, 2),
    ...number(1, 3),
    ...number(2, 1),
    ...text(8, 'w'),
    ...bytes(13, [...text(1, 'location'), ...text(2, place)]),
    ...bytes(13, [...text(1, 'length'), ...text(2, '24')]),
    ...number(14, 1),
  ];
  const graph = [
    ...bytes(1, [...text(1, input), ...text(1, 'w'), ...text(2, output), ...text(4, 'MatMul')]),
    ...text(2, 'g'),
    ...bytes(5, weights),
    ...bytes(11, info(input, 2)),
    ...bytes(12, info(output, 3)),
  ];
  return Uint8Array.from([...number(1, 8), ...bytes(8, number(2, 17)), ...bytes(7, graph)]);
}

const weights = (scale: number): Uint8Array =>
  new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).map((w) => scale * w).buffer);
const card = { name: 'two files', input: { shape: [2], mean: [0.5], std: [0.5] }, output: { features: 'flat' } };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'modebench-parts-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(place = 'judge.onnx.data', into = folder): string {
  writeFileSync(join(into, 'judge.onnx'), network(place));
  writeFileSync(join(into, 'judge.json'), JSON.stringify(card));
  return join(into, 'judge.onnx');
}

async function judged(path: string) {
  const scorer = await openScorer(path);
  const { features } = await scorer.judge({ values: Float32Array.of(1, 1), count: 1, dim: 2 }, [2]);
  await scorer.dispose();
  return { features: [...features.values], hash: scorer.hash };
}

describe('a scorer of two files', () => {
  it('is opened wherever it lies, whatever lies where the program was started', async () => {
    const path = write();
    writeFileSync(join(folder, 'judge.onnx.data'), weights(1));
    const here = await judged(path);
    expect(here.features).toEqual([5, 7, 9]);
    const elsewhere = join(folder, 'elsewhere');
    mkdirSync(elsewhere);
    copyFileSync(join(folder, 'judge.onnx.data'), join(elsewhere, 'judge.onnx.data'));
    expect(await judged(write('judge.onnx.data', elsewhere))).toEqual(here);
  });

  it('is another scorer with other weights, though its first file is the same', async () => {
    const path = write();
    writeFileSync(join(folder, 'judge.onnx.data'), weights(1));
    const one = await judged(path);
    writeFileSync(join(folder, 'judge.onnx.data'), weights(2));
    const other = await judged(path);
    expect(other.features).toEqual([10, 14, 18]);
    expect(other.hash).not.toBe(one.hash);
  });

  it('is refused by name where they are not there, or lie outside of its folder', async () => {
    await expect(openScorer(write())).rejects.toThrow(
      /judge\.onnx: its weights lie in .*judge\.onnx\.data, which is not there/,
    );
    mkdirSync(join(folder, 'inner'));
    writeFileSync(join(folder, 'w'), weights(1));
    for (const place of ['../w', join(folder, 'w'), 'a/../../w', '..\\w', 'C:\\w', ''])
      await expect(openScorer(write(place, join(folder, 'inner')))).rejects.toThrow(
        /judge\.onnx: expected weights in its own folder, it names /,
      );
  });

  it('may be a generator as well', async () => {
    const path = join(folder, 'g.onnx');
    writeFileSync(path, network('g.onnx.data', ['z', 'x']));
    await expect(openTrainedModel(path)).rejects.toThrow(
      /g\.onnx: its weights lie in .*g\.onnx\.data, which is not there/,
    );
    writeFileSync(join(folder, 'g.onnx.data'), weights(1));
    const model = await openTrainedModel(path);
    expect([...(await model.generate({ values: Float32Array.of(1, 1), count: 1, dim: 2 })).values]).toEqual([5, 7, 9]);
    await model.close();
  });
});

it('names nothing in what is no ONNX file, or a broken one, and never fails', () => {
  const whole = network('w');
  expect(externalPlaces(whole)).toEqual(['w']);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(whole.length), fc.nat(255), (noise, at, byte) => {
      expect(Array.isArray(externalPlaces(noise))).toBe(true);
      expect(Array.isArray(externalPlaces(whole.subarray(0, at)))).toBe(true);
      expect(Array.isArray(externalPlaces(whole.with(at % whole.length, byte)))).toBe(true);
    }),
  );
});
