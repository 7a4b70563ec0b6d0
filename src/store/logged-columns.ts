/** The columns that every training step logs, whatever the metrics are: in losses.csv, history.csv and trials.csv. */
import type { ColumnInfo } from '../schema/column-info.ts';

/** Of the last discriminator step. None of them says how good a result is. */
export const loggedColumns = [
  { name: 'lossD', title: 'loss of D', unit: 'number', digits: 3 },
  { name: 'lossG', title: 'loss of G', unit: 'number', digits: 3 },
  { name: 'scoreReal', title: 'D on real', unit: 'number', digits: 3 },
  { name: 'scoreFake', title: 'D on generated', unit: 'number', digits: 3 },
  { name: 'gradientD', title: 'gradient norm of D', unit: 'number', digits: 3 },
  { name: 'gradientG', title: 'gradient norm of G', unit: 'number', digits: 3 },
] as const satisfies readonly ColumnInfo[];

export const loggedNames: readonly (typeof loggedColumns)[number]['name'][] = loggedColumns.map(({ name }) => name);
