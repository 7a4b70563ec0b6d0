/** `list` prints the experiments, methods, metrics and data sets, one line each. */
import { imageCatalogue } from '../datasets/pictures/catalogue.ts';
import { experimentNames, loadExperiment } from '../experiment/load.ts';
import { methodCatalogue } from '../methods/catalogue.ts';
import { measureCatalogue } from '../metrics/measures.ts';
import { dataSchema } from '../schema/spec.ts';
import { ExitCode } from './exit.ts';

export async function list(): Promise<number> {
  const experiments = await Promise.all((await experimentNames()).map(loadExperiment));
  const sections: [string, [string, string][]][] = [
    ['Experiments (npm run exp -- <name>)', experiments.map(({ name, claim }) => [name, claim])],
    [
      'Methods (--methods)',
      Object.entries(methodCatalogue).map(([name, { says, source }]) => [name, `${says} (${source})`]),
    ],
    ['Measures', measureCatalogue.map(({ kind, says, columns }) => [kind, `${says}: ${columns.join(', ')}`])],
    ['Data (data.kind)', dataKinds()],
    ['Sets of pictures (npm run data -- <name>)', imageCatalogue.map(({ name, says }) => [name, says])],
  ];
  for (const [title, lines] of sections) {
    console.log(`${title}`);
    const widest = Math.max(...lines.map(([name]) => name.length));
    for (const [name, says] of lines) console.log(`  ${name.padEnd(widest)}  ${says}`);
    console.log('');
  }
  return ExitCode.done;
}

/** From the schema itself, so that a new kind lists itself. */
function dataKinds(): [string, string][] {
  return dataSchema.options.map(({ shape }) => {
    const { kind, ...fields } = shape;
    return [[...kind.values].join(), `fields ${Object.keys(fields).join(', ')}`];
  });
}
