/** The AVX-512 instructions of the products' inner loop, on 512-bit registers (Intel SDM, volume 2: EVEX). */

interface WideInstruction {
  /** 1: 0F, 2: 0F 38, 3: 0F 3A. */
  readonly map: 1 | 2 | 3;
  /** 0: none, 1: 66. */
  readonly prefix: 0 | 1;
  readonly wide: 0 | 1;
  readonly opcode: number;
  /** Bytes that a short displacement counts in. */
  readonly unit: number;
}

export const wideInstructions = {
  vmovups: { map: 1, prefix: 0, wide: 0, opcode: 0x10, unit: 64 },
  'vmovups store': { map: 1, prefix: 0, wide: 0, opcode: 0x11, unit: 64 },
  vbroadcastss: { map: 2, prefix: 1, wide: 0, opcode: 0x18, unit: 4 },
  vfmadd231ps: { map: 2, prefix: 1, wide: 0, opcode: 0xb8, unit: 64 },
  vpxord: { map: 1, prefix: 1, wide: 0, opcode: 0xef, unit: 64 },
  vextractf64x4: { map: 3, prefix: 1, wide: 1, opcode: 0x1b, unit: 32 },
} as const satisfies Readonly<Record<string, WideInstruction>>;

export type WideName = keyof typeof wideInstructions;
