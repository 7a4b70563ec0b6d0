/** Measures what the processor can do at most: fused multiply-adds that wait for nothing, on one thread. */
import { Assembler, gpr } from '../../src/engine/native/assembler/assembler.ts';
import { narrow, type TileKernel, wide } from '../../src/engine/native/emit/tile-kernels.ts';
import { allocateArena } from '../../src/engine/native/machine/arena-memory.ts';
import { type Executable, makeExecutable } from '../../src/engine/native/machine/executable.ts';
import { openSystem } from '../../src/engine/native/machine/system.ts';

/** Chains that do not wait for each other, and rounds of a probe: some milliseconds. */
const [chains, rounds] = [12, 200_000];

export class PeakProbe {
  readonly #kernel: TileKernel;
  readonly #executable: Executable;
  readonly #arena: ReturnType<typeof allocateArena>;
  #peak = 0;

  /** With the widest vectors there are; undefined where this machine runs no emitted code. */
  static async open(): Promise<PeakProbe | undefined> {
    const system = await openSystem().catch(() => undefined);
    return system && new PeakProbe(system);
  }

  private constructor({ koffi, wide: hasWide }: Awaited<ReturnType<typeof openSystem>>) {
    this.#kernel = hasWide ? wide : narrow;
    this.#executable = makeExecutable(chainsCode(this.#kernel), koffi);
    this.#arena = allocateArena(16, koffi);
  }

  probe(): void {
    const before = process.cpuUsage();
    this.#executable.call(this.#arena);
    const { user, system } = process.cpuUsage(before);
    this.#peak = Math.max(this.#peak, (2 * chains * this.#kernel.lanes * rounds * 1e6) / (user + system));
  }

  /** Operations in a second of processor time, the best of all probes. */
  get peak(): number {
    return this.#peak;
  }

  /** Bits of a vector. */
  get bits(): number {
    return 32 * this.#kernel.lanes;
  }

  dispose(): void {
    this.#executable.dispose();
  }
}

function chainsCode(kernel: TileKernel): Uint8Array {
  const asm = new Assembler();
  for (let at = 0; at < chains; at++) kernel.zero(asm, kernel.firstSum + at);
  for (const register of [kernel.broadcast, kernel.firstOfB]) kernel.zero(asm, register);
  asm.moveNumber(gpr.rdx, rounds);
  const start = asm.here();
  for (let at = 0; at < chains; at++) kernel.multiplyAdd(asm, kernel.firstSum + at, kernel.broadcast, kernel.firstOfB);
  asm.addNumber(gpr.rdx, -1);
  asm.jumpIf('notEqual', start);
  asm.vzeroupper();
  asm.ret();
  return asm.code();
}
