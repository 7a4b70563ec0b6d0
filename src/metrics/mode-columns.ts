/** The columns of metrics that count modes: one name and one description, whether points, classes or attributes are the modes. */
import type { ColumnInfo } from '../schema/column-info.ts';

export const modesCaptured: ColumnInfo = {
  name: 'modesCaptured',
  title: 'modes captured',
  unit: 'count',
  digits: 1,
  better: 'more',
  role: 'coverage',
  outOf: 'modes',
  ceiling: 'captured',
  place: 10,
  terminal: { head: ['modes'], rank: 0 },
  rawTerminal: { head: ['raw', 'modes'], rank: 3.5, place: 276 },
};

export const reverseKL: ColumnInfo = {
  name: 'reverseKL',
  title: 'reverse KL',
  unit: 'number',
  digits: 2,
  better: 'less',
  role: 'balance',
  place: 60,
  terminal: { head: ['reverse', 'KL'], rank: 2 },
};

export const jensenShannon: ColumnInfo = {
  name: 'jensenShannon',
  title: 'Jensen–Shannon',
  unit: 'number',
  digits: 3,
  better: 'less',
  place: 70,
  terminal: false,
};

export const modesReconstructed: ColumnInfo = {
  name: 'modesReconstructed',
  title: 'modes reconstructed',
  unit: 'count',
  digits: 1,
  better: 'more',
  outOf: 'modes',
  place: 90,
  terminal: { head: ['modes', 'recon.'], rank: 5.8 },
};
