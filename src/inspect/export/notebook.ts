/** A notebook that loads the tidy table and draws the leading metric: over training, and at the end over seeds. */
import type { ReportData } from '../../report/report-data.ts';
import { judgedColumns } from '../../summary/column-info.ts';

/** @param table name of the CSV that lies beside the notebook. */
export function notebookOf({ experiment, about, columns, groups }: ReportData, table: string): string {
  const names = new Set(groups.flatMap(({ trials }) => trials.flatMap(({ record }) => Object.keys(record.metrics))));
  const [lead] = judgedColumns(names, columns);
  const metric = lead?.name ?? 'step';
  const cells = [
    markdown(
      'what',
      `# ${experiment}\n\n${about?.claim ?? ''}\n\nEvery row of \`${table}\` is an evaluation of a trial; \`final\` marks a trial's last. Shares are fractions.`,
    ),
    code(
      'table',
      `import pandas as pd
import matplotlib.pyplot as plt

table = pd.read_csv('${table}')
final = table[table.final == 1]
metric = '${metric}'
final.groupby('label', sort=False)[metric].agg(['mean', 'sem', 'min', 'max', 'count'])`,
    ),
    code(
      'figure',
      `figure, (curves, ends) = plt.subplots(1, 2, figsize=(11, 4), sharey=True)
for label, rows in table.groupby('label', sort=False):
    line = rows.groupby('step')[metric].mean()
    curves.plot(line.index, line.values, label=label)
curves.set(xlabel='training steps', ylabel='${lead?.title ?? metric}')
curves.legend()
labels = list(final.label.unique())
for place, label in enumerate(labels):
    values = final[final.label == label][metric]
    ends.plot([place] * len(values), values, 'o', alpha=0.5)
ends.set_xticks(range(len(labels)), labels, rotation=45, ha='right')
ends.set_title('at the end, a dot a seed')
figure.tight_layout()`,
    ),
  ];
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3', language: 'python' } };
  return `${JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }, undefined, 1)}\n`;
}

const linesOf = (text: string): string[] => text.split(/(?<=\n)/);
const markdown = (id: string, text: string) => ({ cell_type: 'markdown', id, metadata: {}, source: linesOf(text) });
const code = (id: string, text: string) => ({
  cell_type: 'code',
  id,
  execution_count: null,
  metadata: {},
  outputs: [],
  source: linesOf(text),
});
