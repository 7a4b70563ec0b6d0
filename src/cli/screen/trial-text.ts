/** Formats trials for progress and plans. */

import { plainText } from '../../base/one-line.ts';
import type { Plan, PlannedTrial } from '../../experiment/plan.ts';
import type { Values } from '../../metrics/evaluation-inputs.ts';
import { valueAt } from '../../schema/paths.ts';
import { type Columns, judgedColumns } from '../../summary/column-info.ts';
import { metricText } from '../../summary/number-format.ts';

/** The paths of which the trials have more than one value: those tell trials apart, what is set once does not. */
export function sweptPaths({ trials, varied }: Pick<Plan, 'trials' | 'varied'>): string[] {
  const values = (path: string) =>
    new Set(
      trials.filter((trial) => trial.varied.includes(path)).map(({ spec }) => JSON.stringify(valueAt(spec, path))),
    );
  return varied.filter((path) => values(path).size > 1);
}

/** `bigan-pgp seed 3 weight=0.1`: the method, the seed, and its values under the swept paths. */
export function trialLabel({ spec, varied }: Pick<PlannedTrial, 'spec' | 'varied'>, swept: readonly string[]): string {
  return [
    spec.method,
    `seed ${spec.seed}`,
    ...assignments(
      spec,
      varied.filter((path) => swept.includes(path)),
    ),
  ].join(' ');
}

/** `weight=0.1` for each path; with its section where two end alike. */
export function assignments(spec: object, paths: readonly string[]): string[] {
  const short = paths.map(shortPath);
  return paths.map((path, at) => {
    const isAlone = short.filter((other) => other === short[at]).length === 1;
    const name = isAlone ? shortPath(path) : path.split('.').slice(-2).join('.');
    return `${name}=${valueText(valueAt(spec, path))}`;
  });
}

/** The last part of a dotted path, which is what people call it. */
export function shortPath(path: string): string {
  return path.split('.').at(-1) ?? path;
}

export function valueText(value: unknown): string {
  return plainText(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** The one figure to watch, `modes 17`: what leads the tables; '' before the first evaluation. */
export function headline(metrics: Values, columns: Columns): string {
  const [leading] = judgedColumns(Object.keys(metrics), columns);
  if (leading === undefined) return '';
  const { name, title, terminal } = leading;
  const head = terminal ? terminal.head.join(' ').replace(/ %$/, '') : title;
  return `${head} ${metricText(metrics[name] ?? Number.NaN, leading)}`;
}
