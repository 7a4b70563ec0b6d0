/**
 * The inner loop's instructions in two widths: 256 bits wherever there are AVX2 and FMA, 512 where there is AVX-512. Both add
 * up a sum in the same chain, so both give the same bytes.
 */
import type { Assembler, Memory, Vector } from '../assembler/assembler.ts';
import { emitLoad, type Width } from './vector-body.ts';

export interface TileKernel {
  readonly lanes: 8 | 16;
  /** Most sums at once, and the register of the first. */
  readonly sums: number;
  readonly firstSum: number;
  /** Registers of the vectors of b, and of the number of a that they are multiplied with. */
  readonly firstOfB: number;
  readonly broadcast: number;
  /** Registers of a body beside that of the sum, which comes first. */
  readonly bodyRegisters: (sum: Vector) => readonly Vector[];
  zero(asm: Assembler, sum: number): void;
  load(asm: Assembler, target: number, from: Memory, width: Width): void;
  store(asm: Assembler, to: Memory, source: number): void;
  repeat(asm: Assembler, target: number, from: Memory): void;
  /** sum ← sum + a · b. */
  multiplyAdd(asm: Assembler, sum: number, a: number, b: number): void;
  /** The sum's parts of eight, one after another in the register that bodies find them in. */
  parts(asm: Assembler, sum: number, each: (register: Vector, columnsOn: number) => void): void;
}

export const narrow: TileKernel = {
  lanes: 8,
  sums: 12,
  firstSum: 0,
  firstOfB: 12,
  broadcast: 14,
  bodyRegisters: (sum) => [sum, 12, 13, 14],
  zero: (asm, sum) => asm.rvm('vxorps', sum, sum, sum),
  load: emitLoad,
  store: (asm, to, source) => asm.mr('vmovups store', to, source),
  repeat: (asm, target, from) => asm.rm('vbroadcastss', target, from),
  multiplyAdd: (asm, sum, a, b) => asm.rvm('vfmadd231ps', sum, a, b),
  parts: (_, sum, each) => each(sum, 0),
};

export const wide: TileKernel = {
  lanes: 16,
  sums: 28,
  // Bodies are 256 bits wide and reach the lower sixteen registers alone: the first four are theirs.
  firstSum: 4,
  firstOfB: 0,
  broadcast: 2,
  bodyRegisters: () => [0, 1, 2, 3],
  zero: (asm, sum) => asm.wide('vpxord', sum, sum, sum),
  load: (asm, target, from) => asm.wide('vmovups', target, 0, from),
  store: (asm, to, source) => asm.wide('vmovups store', source, 0, to),
  repeat: (asm, target, from) => asm.wide('vbroadcastss', target, 0, from),
  multiplyAdd: (asm, sum, a, b) => asm.wide('vfmadd231ps', sum, a, b),
  parts: (asm, sum, each) => {
    for (const half of [0, 1] as const) {
      asm.half(0, sum, half);
      each(0, half * 8);
    }
  },
};
