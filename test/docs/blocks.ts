/** Tables inside pages that are written by hand: each stands between two comments and is computed anew. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { groupBy } from '../../src/base/collections.ts';
import { mean } from '../../src/base/statistics.ts';
import { compareMethods } from '../../src/catalogue/method-order.ts';
import { experimentNames, loadExperiment } from '../../src/experiment/load.ts';
import { resolveTrial } from '../../src/experiment/resolve.ts';
import { toyCooldown } from '../../src/experiment/toy.ts';
import { methods } from '../../src/methods/methods.ts';
import { columnInfo } from '../../src/summary/column-info.ts';
import { bareText, meanText, titleWithUnit } from '../../src/summary/number-format.ts';
import { Statistic } from '../../src/summary/statistics.ts';
import { makeDataset } from '../support/datasets.ts';
import { table } from './markdown.ts';
import { devicesTable } from './pages/devices.ts';
import { searchTable } from './pages/search.ts';
import { setsTable } from './pages/sets.ts';
import { isAsDeclared, labelOf, type ReferenceRow, referenceRows, valuesOf } from './reference.ts';

const block = /<!-- generated: (\S+) -->\n[\s\S]*?<!-- end -->/g;

/** The text with every block computed, most of them from results/reference. Throws for a block that has no table, or one of several presets. */
export function withBlocks(text: string, root: string): string {
  return text.replace(
    block,
    (_, name: string) => `<!-- generated: ${name} -->\n${blockNamed(name, root)}\n<!-- end -->`,
  );
}

/** What most tables of modes show; of what stands beside a heavy mode; of the authors' setting; of minor modes. */
const kept = ['modesCaptured', 'worst', 'modesWellCaptured', 'highQuality', 'reverseKL', 'slicedW2'];
const besideAHeavyOne = [
  'modesCaptured',
  'modesWellCaptured',
  'worstWell',
  'highQuality',
  'reverseKL',
  'latentKS',
  'tflop',
];
const authors = ['modesCaptured', 'modesWellCaptured', 'highQuality', 'reverseKL', 'slicedW2', 'latentKS'];
const minor = ['modesCaptured', 'worst', 'minorModesWellCaptured', 'highQuality', 'reverseKL', 'latentKS', 'tflop'];

/** Columns of the tables on docs/results.md, by experiment, or by experiment and preset where there are several. */
const columns: Readonly<Record<string, readonly string[]>> = {
  'grid25/default': [...kept, 'raw.modesCaptured', 'tflop'],
  'grid25/modern': [...kept, 'tflop'],
  'grid25/compute': ['tflop', 'modesCaptured', 'worst', 'modesWellCaptured', 'highQuality', 'reverseKL', 'slicedW2'],
  'grid25/tuned': kept,
  'ring8/default': [...kept, 'raw.modesCaptured'],
  'heavy25/default': besideAHeavyOne,
  'heavy25/shorter': besideAHeavyOne,
  'heavy25/stochastic': besideAHeavyOne,
  'heavy25/quick-tuned': ['modesCaptured', 'worst', 'modesWellCaptured', 'highQuality', 'reverseKL', 'tflop'],
  'grid25-tight/default': kept,
  'grid25-tight/authors': authors,
  'grid25-tight/authors-stochastic': authors,
  'heavy-ring8': minor,
  'ring8-rare': minor,
  'grid25-rare': minor,
  'rings16/default': kept,
  'grid100/default': kept,
  'grid100/own-coordinates': [...kept, 'tflop'],
  'line5/default': kept,
  'line5/tuned': kept,
  'swiss-roll/default': ['curveCovered', 'nearCurve', 'slicedW2', 'latentKS'],
  guided25: ['modesCaptured', 'worst', 'highQuality', 'reverseKL', 'slicedW2', 'intendedClass'],
  traffic: ['modesCaptured', 'worst', 'attributeGap', 'foregroundGap', 'cellsCovered', 'fid', 'ssim'],
  mnist: ['modesCaptured', 'reverseKL', 'inceptionScore', 'fid', 'precision', 'recall', 'coverage', 'ssim'],
  'stacked-mnist': ['modesCaptured', 'worst', 'modesSure50', 'modesSure99', 'reverseKL', 'modesReconstructed'],
  openmoji: ['modesCaptured', 'worst', 'modesSure50', 'modesSure99', 'reverseKL', 'fid', 'precision', 'recall', 'ssim'],
  'guided-mnist': ['modesCaptured', 'fid', 'intendedClass', 'classVariety'],
};

/** Tables of some of an experiment's trials; the others have all of their preset, or of their experiment. */
const chosen: Readonly<Record<string, (row: ReferenceRow) => boolean>> = {
  'grid25/default': (row) => row.preset === 'default' && isMain(row) && isAsDeclared(row),
  'grid25/modern': (row) => row.preset === 'default' && !isMain(row),
  'heavy25/default': (row) => row.preset === 'default' && row.cells.get('training.average') === '',
  'heavy25/shorter': (row) => row.preset === 'default' && row.cells.get('training.average') !== '',
  'grid100/own-coordinates': (row) => row.cells.get('data.scale') !== '',
  'grid25/compute': (row) => row.preset === 'default' && ['bigan-pgp', 'wgan-gp'].includes(row.method),
};

/** How many modes the data of a toy experiment have that has the one setting, by its preset `cooldown` or as it is declared. */
const modesOf = new Map<string, { readonly preset: string; readonly count: number }>();
for (const name of await experimentNames()) {
  const experiment = await loadExperiment(name);
  if (experiment.presets.stochastic === undefined) continue;
  const preset = experiment.presets.cooldown === undefined ? 'default' : 'cooldown';
  const { data, training } = resolveTrial(experiment, { method: 'bigan-pgp', preset, seed: 0 });
  const { modes } = makeDataset(data);
  if (modes && training.steps === toyCooldown.training.steps) modesOf.set(name, { preset, count: modes.count });
}

/** What an experiment trains that is not told which methods. */
const isMain = ({ method }: ReferenceRow): boolean => method === 'rpgan-r1r2' || familyOf.get(method) === 'paper';
const familyOf = new Map<string, string>(methods.map(({ name, family }) => [name, family]));

function blockNamed(name: string, root: string): string {
  if (name === 'headline') return headline(root);
  if (name === 'one-setting') return oneSetting(root);
  if (name === 'one-setting/methods') return methodsInOneSetting(root);
  if (name === 'on-a-line') return onALine(root);
  if (name === 'heaviness') return heaviness(root);
  if (name === 'devices') return devicesTable();
  if (name === 'sets') return setsTable();
  if (name.startsWith('search/')) return searchTable(root, name.slice('search/'.length));
  const shown = columns[name];
  if (shown === undefined) throw new Error(`internal: no table for the block '${name}'`);
  const [experiment = '', preset] = name.split('/');
  const isShown = chosen[name] ?? ((row: ReferenceRow) => preset === undefined || row.preset === preset);
  const rows = referenceRows(root, experiment).filter(isShown);
  const presets = [...new Set(rows.map((row) => row.preset))];
  if (presets.length > 1)
    throw new Error(`internal: the block '${name}' averages over the presets ${presets.join(', ')}`);
  return table(
    ['', ...shown.map(titleOf)],
    [...byLabel(rows, (row) => labelOf(row)), ...realData(rows, shown)].map(([label, group]) => [
      label,
      ...shown.map((column) => cellOf(group, column)),
    ]),
    true,
  );
}

const titleOf = (column: string): string => ownTitles[column] ?? titleWithUnit(columnInfo(column));

/** Columns that are no metric's: the least of a count, and what a trial computed. */
const ownTitles: Readonly<Record<string, string>> = {
  worst: 'worst seed',
  worstWell: 'worst seed',
  tflop: 'TFLOP a trial',
};
const leastOf: Readonly<Record<string, string>> = { worst: 'modesCaptured', worstWell: 'modesWellCaptured' };

type LabelledRows = readonly [label: string, rows: readonly ReferenceRow[]];

/** The trials of each label, methods in the catalogue's order: of a method, and of each of its settings where some were swept. */
function byLabel(rows: readonly ReferenceRow[], label: (row: ReferenceRow) => string): readonly LabelledRows[] {
  const sorted = [...rows].sort((a, b) => compareMethods(a.method, b.method));
  return [...groupBy(sorted, (row) => label(row))];
}

/** The row of real data in the samples' place, where a metric has it: the columns that end in `Real`, once for each seed. */
function realData(rows: readonly ReferenceRow[], shown: readonly string[]): readonly LabelledRows[] {
  const oneASeed = [...new Map(rows.map((row) => [row.seed, row])).values()];
  const real = oneASeed.map((row) => ({
    ...row,
    cells: new Map(shown.map((column) => [column, row.cells.get(`${column}Real`) ?? ''])),
  }));
  return real.some(({ cells }) => [...cells.values()].some((text) => text !== '')) ? [['*real data*', real]] : [];
}

function cellOf(rows: readonly ReferenceRow[], column: string): string {
  const counted = leastOf[column];
  if (counted !== undefined) return `${Math.min(...scoresOf(rows, counted))}`;
  if (column === 'tflop') return (mean(scoresOf(rows, 'flops')) / 1e12).toFixed(2);
  const info = columnInfo(column);
  const values = scoresOf(rows, info.name);
  if (values.length === 0) return '';
  return meanText(new Statistic(values), info);
}

/** The values of one setting, over seeds. Throws where the rows are of several. */
function scoresOf(rows: readonly ReferenceRow[], column: string): readonly number[] {
  if (new Set(rows.map(({ seed }) => seed)).size < rows.length)
    throw new Error(`internal: a mean over several settings: ${rows.map((row) => labelOf(row)).join('; ')}`);
  return valuesOf(rows, column);
}

/** README's table: both experiments side by side, the methods that ran on both, the best of each column in bold. */
function headline(root: string): string {
  const experiments = ['grid25', 'ring8'].map((name) =>
    referenceRows(root, name).filter((row) => row.preset === 'default' && isAsDeclared(row)),
  );
  const [first = [], ...others] = experiments.map((rows) => [...new Set(rows.map(({ method }) => method))]);
  const methods = first.filter((method) => others.every((names) => names.includes(method)));
  const columnsOf = (rows: readonly ReferenceRow[]) => {
    const means = (metric: string) => methods.map((name) => mean(valuesOf(rowsOf(rows, name), metric)));
    const worst = methods.map((name) => Math.min(...valuesOf(rowsOf(rows, name), 'modesCaptured')));
    const texts = (metric: string) => methods.map((name) => cellOf(rowsOf(rows, name), metric));
    const quality = methods.map(
      (name) => `${bareText(mean(valuesOf(rowsOf(rows, name), 'highQuality')), columnInfo('highQuality'))} %`,
    );
    return [
      bold(texts('modesCaptured'), means('modesCaptured')),
      bold(worst.map(String), worst),
      bold(quality, means('highQuality')),
    ];
  };
  const [grid = [], ring = []] = experiments.map(columnsOf);
  return table(
    ['', 'grid25: modes of 25', 'worst seed', 'high quality', 'ring8: modes of 8', 'worst seed', 'high quality'],
    methods.map((name, index) => [
      `[${name}](docs/methods/${name}.md)`,
      ...[...grid, ...ring].map((column) => column[index] ?? ''),
    ]),
    true,
  );
}

/** The toy experiments that ran in the one setting, as it is, with their trials. */
const inOneSetting = (root: string) =>
  readdirSync(join(root, 'results/reference'))
    .sort()
    .flatMap((experiment) => {
      const found = modesOf.get(experiment);
      if (found === undefined) return [];
      const all = referenceRows(root, experiment).filter(isAsDeclared);
      const rows = all.filter((row) => row.preset === found.preset);
      return rows.length === 0 ? [] : [{ experiment, ...found, all, rows }];
    });

/** What the penalty reaches in one setting, beside what it reaches in that of each experiment. */
function oneSetting(root: string): string {
  const shown = ['modesCaptured', 'worst', 'modesWellCaptured', 'highQuality', 'sigmaRatio'];
  const before = ['modesCaptured', 'modesWellCaptured', 'highQuality'];
  return table(
    ['', 'modes', ...shown.map(titleOf), ...before.map((column) => `default: ${titleOf(column)}`)],
    inOneSetting(root).map(({ experiment, preset, count, all, rows }) => {
      const now = rowsOf(rows, 'bigan-pgp');
      const then = preset === 'default' ? [] : rowsOf(all, 'bigan-pgp').filter((row) => row.preset === 'default');
      return [
        `\`${experiment}\``,
        String(count),
        ...shown.map((column) => cellOf(now, column)),
        ...before.map((column) => (then.length === 0 ? '' : cellOf(then, column))),
      ];
    }),
    true,
  );
}

/** Modes captured and well captured of every method in the one setting. */
function methodsInOneSetting(root: string): string {
  const experiments = inOneSetting(root);
  const found = new Set(experiments.flatMap(({ rows }) => rows.map(({ method }) => method)));
  const names = methods.map(({ name }) => name).filter((name) => found.has(name));
  return table(
    ['', 'modes', ...names],
    experiments.map(({ experiment, count, rows }) => [
      `\`${experiment}\``,
      String(count),
      ...names.map((name) => capturedAndWell(rowsOf(rows, name))),
    ]),
    true,
  );
}

/** `25.0 / 22.4`, nothing where there are no trials. */
const capturedAndWell = (rows: readonly ReferenceRow[]): string =>
  rows.length === 0
    ? ''
    : ['modesCaptured', 'modesWellCaptured']
        .map((metric) => bareText(mean(scoresOf(rows, metric)), columnInfo(metric)))
        .join(' / ');

/** The films of a GAN on a line, an experiment a row. */
function onALine(root: string): string {
  const shown = ['modesCaptured', 'worst', 'modesWellCaptured', 'highQuality', 'slicedW2', 'gradientG'];
  return table(
    ['', ...shown.map(titleOf)],
    ['line-single', 'line-multi', 'runaway'].map((name) => {
      const rows = referenceRows(root, name);
      return [`\`${name}\``, ...shown.map((column) => cellOf(rows, column))];
    }),
    true,
  );
}

/** heavy25 by the weight of its central mode: modes captured, and in proportion. */
function heaviness(root: string): string {
  const weightOf = ({ cells }: ReferenceRow) => Number(cells.get('data.heavy'));
  const swept = referenceRows(root, 'heavy25').filter(({ preset }) => preset === 'quick');
  const weights = [...new Set(swept.map(weightOf))].sort((one, other) => one - other);
  return table(
    ['weight of the central mode', ...weights.map(String)],
    byLabel(swept, (row) => labelOf(row, 'data.heavy')).map(([label, group]) => [
      label,
      ...weights.map((weight) => {
        return capturedAndWell(group.filter((row) => weightOf(row) === weight));
      }),
    ]),
    true,
  );
}

const rowsOf = (rows: readonly ReferenceRow[], name: string): readonly ReferenceRow[] =>
  rows.filter(({ method }) => method === name);

/** The texts, those of the highest value in bold. */
const bold = (texts: readonly string[], values: readonly number[]): string[] =>
  texts.map((text, index) => (values[index] === Math.max(...values) ? `**${text}**` : text));
