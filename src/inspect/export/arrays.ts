/** The tidy table and the samples of an experiment as arrays for NumPy. */
import { encodeNpz, type NamedArray } from '../../disk/npz.ts';
import type { ReportData, Table } from '../../report/report-data.ts';
import { isNumeric, type TidyTable } from './tidy-table.ts';

/**
 * `table/<column>` of each column of the tidy table, `[rows]`; and of each trial on points `samples/<trial>` and `real/<trial>`,
 * `[points, dimensions]`.
 */
export function npzOf(table: TidyTable, { groups }: ReportData): Buffer {
  const columns = table.columns.map((name): NamedArray => {
    const cells = table.rows.map((row) => row[name]);
    const values = isNumeric(table, name)
      ? Float64Array.from(cells, (cell) => Number(cell ?? Number.NaN))
      : cells.map((cell) => String(cell ?? ''));
    return { name: `table/${name}`, shape: [cells.length], values };
  });
  const points = groups.flatMap(({ trials }) =>
    trials.flatMap(({ record, samples }) =>
      samples === undefined
        ? []
        : [pointsOf(samples, 'generated', `samples/${record.id}`), pointsOf(samples, 'real', `real/${record.id}`)],
    ),
  );
  return encodeNpz([...columns, ...points]);
}

function pointsOf(samples: Table, set: string, name: string): NamedArray {
  const { places, coordinates } = coordinatesOf(samples, set);
  const dim = coordinates.length;
  const values = Float32Array.from(
    { length: places.length * dim },
    (_, at) => coordinates[at % dim]?.[places[Math.floor(at / dim)] as number] ?? Number.NaN,
  );
  return { name, shape: [places.length, dim], values };
}

/** Rows of samples.csv that are of a set, and the columns of x. */
export function coordinatesOf({ numbers, texts, count }: Table, set: string) {
  const dim = Object.keys(numbers).filter((name) => /^x\d+$/.test(name)).length;
  const coordinates = Array.from({ length: dim }, (_, axis) => numbers[`x${axis}`] ?? new Float64Array(count));
  const places = [...Array(count).keys()].filter((row) => texts.set?.[row] === set);
  return { places, coordinates };
}
