/** A store of trials on pictures for tests of reports: records with made-up scores, files by the code that trials use. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Points } from '../../src/base/points.ts';
import { stream } from '../../src/base/random.ts';
import type { ResolvedSpec } from '../../src/catalogue/spec.ts';
import type { MethodName } from '../../src/experiment/define.ts';
import type { EvaluationInputs, ScorerOutput } from '../../src/metrics/evaluation-inputs.ts';
import { encodeHistory } from '../../src/store/history.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { pictureFiles } from '../../src/trial/outputs/pictures.ts';
import { recordOf, scratch, specOf } from './sample-store.ts';

export const scorer = 'own CNN for 3 attributes of traffic, 97.0 % right on 200 held-out, 0123abcd';
export const origin = { says: 'traffic, 16 × 16, 500 pictures, 89ef4567', simulated: true };

const attributes = ['car', 'lorry', 'bus'];
const size = 16;
const shape = [size, size, 3];
const dim = size * size * 3;
const count = 40;

export function pictureSpec(method: MethodName, seed: number, change: Partial<ResolvedSpec> = {}): ResolvedSpec {
  return specOf(method, seed, {
    experiment: 'frames',
    data: { kind: 'images', set: 'traffic', size, empty: null },
    nets: { kind: 'dcgan', width: 2 },
    measures: [{ kind: 'attribute-coverage' }, { kind: 'foreground', threshold: 0.12, cells: 4 }, { kind: 'frechet' }],
    scorer: { model: 'own' },
    evaluation: { every: 400, samples: count },
    ...change,
  });
}

/** Scores that are a function of method and seed; those of real data are of the seed alone. */
export function pictureRecord(spec: ResolvedSpec, change: Partial<TrialRecord> = {}): TrialRecord {
  const good = spec.method === 'bigan-pgp' ? 1 : 0;
  const metrics = {
    modesCaptured: 2 + good,
    modesCapturedReal: 3,
    attributeGap: 0.1 - 0.05 * good,
    attributeGapReal: 0.01 + 0.01 * spec.seed,
    foregroundShare: 0.2,
    foregroundShareReal: 0.4,
    fid: 40 - 20 * good + spec.seed,
    fidReal: 1 + spec.seed,
    'raw.modesCaptured': 2,
  };
  return recordOf(spec, metrics, { scorer, origin, ...change });
}

/** Two methods, one of them with an encoder, on two seeds. */
export const pictureRecords = (): TrialRecord[] =>
  (['gan', 'bigan-pgp'] as const).flatMap((method) => [0, 1].map((seed) => pictureRecord(pictureSpec(method, seed))));

/** Writes records with their sheets, tables and histories; gives the store's root. */
export async function pictureStore(records: readonly TrialRecord[], root: string = scratch()): Promise<string> {
  for (const record of records) {
    const store = openStore(root, record.spec.experiment);
    await store.keep(record);
    const folder = store.folder(record.id);
    const history = [0.5, 1].map((share) => ({ step: record.steps * share, values: record.metrics }));
    writeFileSync(join(folder, 'history.csv'), encodeHistory(history));
    const files = await pictureFiles(inputsOf(record.spec), record.spec);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  }
  return root;
}

function inputsOf({ method, seed }: ResolvedSpec): EvaluationInputs {
  const real = frames(seed, 0.5);
  const hasEncoder = method === 'bigan-pgp';
  return {
    dataset: { shape, dim, scale: 1, sample: () => real.values },
    real,
    secondReal: frames(seed + 100, 0.5),
    generated: frames(seed + 200, hasEncoder ? 0.4 : 0.1),
    latents: { values: new Float32Array(count), count, dim: 1 },
    ...(hasEncoder && { reconstructed: frames(seed, 0.5) }),
    scored: {
      labels: { kind: 'attributes', names: attributes },
      real: scorerOutput(2),
      generated: scorerOutput(hasEncoder ? 3 : 5),
      ...(hasEncoder && { reconstructed: scorerOutput(4) }),
    },
    priorCdf: (z) => z,
    random: () => stream(seed, 'evaluation'),
  };
}

/** Grey frames with some grain; a share of them has a light square somewhere. */
function frames(seed: number, share: number): Points {
  const random = stream(seed, 'evaluation');
  const values = Float32Array.from({ length: count * dim }, () => 0.02 * random.normal());
  for (let frame = 0; frame < count; frame++) {
    if (random.uniform() > share) continue;
    const [top, left] = [random.below(size - 5), random.below(size - 5)];
    for (let y = top; y < top + 5; y++) {
      for (let x = left; x < left + 5; x++)
        values.fill(0.9, frame * dim + (y * size + x) * 3, frame * dim + (y * size + x) * 3 + 3);
    }
  }
  return { values, count, dim };
}

/** Attribute a is there in every (a + 1) · `stride`-th picture. */
function scorerOutput(stride: number): ScorerOutput {
  const values = Float32Array.from({ length: count * attributes.length }, (_, at) => {
    const [picture, attribute] = [Math.floor(at / attributes.length), at % attributes.length];
    return picture % (stride * (attribute + 1)) === 0 ? 0.9 : 0.1;
  });
  const probabilities = { values, count, dim: attributes.length };
  return { features: probabilities, probabilities };
}
