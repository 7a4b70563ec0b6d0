/** Trials in few words, for progress and plans. Pure. */
import type { PlannedTrial } from '../experiment/plan.ts';
import type { Values } from '../metrics/measure.ts';
import { decimal } from './format.ts';
import type { Watch } from './watch.ts';

/** `bigan-pgp seed 3 weight=0.1`: the method, the seed, and what the command line varied. */
export function trialLabel({ spec, varied }: Pick<PlannedTrial, 'spec' | 'varied'>): string {
  const values = varied.map((path) => `${shortPath(path)}=${valueText(valueAt(spec, path))}`);
  return [spec.method, `seed ${spec.seed}`, ...values].join(' ');
}

/** The last part of a dotted path, which is what people call it. */
export function shortPath(path: string): string {
  return path.split('.').at(-1) ?? path;
}

/** The value under a dotted path; `undefined` where there is none. */
export function valueAt(spec: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    return (at as Record<string, unknown>)[key]; // an object that has this key
  }, spec);
}

export function valueText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The one figure to watch: modes, or what the data has instead of them; '' before the first evaluation. */
export function headline(metrics: Values): string {
  const { modesCaptured, curveCovered, latentKS } = metrics;
  if (modesCaptured !== undefined) return `${modesCaptured} mode${modesCaptured === 1 ? '' : 's'}`;
  if (curveCovered !== undefined) return `${decimal(curveCovered * 100, 0)} % covered`;
  if (latentKS !== undefined) return `KS ${decimal(latentKS, 3)}`;
  return '';
}

/** `12 of 30 done, 1 diverged`. */
export function countsText({ total, counts }: Pick<Watch, 'total' | 'counts'>): string {
  const others = (['diverged', 'failed'] as const).filter((status) => counts[status] > 0);
  return [`${counts.done} of ${total} done`, ...others.map((status) => `${counts[status]} ${status}`)].join(', ');
}
