/**
 * Scores pictures against a statistics file, as pytorch-fid makes them and guided-diffusion's reference batches have them: mean
 * `mu` and covariance `sigma` of the features of pictures that are not here. The Fréchet distance is all that can be said of
 * them, and only with the network that they are of.
 */
import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { finiteOrNull } from '../../base/representable.ts';
import { UsageError } from '../../base/usage-error.ts';
import { readDoubles } from '../../datasets/readers/numpy-file.ts';
import { openZip } from '../../datasets/readers/zip.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { GaussianStatistics } from '../../metrics/numerics/gaussian-statistics.ts';
import { distanceOfGaussians, factored } from '../../metrics/scores/frechet-distance.ts';
import { provenance } from '../../trial/outputs/provenance.ts';
import { openCheckedScorer } from './check-scorer.ts';
import { resolveTarget } from './resolve-target.ts';
import { type Listener, mostOf, type ScoreRequest, sideOf, sourceOf } from './score.ts';
import { usual } from './settings.ts';

/** Of Inception's features there are 2,048; a covariance of more numbers than that squared fourfold is a mistake. */
const mostDimensions = 8_192;
const names = ['mu', 'sigma'] as const;

interface Statistics {
  readonly path: string;
  /** `[dim]` */
  readonly mean: Float64Array;
  /** `[dim, dim]` */
  readonly covariance: Float64Array;
  readonly sha256: string;
}

export interface StatisticsDocument {
  readonly scored: { readonly kind: string; readonly name: string; readonly says: string };
  readonly against: { readonly path: string; readonly dimensions: number; readonly sha256: string };
  readonly scorer: { readonly says: string; readonly hash: string };
  readonly counts: { readonly generated: number };
  readonly resize: { readonly scored: string; readonly scorer: string };
  readonly scores: { readonly fid: number | null };
  readonly notes: readonly string[];
  readonly versions: Readonly<Record<string, string>>;
  readonly commit: string;
}

/** Whether a file is such statistics: a .npz with both arrays. Anything else is not, whatever is wrong with it. */
export async function isStatisticsFile(path: string): Promise<boolean> {
  if (extname(path).toLowerCase() !== '.npz' || !statsOf(path)?.isFile()) return false;
  try {
    const zip = await openZip(path, 1);
    zip.close();
    return names.every((name) => zip.names.includes(`${name}.npy`));
  } catch {
    return false;
  }
}

async function readStatistics(path: string): Promise<Statistics> {
  const { mu, sigma } = await readDoubles(path, names);
  const [dim = 0, ...more] = mu.shape;
  const [rows, columns] = sigma.shape;
  if (more.length > 0 || sigma.shape.length !== 2 || rows !== dim || columns !== dim || dim < 1 || dim > mostDimensions)
    throw new UsageError(
      `--against: ${path}: expected mu (n) and sigma (n, n), n at most ${countText(mostDimensions)}, got (${mu.shape.join(', ')}) and (${sigma.shape.join(', ')})`,
    );
  if (![mu, sigma].every(({ values }) => values.every(Number.isFinite)))
    throw new UsageError(`--against: ${path}: expected finite numbers in mu and sigma`);
  const sha256 = createHash('sha256').update(mu.values).update(sigma.values).digest('hex');
  return { path, mean: mu.values, covariance: sigma.values, sha256 };
}

/** @throws UsageError of one line for whatever the user can fix. */
export async function scoreAgainstStatistics(
  request: ScoreRequest & { readonly against: string },
  { tell, step }: Listener,
): Promise<StatisticsDocument> {
  const { against, path, scorer: scorerPath, size, samples, key, latent } = request;
  if (scorerPath === undefined)
    throw new UsageError(
      `--against ${basename(against)}: expected --scorer, the network as ONNX that these statistics are of (pytorch-fid: Inception-v3, docs/scores.md)`,
    );
  const statistics = await readStatistics(against);
  const found = await resolveTarget(path, { key, latent });
  const closing: (() => Promise<void>)[] = found.kind === 'folder' ? [] : [() => found.model.close()];
  try {
    const side = size ?? (found.kind === 'trial' ? found.data.size : sideOf(found));
    const channels = found.kind === 'folder' ? 3 : (found.model.shape[2] ?? 3);
    const shape = [side, side, channels];
    const { scorer, resize } = await openCheckedScorer(scorerPath, shape);
    closing.push(() => scorer.dispose());
    const source = sourceOf(request, found, shape);
    const most = samples ?? (found.kind === 'folder' ? mostOf(found) : usual.samples);
    const dim = statistics.mean.length;
    const features = new GaussianStatistics(dim);
    let done = 0;
    for await (const { pictures } of source.parts(most)) {
      const { features: part } = await scorer.judge(pictures, shape);
      if (part.dim !== dim)
        throw new UsageError(
          `--scorer: gives ${countText(part.dim)} features, ${against} is of ${countText(dim)}: expected the network that it was made with`,
        );
      features.add(part);
      done += pictures.count;
      step(done, most);
    }
    tell(`Fréchet distance in ${countText(dim)} features`);
    const fid = distanceOfGaussians(factored({ ...statistics, count: Number.NaN }), features.finish());
    const { versions, commit } = provenance();
    const after = source.afterwards();
    return {
      scored: { kind: source.kind, name: source.name, says: source.description },
      against: { path: against, dimensions: dim, sha256: statistics.sha256 },
      scorer: { says: scorer.description, hash: scorer.hash },
      counts: { generated: done },
      resize: { scored: after.resize, scorer: resize },
      scores: { fid: finiteOrNull(fid) },
      notes: [
        ...after.notes,
        'whether the scorer is the network of these statistics is not known here; how pictures are resized for it counts too',
        ...(done <= dim
          ? [
              `${countText(done)} pictures in ${countText(dim)} features: fewer than dimensions leave the covariance singular, and the distance far too large`,
            ]
          : []),
      ],
      versions,
      commit,
    };
  } finally {
    for (const close of closing.reverse()) await close();
  }
}
