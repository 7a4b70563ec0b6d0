/** Formats the workers of a queue as one line. */
import { plural } from '../../base/number-words.ts';

/** A worker of the queue, of this version or another. */
export interface SeenWorker {
  readonly host: string;
  /** Trials at once. */
  readonly jobs: number;
  /** Whether it is of the run's version and engine. */
  readonly fits: boolean;
}

/** Trials that the workers of this version run at once. */
export const slotsOf = (seen: readonly SeenWorker[]): number =>
  seen.reduce((sum, { jobs, fits }) => sum + (fits ? jobs : 0), 0);

/** `Workers: 2, 6 trials at once (a 4, b 2)`, or the command that starts one. */
export function workersLine(seen: readonly SeenWorker[], command: string): string {
  const fitting = seen.filter(({ fits }) => fits);
  const others = seen.length - fitting.length;
  const beside = others > 0 ? ` (${plural(others, 'worker')} of another version or engine there)` : '';
  if (fitting.length === 0) return `No worker is there${beside}; on any machine with this commit: ${command}`;
  const names = fitting.map(({ host, jobs }) => `${host} ${jobs}`).sort();
  return `Workers: ${fitting.length}, ${plural(slotsOf(seen), 'trial')} at once (${names.join(', ')})${beside}`;
}
