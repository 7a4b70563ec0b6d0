/** A finished trial in a folder of its own, trained in a second, with the set of pictures that it was trained on. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import type { MethodName } from '../../../src/experiment/define.ts';
import { encodeRecord } from '../../../src/store/record.ts';
import { runTrial } from '../../../src/trial/run-trial.ts';
import { writePictureSet } from '../../pictures/picture-set.ts';
import { pictureSpec } from '../../trial/picture-specs.ts';
import { planned } from '../../trial/specs.ts';

export interface Finished {
  /** Holds everything; the caller's to remove. */
  readonly root: string;
  readonly data: string;
  readonly folder: string;
  readonly id: string;
}

/** Of bright quarters, 8 × 8 pixels without labels. */
export async function pictureTrial(method: MethodName, { channels = 1 } = {}): Promise<Finished> {
  const root = await mkdtemp(join(tmpdir(), 'modebench-latent-'));
  await writePictureSet(join(root, 'data'), 'quarters', { labels: 'none', channels });
  const spec = pictureSpec(method, { set: 'quarters', measures: [{ kind: 'ssim' }], steps: 60 });
  return finished(root, spec);
}

export async function finished(root: string, spec: ResolvedSpec): Promise<Finished> {
  const trial = planned({ ...spec, evaluation: { every: spec.training.steps, samples: 40 } });
  const [data, folder] = [join(root, 'data'), join(root, 'trials', trial.id)];
  await mkdir(folder, { recursive: true });
  const record = await runTrial(trial, { engine: 'onnx', device: 'cpu', data, folder, onProgress: () => {} });
  await writeFile(join(folder, 'trial.json'), encodeRecord(record));
  return { root, data, folder, id: record.id };
}
