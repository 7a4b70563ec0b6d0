/**
 * Lets onnxruntime's runs take denormal numbers as zero, and leaves JavaScript's arithmetic as it is. onnxruntime's own option
 * changes the thread that opens the first session, for good: what a process computes after it would differ from what it
 * computes before.
 */
import { Assembler, gpr } from '../native/assembler/assembler.ts';
import { denormalsAsZero } from '../native/emit/emit.ts';
import { allocateArena } from '../native/machine/arena-memory.ts';
import { makeExecutable } from '../native/machine/executable.ts';

/** Calls what hands its work to the next `setImmediate`, as onnxruntime-node's runs do, and settles in the same turn. */
type Flushed = <T>(run: () => Promise<T>) => Promise<T>;

/** None where the processor's mode cannot be set from here: no x86-64, another system, no koffi, no executable memory. */
export function flushedRuns(): Promise<Flushed | undefined> {
  found ??= look();
  return found;
}

let found: Promise<Flushed | undefined> | undefined;

async function look(): Promise<Flushed | undefined> {
  if (process.arch !== 'x64' || process.platform === 'win32') return undefined;
  try {
    const { default: koffi } = await import('koffi');
    const arena = allocateArena(2, koffi);
    const [next, last] = [0, 1];
    const modes = new Uint32Array(arena.buffer, arena.byteOffset, 2);
    const code = makeExecutable(exchangeCode(), koffi);
    const set = (mode: number): number => {
      modes[next] = mode;
      code.call(arena);
      return modes[last] ?? 0;
    };
    return async (run) => {
      let before: number | undefined;
      let over = false;
      // Stands in the queue directly before the work; what waits for the result runs after it, before the next in the queue.
      setImmediate(() => {
        // Arguments that are refused leave no work in the queue.
        if (!over) before = set(denormalsAsZero);
      });
      try {
        return await run();
      } finally {
        over = true;
        if (before !== undefined) set(before);
      }
    };
  } catch {
    return undefined;
  }
}

/** `void exchange(uint32_t modes[2])`: the first becomes the mode of the thread, the second gets what it was. */
function exchangeCode(): Uint8Array {
  const asm = new Assembler();
  asm.storeControl({ base: gpr.rdi, displacement: 4 });
  asm.loadControl({ base: gpr.rdi, displacement: 0 });
  asm.ret();
  return asm.code();
}
