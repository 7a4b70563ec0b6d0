/** A scorer from a file: what it says of pictures, and one line for each way in which its files can be wrong. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import '../../src/engine/tfjs-parts.ts';
import type { Points } from '../../src/base/points.ts';
import { UsageError } from '../../src/base/usage-error.ts';
import { networkFile } from '../../src/nets/network-file.ts';
import { openScorer } from '../../src/scorers/onnx-scorer.ts';
import type { ScorerCard } from '../../src/scorers/scorer-file.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'modebench-scorer-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Features are the numbers that go in; logits the first of them, and three times it. */
const network = (shape: readonly number[]) =>
  networkFile({ x: shape }, ({ x }) => {
    const flat = (x as tf.Tensor).reshape([(x as tf.Tensor).shape[0] ?? 1, -1]);
    const [first] = tf.split(flat, [1, (flat.shape[1] ?? 1) - 1], 1);
    return { flat, both: tf.concat([first as tf.Tensor, tf.mul(3, first as tf.Tensor)], 1) };
  });

type Card = Partial<Omit<ScorerCard, 'input'>> & { readonly input?: Partial<ScorerCard['input']> };

async function write(card: Card = {}, shape: readonly number[] = [2, 2, 1], traced = shape): Promise<string> {
  const path = join(folder, 'judge.onnx');
  const { input, ...rest } = card;
  const whole = {
    name: 'a judge',
    input: { shape, mean: [0.5], std: [0.5], ...input },
    output: { features: 'flat' },
    ...rest,
  };
  await writeFile(path, network(traced));
  await writeFile(join(folder, 'judge.json'), JSON.stringify(whole));
  return path;
}

const points = (count: number, dim: number): Points => ({
  values: Float32Array.from({ length: count * dim }, (_, index) => Math.sin(index)),
  count,
  dim,
});

async function judge(path: string, examples: Points, shape: readonly number[]) {
  const scorer = await openScorer(path);
  try {
    return await scorer.judge(examples, shape);
  } finally {
    await scorer.dispose();
  }
}

function expectClose(found: Float32Array | undefined, expected: Iterable<number>): void {
  const values = [...expected];
  expect(found?.length).toBe(values.length);
  for (const [index, value] of values.entries()) expect(found?.[index]).toBeCloseTo(value, 5);
}

describe('what it says', () => {
  // 50 go in at once: 120 are three runs, the last of them short.
  it.each([1, 50, 120])(
    'of %d pictures: features of each, in their order, and nothing of classes that it has not',
    async (count) => {
      const examples = points(count, 4);
      const { features, probabilities } = await judge(await write(), examples, [2, 2, 1]);
      expect(features).toMatchObject({ count, dim: 4 });
      expectClose(features.values, examples.values);
      expect(probabilities).toBeUndefined();
    },
  );

  it('logits become probabilities: a softmax, with names or without', async () => {
    const examples = points(3, 4);
    const expected = [0, 4, 8].flatMap((at) => {
      const odds = Math.exp(2 * Math.sin(at));
      return [1 / (1 + odds), odds / (1 + odds)];
    });
    const output = { features: 'flat', logits: 'both' };
    const labels = { kind: 'classes', heads: [['no', 'yes']] } as const satisfies ScorerCard['labels'];
    for (const card of [{ output }, { output, labels: { ...labels, heads: [['no', 'yes']] } }]) {
      const { probabilities } = await judge(await write(card), examples, [2, 2, 1]);
      expect(probabilities).toMatchObject({ count: 3, dim: 2 });
      expectClose(probabilities?.values, expected);
    }
  });

  it('logits of attributes become probabilities of each', async () => {
    const output = { features: 'flat', logits: 'both' };
    const labels: ScorerCard['labels'] = { kind: 'attributes', names: ['hat', 'beard'] };
    const path = await write({ output, labels });
    const { probabilities } = await judge(path, points(2, 4), [2, 2, 1]);
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    expectClose(probabilities?.values, [sigmoid(0), sigmoid(0), sigmoid(Math.sin(4)), sigmoid(3 * Math.sin(4))]);
    const scorer = await openScorer(path);
    expect(scorer.labels).toEqual(labels);
    await scorer.dispose();
  });

  it('probabilities stay as they are, and what is none is nothing', async () => {
    const path = await write({ output: { features: 'flat', probabilities: 'both' } });
    const of = (first: number) => judge(path, { values: Float32Array.of(first, 0, 0, 0), count: 1, dim: 4 }, [2, 2, 1]);
    // A pixel x in [−1, 1] goes in as it is: x and three times x are chances where they add up to 1.
    const { probabilities, impossible } = await of(0.25);
    expectClose(probabilities?.values, [0.25, 0.75]);
    expect(impossible).toBeUndefined();
    const none = await of(0.3);
    expect([...(none.probabilities?.values ?? [])]).toEqual([Number.NaN, Number.NaN]);
    expect(none.impossible?.says).toMatch(/'?both'? is called probabilities/);
  });

  it('pictures are brought to its size, range and layout', async () => {
    // Averages of 4 × 4 with two channels, planes first, doubled: (p − ½) / ¼.
    const path = await write({ input: { shape: [1, 2, 2], layout: 'nchw', std: [0.25] } }, [2, 1, 2]);
    const examples = points(1, 4 * 4 * 2);
    const { features } = await judge(path, examples, [4, 4, 2]);
    const mean = (c: number, column: number) => {
      const inside = examples.values.filter(
        (_, at) => at % 2 === c && Math.floor((Math.floor(at / 2) % 4) / 2) === column,
      );
      return inside.reduce((sum, value) => sum + value, 0) / inside.length;
    };
    expectClose(
      features.values,
      [mean(0, 0), mean(0, 1), mean(1, 0), mean(1, 1)].map((value) => 2 * value),
    );
  });

  it('vectors go in as they are', async () => {
    const { features } = await judge(await write({}, [5]), points(7, 5), [5]);
    expectClose(features.values, points(7, 5).values);
  });

  it('each channel by itself, where it looks at channels: theirs stand side by side', async () => {
    const output = { features: 'flat', logits: 'both' };
    // A stack's labels name the heads of all of its channels.
    const labels: ScorerCard['labels'] = { kind: 'classes', heads: Array.from({ length: 3 }, () => ['no', 'yes']) };
    const path = await write({ output, labels, eachChannel: true }, [1, 2, 1]);
    const examples = points(2, 6); // 1 × 2 with three channels
    const { features, probabilities } = await judge(path, examples, [1, 2, 3]);
    const order = [0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11];
    expect(features).toMatchObject({ count: 2, dim: 6 });
    expectClose(features.values, order.map(Math.sin));
    expect(probabilities).toMatchObject({ count: 2, dim: 6 });
    expectClose(
      probabilities?.values,
      [0, 1, 2, 6, 7, 8].flatMap((at) => {
        const odds = Math.exp(2 * Math.sin(at));
        return [1 / (1 + odds), odds / (1 + odds)];
      }),
    );
  });

  it('says its name, the size that it looks at, and a hash of the file and its JSON', async () => {
    const first = await openScorer(await write());
    const again = await openScorer(await write());
    const other = await openScorer(await write({ input: { mean: [0.4] } }));
    expect(first.description).toBe(`a judge, pictures at 2 × 2, ${first.hash.slice(0, 8)}`);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(again.hash).toBe(first.hash);
    expect(other.hash).not.toBe(first.hash);
    for (const scorer of [first, again, other]) await scorer.dispose();
  });
});

describe('what is wrong is one line', () => {
  async function refusal(path: string): Promise<string> {
    const error = await openScorer(path).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect((error as UsageError).message).not.toContain('\n');
    return (error as UsageError).message;
  }

  it('no file', async () => {
    expect(await refusal(join(folder, 'none.onnx'))).toBe(`${folder}/none.onnx: expected an ONNX file (ENOENT)`);
    expect(await refusal(folder)).toBe(`${folder}: expected a file, this is a folder`);
  });

  it('no JSON beside it', async () => {
    const path = await write();
    await rm(join(folder, 'judge.json'));
    expect(await refusal(path)).toBe(`${folder}/judge.json: expected the JSON that describes ${path} (ENOENT)`);
  });

  it('a JSON that is none', async () => {
    const path = await write();
    await writeFile(join(folder, 'judge.json'), '{ "name": ');
    expect(await refusal(path)).toBe(`${folder}/judge.json: not JSON (cut short?)`);
  });

  it.each<[string, object]>([
    ['name: ', {}],
    ['input.shape', { name: 'a', input: { mean: [0], std: [1] }, output: { features: 'flat' } }],
    ['input.shape.0', { name: 'a', input: { shape: [0], mean: [0], std: [1] }, output: { features: 'flat' } }],
    [
      'input.shape: expected at most 4194304 numbers in all',
      { name: 'a', input: { shape: [30_000, 30_000, 1], mean: [0], std: [1] }, output: { features: 'flat' } },
    ],
    [
      'input.std.0: expected more than 0',
      { name: 'a', input: { shape: [4], mean: [0], std: [0] }, output: { features: 'flat' } },
    ],
    ['output.features', { name: 'a', input: { shape: [4], mean: [0], std: [1] }, output: {} }],
    [
      "unknown key 'extra'",
      { name: 'a', input: { shape: [4], mean: [0], std: [1] }, output: { features: 'flat' }, extra: 1 },
    ],
    [
      'labels need an output with logits or probabilities',
      {
        name: 'a',
        input: { shape: [4], mean: [0], std: [1] },
        output: { features: 'flat' },
        labels: { kind: 'attributes', names: ['hat'] },
      },
    ],
  ])('a JSON that says the wrong things: %s', async (says, json) => {
    const path = await write();
    await writeFile(join(folder, 'judge.json'), JSON.stringify(json));
    const message = await refusal(path);
    expect(message.startsWith(`${folder}/judge.json: `)).toBe(true);
    expect(message).toContain(says);
  });

  it('a file that is no ONNX', async () => {
    const path = await write();
    await writeFile(path, 'not a model');
    expect(await refusal(path)).toMatch(/judge\.onnx: onnxruntime cannot load it \(.+\)$/);
  });

  it('a size that the file does not take', async () => {
    const message = await refusal(await write({}, [3, 3, 1], [2, 2, 1]));
    expect(message).toMatch(/judge\.json: the file does not do what it says \(.*invalid dimensions.*\)$/);
  });

  it('labels that are not as many as the outputs', async () => {
    const labels: ScorerCard['labels'] = { kind: 'classes', heads: [['a', 'b', 'c']] };
    for (const scores of [{ logits: 'both' }, { probabilities: 'both' }]) {
      const path = await write({ output: { features: 'flat', ...scores }, labels });
      expect(await refusal(path)).toBe(
        `${folder}/judge.json: the file does not do what it says (its labels name 3 outputs, it gives 2)`,
      );
    }
  });

  it('an output that the file has not', async () => {
    const path = await write({ output: { features: 'flat', logits: 'logits' } });
    expect(await refusal(path)).toBe(`${folder}/judge.json: output: the file has flat, both, not 'logits'`);
  });
});
