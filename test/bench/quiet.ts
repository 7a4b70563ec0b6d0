/** Whether the machine was ours alone: a fixed piece of work timed again and again, and the load average. */
import { loadavg } from 'node:os';

/** (longest − shortest) / shortest of the probes that a quiet machine stays under. */
export const probeBound = 0.1;

/** At any time one process of the bench is busy; half a process is left for the terminal and the system. */
export const loadBound = 1.5;

export interface Quiet {
  readonly quiet: boolean;
  /** Spread of the probes: (longest − shortest) / shortest. */
  readonly probeSpread: number;
  /** The highest load average (1 minute) that was seen; 0 where the system does not tell. */
  readonly load: number;
  /** What was wrong, one line; empty on a quiet machine. */
  readonly says: string;
}

export class QuietCheck {
  readonly #probes: number[] = [];
  #load = 0;

  /** Takes some tens of milliseconds. */
  probe(times = 3): void {
    for (let time = 0; time < times; time++) this.#probes.push(busyLoop());
    this.#load = Math.max(this.#load, loadavg()[0] ?? 0);
  }

  verdict(): Quiet {
    return judge(this.#probes, this.#load);
  }
}

/** @param probes seconds of each. */
export function judge(probes: readonly number[], load: number): Quiet {
  const shortest = Math.min(...probes);
  const probeSpread = (Math.max(...probes) - shortest) / shortest;
  const faults = [
    ...(probeSpread > probeBound
      ? [`a fixed loop took up to ${percent(probeSpread)} longer than at best (bound ${percent(probeBound)})`]
      : []),
    ...(load > loadBound ? [`the load average was ${load.toFixed(1)} (bound ${loadBound})`] : []),
  ];
  const says = faults.length === 0 ? '' : `The machine was not quiet: ${faults.join('; ')}.`;
  return { quiet: faults.length === 0, probeSpread, load, says };
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

/** Seconds that a fixed number of dependent multiplications takes, about 20 ms. */
function busyLoop(): number {
  const started = performance.now();
  let value = 1;
  for (let index = 0; index < 5_000_000; index++) value = (value * 1.000001) % 7;
  const seconds = (performance.now() - started) / 1e3;
  // Looked at, so that no compiler leaves the loop out.
  return value >= 0 ? seconds : Number.NaN;
}
