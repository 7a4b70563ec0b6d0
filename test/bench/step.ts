/** `bench -- step`: one BiGAN+PGP training step, one thread, by every contender that this machine has. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plural } from '../../src/base/number-words.ts';
import { disagreement } from './agreement.ts';
import type { Contender, Place } from './contenders/contenders.ts';
import { type Absent, isAbsent, type Runner, startRunner } from './contenders/runner.ts';
import { type Comparison, compare, type RaceOptions, race, type Timing } from './harness.ts';
import { PeakProbe } from './peak.ts';
import { makeProblem, writeProblem } from './problem.ts';
import { type Quiet, QuietCheck } from './quiet.ts';
import { nameOf, type Size, toySize } from './sizes.ts';
import { workOf } from './step-work.ts';

export interface StepOptions extends Pick<RaceOptions, 'rounds' | 'turn'> {
  readonly widths: readonly number[];
  readonly contenders: readonly Contender[];
  readonly python: string;
  /** The compiled tree, and the folder with the sources. */
  readonly tree: string;
  readonly root: string;
  /** Told what happens, one line a time. */
  readonly tell: (line: string) => void;
}

export interface StepRow extends Comparison {
  readonly contender: string;
  readonly says: string;
  readonly version?: string;
  readonly losses: Runner['losses'];
  /** Where its losses part from the first contender's; absent where they agree. */
  readonly disagreement?: string;
  readonly timing: Timing;
}

/** How fast a step could be at most. */
export interface Limit {
  /** Floating point operations of the step's products and convolutions, a multiplication and an addition each. */
  readonly flops: number;
  /** Operations in a second of one core, the best of all probes. */
  readonly peak: number;
  /** Bits of a vector. */
  readonly bits: number;
}

export interface StepResult {
  readonly size: Size;
  readonly rows: readonly StepRow[];
  readonly absent: readonly { readonly contender: string; readonly reason: string }[];
  readonly quiet: Quiet;
  /** Absent where the machine runs no emitted code, and for pictures. */
  readonly limit?: Limit;
}

export async function benchStep(options: StepOptions): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const width of options.widths) results.push(await benchSize(toySize(width), options));
  return results;
}

/** All contenders at one size, in turns. */
export async function benchSize(
  size: Size,
  { contenders, python, tree, root, tell, rounds, turn }: Omit<StepOptions, 'widths'>,
): Promise<StepResult> {
  const problem = mkdtempSync(join(tmpdir(), 'modebench-'));
  const runners: Runner[] = [];
  const absent: Absent[] = [];
  const limit = size.kind === 'mlp' ? await PeakProbe.open() : undefined;
  try {
    const made = makeProblem(size);
    writeProblem(problem, made);
    const place: Place = { size, problem, tree, root, python };
    for (const contender of contenders) {
      tell(`${nameOf(size)}: starting ${contender.name}`);
      const started = await startRunner(contender, place);
      if (isAbsent(started)) absent.push(started);
      else runners.push(started);
    }
    tell(`${nameOf(size)}: ${plural(rounds, 'round')} of ${plural(runners.length, 'contender')}`);
    const check = new QuietCheck();
    const between = () => {
      check.probe();
      for (let probe = 0; probe < 5; probe++) limit?.probe();
    };
    const timings = await race(runners, { rounds, turn, between });
    return {
      size,
      rows: rowsOf(runners, timings),
      absent: absent.map(({ contender, reason }) => ({ contender: contender.name, reason })),
      quiet: check.verdict(),
      ...(limit && { limit: { flops: workOf(made.training), peak: limit.peak, bits: limit.bits } }),
    };
  } finally {
    limit?.dispose();
    for (const runner of runners) await runner.stop();
    rmSync(problem, { recursive: true, force: true });
  }
}

function rowsOf(runners: readonly Runner[], timings: readonly Timing[]): StepRow[] {
  const [reference, referenceTiming] = [runners[0], timings[0]];
  if (!reference || !referenceTiming) return [];
  return runners.map(({ contender, version, losses, only }, index) => {
    const timing = timings[index] ?? referenceTiming;
    const once = only !== undefined;
    const fault = disagreement(losses, reference.losses, once ? 1 : undefined);
    return {
      contender: contender.name,
      says: contender.says,
      ...(version !== undefined && { version }),
      losses,
      ...(fault !== undefined && { disagreement: fault }),
      ...compare(timing, referenceTiming, once),
      timing,
    };
  });
}
