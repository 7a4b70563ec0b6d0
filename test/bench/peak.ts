/** What the processor can do at most: fused multiply-adds that wait for nothing, one thread. */
import { Assembler, gpr } from '../../src/engine/native/assembler/assembler.ts';
import { narrow, wide } from '../../src/engine/native/emit/tile-kernels.ts';
import { allocateArena } from '../../src/engine/native/machine/arena-memory.ts';
import { makeExecutable } from '../../src/engine/native/machine/executable.ts';
import { openSystem } from '../../src/engine/native/machine/system.ts';

const times = 2_000_000;
const tries = 15;

/** GFLOP/s of the fastest of a few tries by CPU time, with the widest vectors there are. */
export async function peakOf(): Promise<number> {
  const { koffi, wide: hasWide } = await openSystem();
  const kernel = hasWide ? wide : narrow;
  const sums = 12;
  const asm = new Assembler();
  for (let at = 0; at < sums; at++) kernel.zero(asm, kernel.firstSum + at);
  for (const register of [kernel.broadcast, kernel.firstOfB]) kernel.zero(asm, register);
  asm.moveNumber(gpr.rdx, times);
  const start = asm.here();
  for (let at = 0; at < sums; at++) kernel.multiplyAdd(asm, kernel.firstSum + at, kernel.broadcast, kernel.firstOfB);
  asm.addNumber(gpr.rdx, -1);
  asm.jumpIf('notEqual', start);
  asm.vzeroupper();
  asm.ret();
  const code = makeExecutable(asm.code(), koffi);
  const arena = allocateArena(16, koffi);
  let best = Number.POSITIVE_INFINITY;
  for (let at = 0; at < tries; at++) {
    const before = process.cpuUsage();
    code.call(arena);
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) * 1e3);
  }
  code.dispose();
  return (2 * sums * kernel.lanes * times) / best;
}
