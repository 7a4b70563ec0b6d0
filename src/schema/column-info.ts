/** What is said of a column of results: of every metric that is declared, and in a store of every metric that was measured. */
import { z } from 'zod';

export const columnInfoSchema = z.object({
  /** As in trials.csv and in the records: `modesCaptured`. */
  name: z.string().min(1),
  /** For heads of columns and axes: `modes captured`. */
  title: z.string().min(1),
  /** `share`: a fraction in files, per cent on screens and pages. */
  unit: z.enum(['count', 'share', 'number']),
  /** Decimals on screens and pages, of the per cent for shares. */
  digits: z.int().min(0).max(12),
  /** Which way is better; the worst seed is the other end. `neither`: it says nothing of quality on its own, and judges nothing. */
  better: z.enum(['more', 'less', 'neither']),
  /** Of a count of the data's modes. */
  outOf: z.literal('modes').exactOptional(),
});

export type ColumnInfo = Readonly<z.infer<typeof columnInfoSchema>>;
