/** `show` prints an experiment's resolved spec: every value that a trial depends on but its seed, under the path that `--set` takes. */
import { none } from '../base/number-words.ts';
import { experimentFrom, loadExperiment } from '../experiment/load.ts';
import { type Plan, planTrials } from '../experiment/plan.ts';
import { compareSpecs } from '../report/reproducibility.ts';
import { printDocument } from './document.ts';
import { ExitCode } from './exit.ts';
import { callersFolder } from './paths.ts';
import { print } from './print.ts';
import { hung, textWidth, wrap } from './screen/format.ts';
import type { ShowArguments } from './show-options.ts';

export async function show({ experiment, method, preset, set = [], json }: ShowArguments): Promise<number> {
  const found = await loadExperiment(experimentFrom(callersFolder(), experiment));
  const plan = planTrials(found, { seeds: '1', methods: method, preset, set, sweep: [] });
  if (json) printDocument(documentOf(plan));
  else print(textOf(plan, textWidth()));
  return ExitCode.done;
}

function documentOf({ experiment: { name, claim, source }, preset, trials }: Plan) {
  const specs = trials.map(({ spec: { seed: _, ...spec } }) => [spec.method, spec]);
  return { experiment: name, preset, claim, source, specs: Object.fromEntries(specs) };
}

function textOf({ experiment: { name, claim }, preset, trials }: Plan, width: number): string {
  const { shared, own } = compareSpecs(trials.map(({ spec }) => spec));
  const widest = Math.max(...[...shared, ...own].map(({ path }) => path.length));
  const line = (path: string, value: string) => hung(`  ${path.padEnd(widest)}  `, value, width);
  return [
    wrap(`${name}${preset === 'default' ? '' : ` (preset ${preset})`}: ${claim}`, width),
    '',
    ...shared.map(({ path, value }) => line(path, value)),
    ...(own.length === 0 ? [] : trials).flatMap(({ spec }, at) => [
      '',
      spec.method,
      ...own.flatMap(({ path, values }) => (values[at] === none ? [] : line(path, values[at] ?? none))),
    ]),
  ].join('\n');
}
