/** How fast a step could be at most: the operations of its products, and how many the processor's multipliers do in a second. */
import { traceStep } from '../../src/engine/lower/trace-step.ts';
import { Assembler, gpr } from '../../src/engine/native/assembler/assembler.ts';
import { allocateArena } from '../../src/engine/native/machine/arena-memory.ts';
import { makeExecutable } from '../../src/engine/native/machine/executable.ts';
import { openSystem } from '../../src/engine/native/machine/system.ts';
import { makePlan } from '../../src/engine/native/plan/make-plan.ts';
import type { Problem } from './problem.ts';

export interface Limit {
  /** Floating point operations of the step's products, a multiplication and an addition each. */
  readonly flops: number;
  /** Operations in a second of one core, the best of all probes. */
  readonly peak: number;
  /** Bits of a vector. */
  readonly bits: 256 | 512;
}

/** Chains that do not wait for each other, and rounds of a probe. */
const [chains, rounds] = [12, 20_000];

export class LimitProbe {
  readonly #flops: number;
  readonly #bits: Limit['bits'];
  readonly #run: () => void;
  #peak = 0;

  /** @returns undefined where this machine runs no emitted code. */
  static async open({ training }: Problem): Promise<LimitProbe | undefined> {
    const system = await openSystem().catch(() => undefined);
    return system && new LimitProbe(flopsOf(training), system);
  }

  private constructor(flops: number, { koffi, wide }: Awaited<ReturnType<typeof openSystem>>) {
    const executable = makeExecutable(chainsCode(wide), koffi);
    const arena = allocateArena(16, koffi);
    this.#flops = flops;
    this.#bits = wide ? 512 : 256;
    this.#run = () => executable.call(arena);
  }

  /** Some milliseconds of nothing but fused multiply-adds in registers. */
  probe(): void {
    const started = performance.now();
    this.#run();
    const seconds = (performance.now() - started) / 1e3;
    this.#peak = Math.max(this.#peak, (2 * (this.#bits / 32) * chains * rounds) / seconds);
  }

  limit(): Limit {
    return { flops: this.#flops, peak: this.#peak, bits: this.#bits };
  }
}

function flopsOf({ fn, signature }: Problem['training']): number {
  const { statements } = makePlan(traceStep(fn, signature), Object.keys(signature.state));
  return statements.reduce(
    (sum, statement) =>
      statement.kind === 'product' ? sum + 2 * statement.rows * statement.columns * statement.inner : sum,
    0,
  );
}

function chainsCode(wide: boolean): Uint8Array {
  const asm = new Assembler();
  for (let register = 0; register < chains + 2; register++) {
    if (wide) asm.wide('vpxord', register, register, register);
    else asm.rvm('vxorps', register, register, register);
  }
  asm.moveNumber(gpr.rdx, rounds);
  const start = asm.here();
  for (let register = 0; register < chains; register++) {
    if (wide) asm.wide('vfmadd231ps', register, chains, chains + 1);
    else asm.rvm('vfmadd231ps', register, chains, chains + 1);
  }
  asm.addNumber(gpr.rdx, -1);
  asm.jumpIf('notEqual', start);
  asm.vzeroupper();
  asm.ret();
  return asm.code();
}
