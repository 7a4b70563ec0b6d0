/** Scorers of other programs: PyTorch's figures come back, and files that do not fit the pictures are refused in a line. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../src/base/usage-error.ts';
import { openCheckedScorer } from '../../../src/inspect/score/check-scorer.ts';
import { networkFile } from '../../../src/nets/network-file.ts';
import type { ScorerCard } from '../../../src/scorers/scorer-file.ts';
import { quarters, scratch, writeScorer } from './setup.ts';

/**
 * fixtures/tiny-torch.onnx was made by PyTorch 2.13 in the way that the README has for Inception-v3:
 *
 *     class Scorer(nn.Module):
 *         def __init__(self):
 *             super().__init__()
 *             self.net = nn.Sequential(nn.Conv2d(3, 4, 3, stride=2), nn.BatchNorm2d(4), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten())
 *             self.fc = nn.Linear(4, 5)
 *         def forward(self, x):
 *             features = self.net(x)
 *             return features, features @ self.fc.weight.T
 *
 *     torch.manual_seed(0)
 *     scorer = Scorer().eval()
 *     names = ['x', 'features', 'logits']
 *     torch.onnx.export(scorer, (torch.zeros(2, 3, 9, 9),), 'tiny-torch.onnx', input_names=names[:1],
 *         output_names=names[1:], dynamic_axes={name: {0: 'batch'} for name in names}, opset_version=17, dynamo=False)
 *
 * and the figures by
 *
 *     x = torch.sin(torch.arange(64.)[None] + 10 * torch.arange(2.)[:, None]).reshape(2, 1, 8, 8)
 *     f, l = scorer(F.interpolate(x, size=9, mode='bilinear', align_corners=False).expand(-1, 3, -1, -1))
 *     print(f.tolist(), l.softmax(1).tolist())
 */
it('of PyTorch gives PyTorch’s features and probabilities, resizing included', async () => {
  const path = fileURLToPath(new URL('fixtures/tiny-torch.onnx', import.meta.url));
  const { scorer, resize } = await openCheckedScorer(path, [8, 8, 1]);
  expect(resize).toBe('bilinear 8 → 9, grey to 3 channels');
  const values = Float32Array.from({ length: 128 }, (_, at) => Math.sin((at % 64) + 10 * Math.floor(at / 64)));
  const { features, probabilities } = await scorer.judge({ values, count: 2, dim: 64 }, [8, 8, 1]);
  await scorer.dispose();
  const expected = [
    0.18547378480434418, 0.22777773439884186, 0.14579565823078156, 0.31238704919815063, 0.23354685306549072,
    0.23678237199783325, 0.1698455512523651, 0.28743302822113037,
  ];
  expect(features).toMatchObject({ count: 2, dim: 4 });
  for (const [at, value] of expected.entries()) expect(features.values[at]).toBeCloseTo(value, 5);
  const chances = [
    0.20302456617355347, 0.21657118201255798, 0.22808875143527985, 0.16359390318393707, 0.18872158229351044,
    0.20618683099746704, 0.2166256159543991, 0.22927016019821167, 0.1610901951789856, 0.18682721257209778,
  ];
  for (const [at, value] of chances.entries()) expect(probabilities?.values[at]).toBeCloseTo(value, 5);
});

describe('refuses, in a line,', () => {
  const refused = async (path: string, shape: number[], message: RegExp) => {
    const opened = openCheckedScorer(path, shape);
    await expect(opened).rejects.toThrow(UsageError);
    await expect(opened).rejects.toThrow(message);
    await expect(opened).rejects.not.toThrow(/\n/);
  };

  it('a scorer of points', async () => {
    const path = join(scratch(), 'judge.onnx');
    await writeFile(
      path,
      networkFile({ x: [2] }, ({ x }) => ({ features: tf.mul(x as tf.Tensor, 2) })),
    );
    const card = { name: 'points', input: { shape: [2], mean: [0.5], std: [0.5] }, output: { features: 'features' } };
    await writeFile(path.replace('.onnx', '.json'), JSON.stringify(card));
    await refused(path, [8, 8, 1], /^--scorer: .*looks at vectors of 2 numbers; expected a scorer of pictures$/);
  });

  it('one of two channels', async () => {
    const path = await writeScorer(join(scratch(), 'judge.onnx'), {}, 2);
    await refused(path, [8, 8, 3], /^--scorer: .*looks at pictures of 2 channels; expected one for 3$/);
  });

  it('labels for other channels than there are', async () => {
    const labels = { kind: 'classes', heads: [quarters, quarters] } satisfies ScorerCard['labels'];
    const path = await writeScorer(join(scratch(), 'judge.onnx'), { eachChannel: true, labels });
    await refused(path, [8, 8, 3], /^--scorer: .*labels 2 channels one by one; expected one for 3$/);
  });

  it('a JSON that says another size than the file has, and other labels', async () => {
    const input = { shape: [16, 16, 1], layout: 'nhwc', mean: [0.5], std: [0.5] } satisfies ScorerCard['input'];
    const path = await writeScorer(join(scratch(), 'judge.onnx'), { input });
    await refused(path, [8, 8, 1], /judge\.json: the file does not do what it says \(.+\)$/);
    await writeScorer(path, { labels: { kind: 'classes', heads: [quarters.slice(1)] } });
    await refused(path, [8, 8, 1], /judge\.json: the file does not do what it says \(.+\)$/);
  });

  it('files that are not there or no scorer', async () => {
    const folder = scratch();
    const path = join(folder, 'judge.onnx');
    await expect(openCheckedScorer(path, [8, 8, 1])).rejects.toThrow(/judge\.onnx: expected an ONNX file \(ENOENT\)$/);
    await writeFile(path, 'nonsense');
    await expect(openCheckedScorer(path, [8, 8, 1])).rejects.toThrow(
      /judge\.json: expected the JSON that describes .*judge\.onnx \(ENOENT\)$/,
    );
    await writeScorer(join(folder, 'judge.onnx'));
    await writeFile(path, 'nonsense');
    await expect(openCheckedScorer(path, [8, 8, 1])).rejects.toThrow(/judge\.onnx: onnxruntime cannot load it/);
  });
});

it('a scorer of each channel looks at a stack’s channels one by one', async () => {
  const path = await writeScorer(join(scratch(), 'judge.onnx'), {
    eachChannel: true,
    labels: { kind: 'classes', heads: [quarters, quarters, quarters] },
  });
  const { scorer, resize } = await openCheckedScorer(path, [16, 16, 3]);
  expect(resize).toBe('area average 16 → 8');
  expect(scorer.labels?.kind).toBe('classes');
  await scorer.dispose();
});
