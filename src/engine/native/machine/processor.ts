/** What the processor can do, by its own instruction CPUID: AVX2 and FMA, and whether the system saves their registers. */
import type * as Koffi from 'koffi';
import { Assembler, gpr } from '../assembler/assembler.ts';
import { allocateArena } from './arena-memory.ts';
import { makeExecutable } from './executable.ts';

/** Instructions that every x86-64 has: leaves 1 and 7, and the enabled state where the system says it. */
export function cpuidCode(): Uint8Array {
  const asm = new Assembler();
  asm.push(gpr.rbx);
  for (const [leaf, register, displacement] of [
    [1, gpr.rcx, 0],
    [7, gpr.rbx, 4],
  ] as const) {
    asm.moveNumber(gpr.rax, leaf);
    asm.moveNumber(gpr.rcx, 0);
    asm.cpuid();
    asm.store32({ base: gpr.rdi, displacement }, register);
  }
  asm.moveNumber(gpr.rax, 1);
  asm.cpuid();
  asm.testBit(gpr.rcx, osxsave);
  const skip = asm.jumpIfBitClear();
  asm.moveNumber(gpr.rcx, 0);
  asm.xgetbv();
  asm.store32({ base: gpr.rdi, displacement: 8 }, gpr.rax);
  skip();
  asm.pop(gpr.rbx);
  asm.ret();
  return asm.code();
}

const osxsave = 27;

/** Bits of leaf 1's ecx, leaf 7's ebx and of the enabled state. */
const needed = [(1 << 12) | (1 << osxsave) | (1 << 28), 1 << 5, 0b110] as const;

export const hasVectors = (words: ArrayLike<number>): boolean => hasBits(words, needed);

/** Whether there is AVX-512 besides. */
export const hasWideVectors = (words: ArrayLike<number>): boolean => hasBits(words, [0, 1 << 16, 0b11100110]);

const hasBits = (words: ArrayLike<number>, wanted: readonly number[]): boolean =>
  wanted.every((bits, at) => ((words[at] ?? 0) & bits) === bits);

/** Throws where the system refuses executable memory. */
export function readProcessor(koffi: typeof Koffi.default): ArrayLike<number> {
  const arena = allocateArena(16, koffi);
  const code = makeExecutable(cpuidCode(), koffi);
  code.call(arena);
  code.dispose();
  return new Int32Array(arena.buffer, arena.byteOffset, needed.length);
}
