/** The table of what a trial computes: operations of a training step, from its traced program, beside the time that it took. */

import { chosenMethods } from '../../../src/experiment/chosen-methods.ts';
import type { MethodName } from '../../../src/experiment/define.ts';
import { loadExperiment } from '../../../src/experiment/load.ts';
import { resolveTrial } from '../../../src/experiment/resolve.ts';
import { workOf } from '../../bench/step-work.ts';
import { makeDataset } from '../../support/datasets.ts';
import { makeModel, methods, trainingStep } from '../../support/methods.ts';
import { table } from '../markdown.ts';

const experiments = {
  grid25: await loadExperiment('grid25'),
  heavy25: await loadExperiment('heavy25'),
};

/** Whose steps the others are compared with. */
const yardstick = 'bigan-pgp';

/** The paper's methods and rpgan-r1r2 on grid25 and on heavy25's preset, a step of G and the steps of D before it. */
export function computeTable(): string {
  const settings = [
    { experiment: experiments.grid25, preset: 'default' },
    { experiment: experiments.heavy25, preset: 'stochastic' },
  ];
  const names = chosenMethods(experiments.grid25, 'default', `paper,rpgan-r1r2`);
  const columns = settings.map(({ experiment, preset }) => {
    const works = names.map((method) => workIn(resolveTrial(experiment, { method, preset, seed: 0 })));
    const of = works[names.indexOf(yardstick)]?.flops ?? Number.NaN;
    return works.map(({ flops, steps, critic }) => [
      String(critic),
      (flops / 1e6).toFixed(1),
      (flops / of).toFixed(2),
      ((flops * steps) / 1e12).toFixed(2),
    ]);
  });
  return table(
    [
      'method',
      ...['grid25: steps of D', 'MFLOP a step', 'of bigan-pgp', 'TFLOP a trial'],
      ...['heavy25: steps of D', 'MFLOP a step', 'of bigan-pgp', 'TFLOP a trial'],
    ],
    names.map((name, at) => [`\`${name}\``, ...columns.flatMap((column) => column[at] ?? [])]),
    true,
  );
}

function workIn(spec: ReturnType<typeof resolveTrial>) {
  const method = methods[spec.method as MethodName];
  const { encoder } = spec as { encoder?: { noise?: number } };
  const model = makeModel(spec, method, makeDataset(spec.data).shape, 1, encoder?.noise ?? 0, spec);
  const { critic, training } = spec as unknown as { critic: { steps: number }; training: { steps: number } };
  return { flops: workOf(trainingStep(method, model, spec)), steps: training.steps, critic: critic.steps };
}
