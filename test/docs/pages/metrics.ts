/** docs/metrics.md: every metric with its settings, columns and definition, from the metrics' cards and docstrings. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { builtIn } from '../../../src/catalogue/catalogue.ts';
import { columnNames, type MetricCard, type Need } from '../../../src/metrics/metric-kind.ts';
import { columnInfo } from '../../../src/summary/column-info.ts';
import { factoryOf } from '../catalogue.ts';
import { docstringsOf } from '../docstrings.ts';
import { notice, page, sentence, table } from '../markdown.ts';
import { settingsTable } from './kinds.ts';

export function metricsPage(root: string): string {
  const { metrics } = builtIn.cards;
  return page(notice, '# Metrics', intro, overview(metrics), ...metrics.map((card) => section(root, card)));
}

const intro = `An experiment lists its metrics under \`measures\`; each writes columns to \`history.csv\` and \`trials.csv\`. A column is left out where its
inputs are missing (no encoder, no scorer, no labels). A name that ends in \`Real\` is what further real data score in the place of the
samples: a ceiling or a floor. A name that begins with \`raw.\` is of the weights without the moving average. Shares are fractions between
0 and 1 in files and per cent on screens.`;

const overview = (metrics: readonly MetricCard[]): string =>
  table(
    ['metric', 'what it is'],
    metrics.map(({ kind, description }) => [`[\`${kind}\`](#${kind})`, description]),
  );

const needed: Readonly<Record<Need, string>> = {
  modes: 'data with known modes',
  curve: 'data along a curve',
  pictures: 'pictures',
  scorer: 'a scorer',
  classes: 'a scorer of pictures, or data with known modes',
};

const directions = { more: 'higher', less: 'lower', neither: '–' } as const;

function section(root: string, card: MetricCard): string {
  const { kind, description, source, needs } = card;
  const settings = Object.keys(card.settings.shape).filter((field) => field !== 'kind');
  const call = `${factoryOf(card)}(${settings.length > 0 ? `{ ${settings.join(', ')} }` : ''})`;
  return page(
    `## ${kind}`,
    `${sentence(description)}${source === undefined ? '' : ` Source: ${source}.`}`,
    `In an experiment: \`${call}\`.${needs.length > 0 ? ` Needs ${needs.map((need) => needed[need]).join(' and ')}.` : ''}`,
    definition(root, card),
    settingsTable(card),
    table(
      ['column', 'title', 'unit', 'better'],
      columnNames(card)
        .map((name) => columnInfo(name))
        .map(({ name, title, unit, better }) => [
          `\`${name}\``,
          title,
          unit,
          better === undefined ? '–' : directions[better],
        ]),
    ),
  ).trimEnd();
}

/** What the function of a metric's values says (`modeCoverageValues` of `src/metrics/mode-coverage.ts`), else its card. */
function definition(root: string, card: MetricCard): string {
  const { kind } = card;
  const files = [`src/metrics/${kind}.ts`, `src/metrics/${kind}/${kind}.ts`];
  const file = files.find((path) => existsSync(join(root, path)));
  if (file === undefined) throw new Error(`${kind}: expected ${files.join(' or ')}`);
  const said = docstringsOf(root, file);
  const text = said.get(`${factoryOf(card)}Values`) ?? said.get(factoryOf(card));
  if (text === undefined) throw new Error(`${file}: ${factoryOf(card)} has no docstring`);
  return text.split(/\n+@(?:param|throws|returns)/)[0] ?? '';
}
