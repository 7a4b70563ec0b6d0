/** docs/metrics.md: every metric with its settings and the columns that it writes, from the metrics' own declarations. */
import { type MetricDocs, metricDocs } from '../catalogue.ts';
import { notice, page, sentence, table } from '../markdown.ts';

export function metricsPage(): string {
  const metrics = metricDocs();
  return page(notice, '# Metrics', intro, overview(metrics), ...metrics.map(section));
}

const intro = `An experiment lists its metrics under \`measures\`; each writes columns to \`history.csv\` and \`trials.csv\`. A column is left out where its
inputs are missing (no encoder, no scorer, no labels). A name that ends in \`Real\` is what further real data score in the place of the
samples: a ceiling or a floor. A name that begins with \`raw.\` is of the weights without the moving average. Shares are fractions between
0 and 1 in files and per cent on screens.`;

const overview = (metrics: readonly MetricDocs[]): string =>
  table(
    ['metric', 'what it measures'],
    metrics.map(({ kind, description }) => [`[\`${kind}\`](#${kind})`, description]),
  );

const directions: Readonly<Record<string, string>> = { more: 'higher', less: 'lower', neither: '–' };

function section({ kind, factory, description, settings, columns }: MetricDocs): string {
  const call = `${factory}(${settings.length > 0 ? `{ ${settings.join(', ')} }` : ''})`;
  return page(
    `## ${kind}`,
    sentence(description),
    `In an experiment: \`${call}\`.`,
    table(
      ['column', 'title', 'unit', 'better'],
      columns.map(({ name, title, unit, better }) => [`\`${name}\``, title, unit, directions[better] ?? better]),
    ),
  ).trimEnd();
}
