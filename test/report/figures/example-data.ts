/** Report data for tests of figures: real specs and groups, small made-up tables of the shapes that trials write. */

import { stream } from '../../../src/base/random.ts';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../../src/catalogue/spec.ts';
import { truthOf } from '../../../src/catalogue/truth.ts';
import type { MethodName } from '../../../src/experiment/define.ts';
import { nearestModes } from '../../../src/metrics/numerics/nearest-modes.ts';
import type { Prior as LatentSpec } from '../../../src/priors/prior-kind.ts';
import { groupReport, reportKinds } from '../../../src/report/kinds.ts';
import type { ReportData, ReportTrial, Table } from '../../../src/report/report-data.ts';
import type { Section as DataSpec } from '../../../src/schema/kind.ts';
import { knownKinds } from '../../../src/summary/known-kinds.ts';
import { recordOf, specOf } from '../../cli/records.ts';
import { formulaDataset } from '../../datasets/formula.ts';

export const ring: DataSpec = { kind: 'gaussian-rings', modes: 4, radii: [1], std: 0.1, scale: 2 };
export const line: DataSpec = { kind: 'gaussian-line', centres: [-2, 0, 2], std: 0.1, scale: 1 };
export const roll: DataSpec = { kind: 'swiss-roll', turns: 1, inner: 0.5, outer: 2, std: 0.05, scale: 1 };
export const uneven: DataSpec = { kind: 'gaussian-grid', side: 3, spacing: 2, std: 0.1, heavy: 0.9, scale: 1 };

const flat: LatentSpec = { kind: 'uniform', dim: 2, low: -1, high: 1 };
export const thin: LatentSpec = { kind: 'uniform', dim: 1, low: -1, high: 1 };

export interface Wanted {
  readonly method: MethodName;
  readonly seed?: number;
  readonly data?: DataSpec;
  readonly latent?: LatentSpec;
  readonly change?: (spec: ResolvedSpec) => ResolvedSpec;
  readonly diverged?: boolean;
  /** Instead of what the shapes below would be. */
  readonly parts?: Partial<ReportTrial>;
}

export const reportOf = (wanted: readonly Wanted[]): ReportData => reportOn(wanted.map(trialOf));

export function reportOn(trials: readonly ReportTrial[]): ReportData {
  const { columns } = knownKinds(
    builtIn,
    trials.map(({ record }) => record.spec),
  );
  const grouped = groupReport(trials, reportKinds({ columns: [...columns.values()] }));
  return { experiment: 'example', about: undefined, ...grouped, sheets: new Map(), problems: [] };
}

/** A trial whose numbers are a function of method and seed. */
export function trialOf({
  method,
  seed = 0,
  data = ring,
  latent = flat,
  change,
  diverged,
  parts,
}: Wanted): ReportTrial {
  const plain: ResolvedSpec = { ...specOf(method, seed), experiment: 'example', data, latent };
  const spec = change ? change(plain) : plain;
  const { networks } = builtIn.method(method);
  const [generator, encoder] = [networks.includes('generator'), networks.includes('encoder')];
  const quality = (seed + 1 + method.length) / 20;
  const curved = data.kind === 'swiss-roll';
  const metrics: Record<string, number> = {
    ...(generator &&
      (curved ? { curveCovered: quality, nearCurve: 0.9 } : { modesCaptured: 1 + (seed % 3), highQuality: quality })),
    ...(generator && { slicedW2: 1 / (seed + 2) }),
    ...(encoder && { latentKS: 0.1 * (seed + 1) }),
  };
  const record = recordOf(
    spec,
    metrics,
    diverged ? { status: 'diverged', reason: 'lossD is not finite at step 100' } : {},
  );
  const { steps } = spec.training;
  return {
    record,
    seed,
    truth: truthOf(data),
    history: [0.25, 0.5, 0.75, 1].map((share) => ({
      step: steps * share,
      values: Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, value * share])),
    })),
    samples: samplesOf(spec, generator, encoder),
    losses: lossesOf(steps, seed),
    landscape: landscapeOf(spec),
    lines: generator && encoder ? linesOf(seed) : undefined,
    film: undefined,
    modes: undefined,
    occupancy: undefined,
    sheet: () => Promise.resolve(undefined),
    ...parts,
  };
}

const points = 8;

function samplesOf({ data, latent, seed }: ResolvedSpec, generator: boolean, encoder: boolean): Table {
  const dataset = formulaDataset(data);
  const sets = [...(generator ? ['generated'] : []), 'real'];
  const texts = sets.flatMap((set) => new Array<string>(points).fill(set));
  const numbers: Record<string, number[]> = {};
  const add = (name: string, value: number) => {
    numbers[name] = [...(numbers[name] ?? []), value];
  };
  sets.forEach((set, index) => {
    const x = dataset.sample(stream(seed, 'evaluation', index), points);
    const at = (row: number, axis: number) => x[row * dataset.dim + axis] as number;
    const modes = dataset.modes && nearestModes({ values: x, count: points, dim: dataset.dim }, dataset.modes).index;
    for (let row = 0; row < points; row++) {
      for (let axis = 0; axis < dataset.dim; axis++) {
        add(`x${axis}`, at(row, axis));
        add(`reconstructed${axis}`, encoder && generator && set === 'real' ? 0.9 * at(row, axis) : Number.NaN);
      }
      for (let axis = 0; axis < latent.dim; axis++)
        add(`z${axis}`, set === 'generated' || encoder ? Math.cos(row + axis) : Number.NaN);
      add('mode', modes?.[row] ?? Number.NaN);
    }
  });
  return tableOf(numbers, { set: texts });
}

function lossesOf(steps: number, seed: number): Table {
  const at = Array.from({ length: 20 }, (_, index) => ((index + 1) * steps) / 20);
  const wave = (phase: number) => at.map((_, index) => 1 + 0.5 * Math.sin(index + phase + seed));
  const names = ['lossD', 'lossG', 'scoreReal', 'scoreFake', 'gradientD', 'gradientG'];
  return tableOf({ step: at, ...Object.fromEntries(names.map((name, index) => [name, wave(index)])) });
}

function landscapeOf({ data, latent, method }: ResolvedSpec): Table {
  const places = [-2, -1, 0, 1, 2];
  const { dim } = formulaDataset(data);
  if (dim === 1 && !(latent.dim === 1 && builtIn.method(method).networks.includes('encoder')))
    return tableOf({ x0: places, score: places.map((x) => x ** 2), g0: places.map((x) => 2 * x) });
  const [first, second] = method === 'encoder-only' ? ['z0', 'z1'] : dim === 1 ? ['x0', 'z0'] : ['x0', 'x1'];
  const pairs = places.flatMap((a) => places.map((b) => [a, b] as const));
  const grid = {
    [first]: pairs.map(([a]) => a),
    [second]: pairs.map(([, b]) => b),
    score: pairs.map(([a, b]) => a ** 2 - b),
  };
  const gradient = { g0: pairs.map(([a]) => 2 * a), g1: pairs.map(() => -1) };
  return tableOf(second === 'x1' ? { ...grid, ...gradient } : grid);
}

function linesOf(seed: number): Table {
  const at = [0, 1].flatMap((one) => [0, 0.5, 1].map((t) => ({ one, t })));
  return tableOf({
    line: at.map(({ one }) => one),
    t: at.map(({ t }) => t),
    score: at.map(({ one, t }) => seed + t * (one + 1)),
    slope: at.map(({ one }) => one + 1),
  });
}

export function tableOf(numbers: Readonly<Record<string, readonly number[]>>, texts: Table['texts'] = {}): Table {
  const columns = Object.entries(numbers).map(([name, values]) => [name, Float64Array.from(values)] as const);
  return { count: columns[0]?.[1].length ?? 0, numbers: Object.fromEntries(columns), texts };
}
