/** Interleaved timing: contenders take turns, so that whatever else the machine does strikes all of them. */
import type { Measured, Runner } from './contenders/runner.ts';
import { median, ratios, type Spread, spread } from './statistics.ts';

export interface Timing {
  /** Seconds a step of every round. */
  readonly wall: readonly number[];
  readonly cpu: readonly number[];
  /** Steps in a turn. */
  readonly steps: number;
}

export interface RaceOptions {
  readonly rounds: number;
  /** Seconds that a turn shall take; a contender whose single step is longer takes one. */
  readonly turn: number;
  /** Called before every round and after the last. */
  readonly between?: () => void;
}

/** A step that takes this long (seconds) is measured in a few rounds only. */
const slow = 2;
const roundsOfSlow = 3;

type Timed = Pick<Runner, 'run' | 'only'>;

/** Warms every runner up, then runs the rounds. Timings are in the order of the runners; who ran once has that as its only. */
export async function race(runners: readonly Timed[], { rounds, turn, between }: RaceOptions): Promise<Timing[]> {
  const entries: { runner: Timed; steps: number; rounds: number; wall: number[]; cpu: number[] }[] = [];
  for (const runner of runners) {
    if (runner.only) {
      const { steps, wall, cpu } = runner.only;
      entries.push({ runner, steps, rounds: 0, wall: [wall / steps], cpu: [cpu / steps] });
      continue;
    }
    const { steps, wall } = await warmUp(runner, turn);
    const isSlow = wall / steps > slow;
    entries.push({ runner, steps, rounds: isSlow ? Math.min(rounds, roundsOfSlow) : rounds, wall: [], cpu: [] });
  }
  for (let round = 0; round < rounds; round++) {
    between?.();
    for (const entry of entries) {
      if (round >= entry.rounds) continue;
      const { steps, wall, cpu } = await entry.runner.run(entry.steps);
      entry.wall.push(wall / steps);
      entry.cpu.push(cpu / steps);
    }
  }
  between?.();
  return entries.map(({ steps, wall, cpu }) => ({ steps, wall, cpu }));
}

/** Runs more and more steps until a turn is long enough; the last turn's measure, its count scaled to one turn. */
async function warmUp(runner: Timed, turn: number): Promise<Measured> {
  let measured = await runner.run(1);
  while (measured.wall < turn / 2) measured = await runner.run(2 * measured.steps);
  const factor = turn / measured.wall;
  const steps = Math.max(1, Math.round(measured.steps * factor));
  return { steps, wall: (measured.wall * steps) / measured.steps, cpu: measured.cpu };
}

export interface Comparison {
  /** Milliseconds a step. */
  readonly wall: Spread;
  readonly cpu: Spread;
  /** Times the reference's, round by round; above 1: slower than it. */
  readonly wallRatio: Spread;
  readonly cpuRatio: Spread;
}

/** @param once whether `timing` is of a single step outside of the rounds: it is compared with the reference's median. */
export function compare(timing: Timing, reference: Timing, once = false): Comparison {
  const against = (seconds: readonly number[]) => (once ? [median(seconds)] : seconds);
  return {
    wall: spread(timing.wall.map((seconds) => 1e3 * seconds)),
    cpu: spread(timing.cpu.map((seconds) => 1e3 * seconds)),
    wallRatio: spread(ratios(timing.wall, against(reference.wall))),
    cpuRatio: spread(ratios(timing.cpu, against(reference.cpu))),
  };
}
