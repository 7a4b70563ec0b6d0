/** A column of trials.csv and of tables: what a metric declares of it, and what a store keeps of that. */
import { z } from 'zod';

/** A column of trials.csv and of tables. */
export interface ColumnInfo {
  /** As in trials.csv and in the records: `modesCaptured`. */
  readonly name: string;
  /** For heads of columns and axes: `modes captured`. */
  readonly title: string;
  /** `share`: a fraction in files, per cent on screens and pages. */
  readonly unit: 'count' | 'share' | 'number';
  /** Decimals on screens and pages, of the per cent for shares. */
  readonly digits: number;
  /** Which way is better. A column without it says nothing of quality on its own: it stands in files and figures, not in tables. */
  readonly better?: 'more' | 'less';
  /** What figures, comparisons and diagnoses take it for. */
  readonly role?: ColumnRole;
  /**
   * What a perfect sampler of a mixture reaches: `three-sigma` is the share within 3σ of its modes, the others are expected
   * counts, which depend on the number of samples.
   */
  readonly ceiling?: (typeof ceilings)[number];
  /** Of a count of modes: out of all that the data has, out of those that its examples show, or out of the minor ones. */
  readonly outOf?: 'modes' | 'shown-modes' | 'minor-modes';
  /** Whether `<name>Real` stands beside it: what further real examples score in the generator's place. */
  readonly real?: true;
  /** Place in tables, ascending; columns without one come last. The first that a table has is its leading metric. */
  readonly place?: number;
  /** In the terminal's table; `false`: in reports alone. Absent: under its title. */
  readonly terminal?: TerminalHead | false;
  /** The raw weights' value in the terminal's table; absent: not there. */
  readonly rawTerminal?: TerminalHead;
}

/**
 * What a column tells; several of one role stand in the order of `place`, and the first of them leads.
 *
 * - `coverage`: how much of the data is reached, a count (`outOf`) or a share: modes captured, curve covered.
 * - `strict-coverage`: how much of it is reached by its share of the samples, and not by a stray one: modes well captured.
 * - `quality`: how well each sample fits the data: high quality, Fréchet distance.
 * - `balance`: how evenly what is reached is filled: reverse KL, attribute gap.
 * - `distance`: how far samples are from the data as a whole, in data units: sliced W2.
 */
export type ColumnRole = (typeof columnRoles)[number];
export const columnRoles = ['coverage', 'strict-coverage', 'quality', 'balance', 'distance'] as const;

const ceilings = ['three-sigma', 'captured', 'well-captured', 'captured-minor', 'well-captured-minor'] as const;

export interface TerminalHead {
  /** One line or two. */
  readonly head: readonly string[];
  /** Where the terminal is narrow, columns of high rank are left out first. */
  readonly rank: number;
  /** Where the terminal's order differs from that of tables. */
  readonly place?: number;
}

const terminal = z.object({
  head: z.array(z.string()).min(1).max(2).readonly(),
  rank: z.number(),
  place: z.number().exactOptional(),
});

export const columnInfoSchema = z.object({
  name: z.string().min(1),
  title: z.string().min(1),
  unit: z.enum(['count', 'share', 'number']),
  digits: z.int().min(0).max(12),
  better: z.enum(['more', 'less']).exactOptional(),
  role: z.enum(columnRoles).exactOptional(),
  ceiling: z.enum(ceilings).exactOptional(),
  outOf: z.enum(['modes', 'shown-modes', 'minor-modes']).exactOptional(),
  real: z.literal(true).exactOptional(),
  place: z.number().exactOptional(),
  terminal: z.union([z.literal(false), terminal]).exactOptional(),
  rawTerminal: terminal.exactOptional(),
}) satisfies z.ZodType<ColumnInfo>;
