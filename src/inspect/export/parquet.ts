/** The tidy table as a Parquet file. */
import { parquetWriteBuffer } from 'hyparquet-writer';
import { isNumeric, type TidyTable } from './tidy-table.ts';

const whole: readonly string[] = ['seed', 'step', 'final'];

/** Seeds and steps are whole numbers, other numbers doubles, null where there is none or it is not defined; columns of words are strings. */
export function parquetOf(table: TidyTable): Uint8Array {
  const columnData = table.columns.map((name) => {
    const cells = table.rows.map((row) => row[name]);
    if (whole.includes(name))
      return { name, type: 'INT64' as const, nullable: false, data: cells.map((cell) => BigInt(cell ?? 0)) };
    return isNumeric(table, name)
      ? {
          name,
          type: 'DOUBLE' as const,
          nullable: true,
          data: cells.map((cell) => (cell === undefined || Number.isNaN(cell) ? null : Number(cell))),
        }
      : {
          name,
          type: 'STRING' as const,
          nullable: true,
          data: cells.map((cell) => (cell === undefined ? null : String(cell))),
        };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}
