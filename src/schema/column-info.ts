/** A column of trials.csv and of tables: what a metric declares of it, and what a store keeps of that. */
import { z } from 'zod';

/** A column of trials.csv and of tables. */
export interface ColumnInfo {
  readonly name: string;
  /** For heads of columns and axes: `modes captured`. */
  readonly title: string;
  /** `share`: a fraction in files, per cent on screens and pages. */
  readonly unit: 'count' | 'share' | 'number';
  /** Decimals on screens and pages, of the per cent for shares. */
  readonly digits: number;
  /** Which way is better; absent where neither is, or where the value says nothing of quality on its own. */
  readonly better?: 'more' | 'less';
  /** Of a count of modes: out of all that the data has, or out of those that its examples show. */
  readonly outOf?: 'modes' | 'shown-modes';
  /** Whether `<name>Real` stands beside it: what further real examples score in the generator's place. */
  readonly real?: true;
  /** Place in tables of reports; without one it stands in files alone. */
  readonly place?: number;
  /** In the terminal's table: the lines of its head, what narrow tables keep (low ranks), its place. */
  readonly terminal?: TerminalColumn;
  /** The same of the raw weights' value. */
  readonly rawTerminal?: TerminalColumn;
}

export interface TerminalColumn {
  readonly head: readonly string[];
  readonly rank: number;
  readonly place: number;
}

const terminal = z.object({ head: z.array(z.string()).readonly(), rank: z.number(), place: z.number() });

export const columnInfoSchema = z.object({
  name: z.string().min(1),
  title: z.string().min(1),
  unit: z.enum(['count', 'share', 'number']),
  digits: z.int().min(0).max(12),
  better: z.enum(['more', 'less']).exactOptional(),
  outOf: z.enum(['modes', 'shown-modes']).exactOptional(),
  real: z.literal(true).exactOptional(),
  place: z.number().exactOptional(),
  terminal: terminal.exactOptional(),
  rawTerminal: terminal.exactOptional(),
}) satisfies z.ZodType<ColumnInfo>;
