/** Checks the columns of an experiment's own metrics: what is said of each, and that no other column of the tables has its name. */
import { z } from 'zod';
import { issueLine } from '../base/format-issue.ts';
import { UsageError } from '../base/usage-error.ts';
import type { MetricCard } from '../metrics/metric-kind.ts';
import { columnInfoSchema } from '../schema/column-info.ts';
import { loggedNames } from '../store/logged-columns.ts';
import { trialColumns } from '../store/trials-csv.ts';

const schema = z.array(columnInfoSchema.strict()).min(1);
const taken: readonly string[] = ['step', ...trialColumns, ...loggedNames];

/** Throws UsageError, one line that starts with the metric, for the first column that is not what it should be. */
export function checkColumns({ kind, columns }: Pick<MetricCard, 'kind' | 'columns'>): void {
  const where = `metric ${kind}: columns`;
  const parsed = schema.safeParse(columns, { reportInput: true });
  if (!parsed.success)
    throw new UsageError(`${where}.${issueLine(parsed.error, () => Object.keys(columnInfoSchema.shape))}`);
  for (const [index, { name }] of columns.entries()) {
    if (taken.includes(name))
      throw new UsageError(`${where}.${index}.name: every trial has a column '${name}': give yours another name`);
    if (!/^[a-z]\w*$/i.test(name) || name.endsWith('Real'))
      throw new UsageError(
        `${where}.${index}.name: expected letters and digits that do not end with Real, got '${name}'`,
      );
  }
}
