/** Scorers that give nothing, or something else than their card says: counted and said, and no figure is made of it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoreText } from '../../../src/cli/score-text.ts';
import { documentCsv } from '../../../src/inspect/score/document.ts';
import { score } from '../../../src/inspect/score/score.ts';
import type { ScorerCard } from '../../../src/scorers/scorer-file.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { quarters, writeOddScorer, writePictures, writeScorer } from './setup.ts';

let root = '';
const samples = 60;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'modebench-unusable-'));
  await writePictureSet(root, 'quarters', { train: 200, heldOut: 80 });
  await writePictures(root, 'quarters', join(root, 'pictures'), [0, samples]);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function scored(scorer: string) {
  const request = { path: join(root, 'pictures'), against: 'quarters', scorer, dataRoot: root, splits: 10, seed: 0 };
  const { document } = await score(request, { tell() {}, step() {} });
  const rows: Record<string, string>[] = parse(documentCsv(document), { columns: true });
  return { document, text: scoreText(document), rows };
}

const labels: ScorerCard['labels'] = { kind: 'classes', heads: [quarters] };
const ofFeatures = ['fid', 'kid', 'precision', 'recall', 'density', 'coverage', 'ndb', 'birthdaySupport'];

describe('a scorer', () => {
  it('that gives NaN for some pictures has no score of features, and none of classes', async () => {
    const { document, text, rows } = await scored(
      await writeOddScorer(
        join(root, 'nan.onnx'),
        // The mean of a bright quarter lies about 0.65.
        (means) => ({ features: tf.log(tf.sub(0.65, means)), logits: tf.log(tf.sub(0.65, means)) }),
        { features: 'features', logits: 'logits' },
      ),
    );
    const { generated, real } = document.unusable;
    expect(generated.pictures).toBeGreaterThan(0);
    expect(generated.pictures).toBeLessThan(samples);
    expect(generated).toEqual({
      pictures: generated.pictures,
      features: generated.pictures,
      probabilities: generated.pictures,
    });
    expect(real.pictures).toBeGreaterThan(0);
    for (const metric of [...ofFeatures, 'inceptionScore']) {
      expect([metric, document.scores[metric], document.realAgainstReal[metric]]).toEqual([metric, null, null]);
      expect(rows.find((row) => row.score === metric)).toMatchObject({
        ...{ value: '', std: '', realAgainstReal: '' },
        unusableGenerated: `${generated.pictures}`,
      });
    }
    expect(document.notes.join('\n')).toContain(
      `the scorer's features of ${generated.pictures} of ${samples} samples are not finite`,
    );
    expect(text.replace(/\s+/g, ' ')).toContain(`of ${generated.pictures} of ${samples} samples are not finite`);
    expect(text).toMatch(/^NDB\/K +– /m);
  });

  it.each([
    [
      'logits under probabilities',
      { features: 'means', probabilities: 'logits' },
      /is called probabilities and has negative numbers/,
    ],
    ['probabilities under logits', { features: 'means', logits: 'chances' }, /is called logits and has probabilities/],
  ] as const)('whose card has %s has features and no classes', async (_, output, says) => {
    const { document, text } = await scored(
      await writeOddScorer(
        join(root, 'misnamed.onnx'),
        (means) => ({ means, logits: tf.mul(means, 20), chances: tf.softmax(tf.mul(means, 20)) }),
        output,
        labels,
      ),
    );
    expect(document.unusable.generated).toEqual({ pictures: samples, features: 0, probabilities: samples });
    for (const metric of ['inceptionScore', 'modesCaptured', 'reverseKL', 'jensenShannon'])
      expect([metric, document.scores[metric]]).toEqual([metric, null]);
    expect(document.scores.fid).toBeTypeOf('number');
    expect(document.notes.join('\n')).toMatch(says);
    expect(text.replace(/\s+/g, ' ')).toMatch(says);
  });

  it('that is what it says has nothing to count, and conditions are those that were met', async () => {
    const { document, text, rows } = await scored(await writeScorer(join(root, 'means.onnx'), { labels }));
    const none = { pictures: 0, features: 0, probabilities: 0 };
    expect(document.unusable).toEqual({ generated: none, real: none, realAgainstReal: none });
    expect(document).toMatchObject({ kernel: { subsets: 1, size: samples }, splits: 10, bins: samples, neighbours: 5 });
    expect(document.scores.kidStd).toBeNull();
    expect(text).toMatch(/^kernel distance +[^±\n]+$/m);
    expect(text).toContain(`kernel distance of all ${samples}`);
    expect(rows[0]).toMatchObject({ kernelSubsets: '1', kernelSize: `${samples}`, unusableGenerated: '0' });
  });

  it('of more features than there are pictures is no judge by Fréchet distance, and a support without a pair is a bound', async () => {
    const wide = await writeOddScorer(
      join(root, 'wide.onnx'),
      (means) => ({ features: tf.concat(Array<tf.Tensor>(20).fill(means), 1) }),
      { features: 'features' },
    );
    const { document, text } = await scored(wide);
    expect(document.notes.join()).toMatch(/^Fréchet distance: 60 pictures in 80 features: /m);
    const bound = (samples * (samples - 1)) / 2 + 1;
    const isBound = document.scores.birthdaySupport === bound;
    expect(/birthday support +≥/.test(text)).toBe(isBound);
  });
});
