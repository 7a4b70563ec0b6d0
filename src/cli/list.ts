/** `list` prints the experiments, methods, metrics and data sets, one line each. */
import { builtIn } from '../catalogue/catalogue.ts';
import { pictureSets } from '../datasets/sets/sets.ts';
import { experimentNames, loadExperiment } from '../experiment/load.ts';
import { methodsByFamily } from '../methods/method.ts';
import { columnNames } from '../metrics/metric-kind.ts';
import { priorKinds } from '../priors/prior-kinds.ts';
import type { Card } from '../schema/kind.ts';
import { ExitCode } from './exit.ts';
import { print } from './print.ts';
import { hung, textWidth } from './screen/format.ts';

export async function list(): Promise<number> {
  const experiments = await Promise.all((await experimentNames()).map(loadExperiment));
  const { methods, metrics, data, nets, optimisers } = builtIn.cards;
  const sections: [string, [string, string][]][] = [
    ['Experiments (npm run exp -- <name>)', experiments.map(({ name, claim }) => [name, claim])],
    ...methodsByFamily(methods).map(({ family, words, cards }): [string, [string, string][]] => [
      `Methods ${words} (--methods ${family})`,
      cards.map(({ name, description, source }) => [name, `${description} (${source})`]),
    ]),
    ['Metrics', metrics.map((card) => [card.kind, `${card.description}: ${columnNames(card).join(', ')}`])],
    ['Data (data.kind)', data.map(kindLine)],
    ['Priors (latent.kind)', priorKinds.map(kindLine)],
    ['Networks (nets.kind)', nets.map(kindLine)],
    ['Optimisers (training.optimiser.kind)', optimisers.map(kindLine)],
    ['Sets of pictures (npm run data -- <name>)', pictureSets.map(({ name, description }) => [name, description])],
  ];
  for (const [title, lines] of sections) {
    print(`${title}`);
    const widest = Math.max(...lines.map(([name]) => name.length));
    for (const [name, says] of lines) print(hung(`  ${name.padEnd(widest)}  `, says, textWidth()));
    print();
  }
  return ExitCode.done;
}

function kindLine({ kind, description, settings }: Card): [string, string] {
  const names = Object.keys(settings.shape).filter((name) => name !== 'kind');
  return [kind, `${description}: fields ${names.join(', ')}`];
}
