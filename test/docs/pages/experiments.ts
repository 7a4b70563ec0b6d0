/** docs/experiments.md: claim, source, expectations, deviations and presets of every experiment, from the experiments' files. */
import type { Experiment } from '../../../src/experiment/define.ts';
import { experimentNames, loadExperiment } from '../../../src/experiment/load.ts';
import { nameOf } from '../../../src/experiment/resolve.ts';
import type { Expectation } from '../../../src/schema/expectation.ts';
import { isMethod } from '../catalogue.ts';
import { list, notice, numbered, page, sentence, table } from '../markdown.ts';
import { isAsDeclared, referenceRows, secondsATrial } from '../reference.ts';

export async function experimentsPage(root: string): Promise<string> {
  const experiments = await Promise.all((await experimentNames()).map(loadExperiment));
  return page(
    notice,
    '# Experiments',
    intro,
    table(
      ['experiment', 'claim'],
      experiments.map(({ name, claim }) => [`[\`${name}\`](#${name})`, claim]),
    ),
    ...experiments.map((experiment) => section(root, experiment)),
  );
}

const intro = `\`npm run exp -- <experiment> --seeds 5\` trains every method of an experiment; \`--preset\` chooses a smaller or larger variant. The
preset \`smoke\` takes seconds and learns nothing. The cost of a preset is the mean time of a trial in \`results/reference\`, from the
fastest to the slowest method, measured on two cores of a shared machine.`;

function section(root: string, experiment: Experiment): string {
  const { name, claim, source, methods, presets, expects = {}, deviations = [], film } = experiment;
  const file = `experiments/${name}.ts`;
  const facts = [
    `Source: ${source}`,
    `Data: ${literal(experiment.data)}`,
    `Methods: ${methods.map((choice) => `[\`${nameOf(choice)}\`](methods/${nameOf(choice)}.md)`).join(', ')}`,
    `Metrics: ${experiment.measures.map(({ kind }) => `[\`${kind}\`](metrics.md#${kind})`).join(', ')}`,
    ...(film === undefined ? [] : [`Filmed: ${(film.methods ?? ['every method']).join(', ')}, ${film.frames} frames`]),
    `File: [${file}](../${file})`,
  ];
  const expected = Object.entries(expects).flatMap(([method, metrics]) =>
    Object.entries(metrics ?? {}).map(([metric, value]) => `\`${method}\`: ${metric} ${expectation(value)}`),
  );
  const names = ['default', ...Object.keys(presets)];
  return page(
    `## ${name}`,
    sentence(claim),
    list(facts),
    ...(expected.length > 0 ? ['Expects:', list(expected)] : []),
    table(
      ['preset', 'steps', 'seconds a trial'],
      names.map((preset) => [`\`${preset}\``, steps(experiment, preset), cost(root, name, preset)]),
    ),
    ...(deviations.length > 0
      ? ['Deviations from the source:', numbered(deviations.map((text) => sentence(methodsAsCode(text))))]
      : []),
  ).trimEnd();
}

/** A method's name keeps its letters at the beginning of a sentence. */
const methodsAsCode = (text: string): string =>
  text.replace(/^\S+?(?=['’\s])/, (word) => (isMethod(word) ? `\`${word}\`` : word));

const bounds: Readonly<Record<string, string>> = { atLeast: 'at least', atMost: 'at most', exactly: 'exactly' };

/** `{ atLeast: 25 }` → `at least 25`. */
const expectation = (expected: Expectation): string =>
  typeof expected === 'number'
    ? `${expected} or better`
    : Object.entries(expected)
        .map(([bound, value]) => `${bounds[bound] ?? bound} ${value}`)
        .join(', ');

/** `{ kind: 'swiss-roll', turns: 1 }` → `` `swiss-roll` (turns 1) ``. */
function literal(value: object): string {
  const { kind, ...fields } = { kind: '', ...value };
  const words = Object.entries(fields).map(([field, inner]) => `${field} ${fieldText(inner)}`);
  return `\`${kind}\` (${words.join(', ')})`;
}

/** A list of many items as its first two and their number: the file has all. */
function fieldText(value: unknown): string {
  const isLong = Array.isArray(value) && value.length > 3 && typeof value[0] === 'object';
  const text = JSON.stringify(isLong ? value.slice(0, 2) : value).replaceAll('"', '');
  return isLong ? `${text.slice(0, -1)},…], ${value.length} in all` : text;
}

function steps({ training, presets }: Experiment, preset: string): string {
  const own = preset === 'default' ? undefined : presets[preset]?.training?.steps;
  return (own ?? training.steps).toLocaleString('en-GB');
}

function cost(root: string, experiment: string, preset: string): string {
  const rows = referenceRows(root, experiment).filter((row) => row.preset === preset);
  const declared = new Set(rows.filter(isAsDeclared).map(({ method }) => method));
  const seconds = secondsATrial(rows.filter((row) => isAsDeclared(row) || !declared.has(row.method)));
  if (seconds === undefined) return preset === 'smoke' ? 'a few' : 'not measured';
  if (seconds.high < 0.5) return 'less than 1';
  const [low, high] = [seconds.low, seconds.high].map((value) => Math.round(value).toLocaleString('en-GB'));
  return low === high ? `${low}` : `${low} to ${high}`;
}
