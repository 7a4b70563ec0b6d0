/** Says where the moving average of the weights is long against a run: its figures then tell of the beginning, not of what was learned. */
import { countText, listed } from '../base/number-words.ts';
import type { ResolvedSpec } from '../catalogue/spec.ts';

type Training = Pick<ResolvedSpec, 'training'>;

/** Share of the first weights in the average from which on it has not caught up. */
const most = 0.01;

/** The share of the weights before training that is still in the average at its end: decay^steps, 0 without an average. */
const firstWeights = ({ training: { average, steps } }: Training): number => (average > 0 ? average ** steps : 0);

/** Whether the figures of the weights themselves (`raw.`) are the ones to read. */
export const lagsBehind = (spec: Training): boolean => firstWeights(spec) > most;

/** A sentence for tables and figures; `undefined` where every average has caught up. */
export function averageWarning(specs: readonly Training[]): string | undefined {
  const late = specs.filter(lagsBehind);
  if (late.length === 0) return undefined;
  const settings = late.map(({ training: { average, steps } }) => `${average} over ${countText(steps)} steps`);
  return `The moving average of the weights is long against this run (${listed([...new Set(settings)])}): up to ${firstShare(late)} of it are the weights before training. Read the raw figures, which are of the weights themselves.`;
}

/** The largest share of the weights before training in an average, in per cent. */
export const firstShare = (specs: readonly Training[]): string =>
  `${Math.ceil(100 * Math.max(...specs.map(firstWeights)))} %`;

/** The name under which a column is read of those specs: of the weights themselves where their average lags behind. */
export const readAs = (name: string, specs: readonly Training[], isThere: (name: string) => boolean): string => {
  const raw = `raw.${name}`;
  return specs.some(lagsBehind) && isThere(raw) ? raw : name;
};
