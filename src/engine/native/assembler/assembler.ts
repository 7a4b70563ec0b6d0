/** Writes x86-64 instructions as bytes: VEX forms on 256-bit registers, and the few general ones that loops need. */
import { type Form, instructions, type Named } from './instructions.ts';
import { type WideName, wideInstructions } from './wide-instructions.ts';

/** General registers by the numbers of the encoding. */
export const gpr = {
  rax: 0,
  rcx: 1,
  rdx: 2,
  rbx: 3,
  rsp: 4,
  rbp: 5,
  rsi: 6,
  rdi: 7,
  r8: 8,
  r9: 9,
  r10: 10,
  r11: 11,
  r12: 12,
  r13: 13,
  r14: 14,
  r15: 15,
} as const;
export type Gpr = (typeof gpr)[keyof typeof gpr];

/** A vector register, ymm0 to ymm15. */
export type Vector = number;

/** [base + index + displacement], in bytes. */
export interface Memory {
  readonly base: Gpr;
  readonly index?: Gpr | undefined;
  readonly displacement: number;
}

/** A place in the code, as `here` says it. */
export type Label = number;
export type Condition = 'equal' | 'notEqual' | 'less';
const conditionCodes: Readonly<Record<Condition, number>> = { equal: 0x84, notEqual: 0x85, less: 0x8c };

export class Assembler {
  #bytes = new Uint8Array(1 << 16);
  #length = 0;

  /** The code so far, or from a place on; jumps forward must have been bound. */
  code(from: Label = 0): Uint8Array {
    return this.#bytes.slice(from, this.#length);
  }

  append(code: Uint8Array): void {
    this.#reserve(code.length);
    this.#bytes.set(code, this.#length);
    this.#length += code.length;
  }

  here(): Label {
    return this.#length;
  }

  // Vector instructions.

  rm(name: Named<'rm'>, target: Vector, source: Vector | Memory): void {
    this.#vex(name, target, 0, source);
  }
  mr(name: Named<'mr'>, target: Memory, source: Vector): void {
    this.#vex(name, source, 0, target);
  }
  rvm(name: Named<'rvm'>, target: Vector, first: Vector, second: Vector | Memory): void {
    this.#vex(name, target, first, second);
  }
  rvmi(name: Named<'rvmi'>, target: Vector, first: Vector, second: Vector | Memory, byte: number): void {
    this.#vex(name, target, first, second);
    this.#byte(byte);
  }
  rmi(name: Named<'rmi'>, target: Vector, source: Vector | Memory, byte: number): void {
    this.#vex(name, target, 0, source);
    this.#byte(byte);
  }
  /** Of vextractf128 alone: a half of `source` to the 128-bit register `target`. */
  mri(name: Named<'mri'>, target: Vector, source: Vector, byte: number): void {
    this.#vex(name, source, 0, target);
    this.#byte(byte);
  }
  mvr(name: Named<'mvr'>, target: Memory, mask: Vector, source: Vector): void {
    this.#vex(name, source, mask, target);
  }
  shift(name: Named<'shift'>, target: Vector, source: Vector, count: number): void {
    this.#vex(name, instructions[name].extension ?? 0, target, source);
    this.#byte(count);
  }
  vzeroupper(): void {
    this.#put(0xc5, 0xf8, 0x77);
  }

  /** Of AVX-512, on registers zmm0 to zmm31; `second` is 0 where there is none. */
  wide(name: WideName, register: number, second: number, rm: number | Memory): void {
    const { map, prefix, wide, opcode, unit } = wideInstructions[name];
    const memory = typeof rm === 'number' ? undefined : rm;
    const [x, b] = memory ? [bit3(memory.index ?? 0), bit3(memory.base)] : [(rm as number) >> 4, bit3(rm as number)]; // no memory: a register
    const inverted = (bit: number, place: number) => (bit & 1 ? 0 : 1 << place);
    const first = inverted(register >> 3, 7) | inverted(x, 6) | inverted(b, 5) | inverted(register >> 4, 4) | map;
    // 512 bits, no mask.
    this.#put(0x62, first, (wide << 7) | ((~second & 15) << 3) | 4 | prefix, 0x40 | inverted(second >> 4, 3), opcode);
    if (memory) this.#modrm(register, memory, unit);
    else this.#put(0xc0 | (low(register) << 3) | low(rm as number)); // as above
  }
  /** A half of a 512-bit register to a 256-bit one. */
  half(target: Vector, source: number, which: 0 | 1): void {
    this.wide('vextractf64x4', source, 0, target);
    this.#byte(which);
  }

  // General instructions, 64 bits wide.

  move(target: Gpr, source: Gpr): void {
    this.#put(0x48 | (bit3(source) << 2) | bit3(target), 0x89, 0xc0 | (low(source) << 3) | low(target));
  }
  moveNumber(target: Gpr, number: number): void {
    this.#put(0x48 | bit3(target), 0xc7, 0xc0 | low(target));
    this.#number(number);
  }
  addNumber(target: Gpr, number: number): void {
    this.#put(0x48 | bit3(target), 0x81, 0xc0 | low(target));
    this.#number(number);
  }
  compareNumber(target: Gpr, number: number): void {
    this.#put(0x48 | bit3(target), 0x81, 0xf8 | low(target));
    this.#number(number);
  }
  address(target: Gpr, source: Memory): void {
    this.#put(0x48 | (bit3(target) << 2) | (bit3(source.index ?? 0) << 1) | bit3(source.base), 0x8d);
    this.#modrm(target, source);
  }
  push(register: Gpr): void {
    if (bit3(register)) this.#put(0x41);
    this.#put(0x50 | low(register));
  }
  pop(register: Gpr): void {
    if (bit3(register)) this.#put(0x41);
    this.#put(0x58 | low(register));
  }
  /** 32 bits of a low register (rax to rdi) to memory. */
  store32(target: Memory, source: Gpr): void {
    if (bit3(target.base)) this.#put(0x41);
    this.#put(0x89);
    this.#modrm(source, target);
  }
  /** Sets the control register of floating point arithmetic. */
  loadControl(source: Memory): void {
    this.#put(0x0f, 0xae);
    this.#modrm(2, source);
  }
  storeControl(target: Memory): void {
    this.#put(0x0f, 0xae);
    this.#modrm(3, target);
  }
  /** 32 bits of a number to memory. */
  storeNumber(target: Memory, number: number): void {
    this.#put(0xc7);
    this.#modrm(0, target);
    this.#number(number);
  }
  /** Adds to 32 bits of memory, and sets the flags by the sum. */
  addToMemory(target: Memory, number: number): void {
    this.#put(0x81);
    this.#modrm(0, target);
    this.#number(number);
  }
  /** Tests a bit of a low 32-bit register, for `jumpIfBitClear`. */
  testBit(register: Gpr, bit: number): void {
    this.#put(0x0f, 0xba, 0xe0 | low(register), bit);
  }
  cpuid(): void {
    this.#put(0x0f, 0xa2);
  }
  xgetbv(): void {
    this.#put(0x0f, 0x01, 0xd0);
  }
  ret(): void {
    this.#put(0xc3);
  }

  jumpIf(condition: Condition, target: Label): void {
    this.#put(0x0f, conditionCodes[condition]);
    this.#number(target - (this.#length + 4));
  }
  /** Jumps where the bit that was tested last is 0; returns what binds the target to where the code then is. */
  jumpIfBitClear(): () => void {
    this.#put(0x0f, 0x83);
    this.#number(0);
    const after = this.#length;
    return () => new DataView(this.#bytes.buffer).setInt32(after - 4, this.#length - after, true);
  }

  #vex(name: keyof typeof instructions, register: number, second: number, rm: Vector | Memory): void {
    const { map, prefix, opcode, form }: { map: number; prefix: number; opcode: number; form: Form } =
      instructions[name];
    const memory = typeof rm === 'number' ? undefined : rm;
    const [x, b] = memory ? [bit3(memory.index ?? 0), bit3(memory.base)] : [0, bit3(rm as number)]; // no memory: a register
    const one = form === 'rm' || form === 'mr' || form === 'rmi' || form === 'mri';
    // 256 bits, but for scalar moves, whose length is ignored.
    const rest = ((one ? 15 : ~second & 15) << 3) | 4 | prefix;
    if (map === 1 && x === 0 && b === 0) this.#put(0xc5, (bit3(register) ? 0 : 0x80) | rest);
    else this.#put(0xc4, (bit3(register) ? 0 : 0x80) | (x ? 0 : 0x40) | (b ? 0 : 0x20) | map, rest);
    this.#put(opcode);
    if (memory) this.#modrm(register, memory);
    else this.#put(0xc0 | (low(register) << 3) | low(rm as number)); // as above
  }

  /** @param unit what a displacement of one byte counts in. */
  #modrm(register: number, { base, index, displacement }: Memory, unit = 1): void {
    if (index === gpr.rsp) throw new Error('internal: rsp cannot be an index');
    const units = displacement / unit;
    const short = Number.isInteger(units) && units >= -128 && units < 128;
    const mode = displacement === 0 && low(base) !== 5 ? 0 : short ? 0x40 : 0x80;
    if (index === undefined && low(base) !== 4) this.#put(mode | (low(register) << 3) | low(base));
    else this.#put(mode | (low(register) << 3) | 4, (low(index ?? 4) << 3) | low(base));
    if (mode === 0x40) this.#byte(units);
    if (mode === 0x80) this.#number(displacement);
  }

  #put(...bytes: readonly number[]): void {
    for (let at = 0; at < bytes.length; at++) this.#byte(bytes[at] ?? 0);
  }
  #byte(byte: number): void {
    if (this.#length === this.#bytes.length) this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }
  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * this.#bytes.length + count);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
  #number(number: number): void {
    if (number !== (number | 0)) throw new Error(`internal: ${number} does not fit 32 bits`);
    for (let shift = 0; shift < 32; shift += 8) this.#byte((number >> shift) & 255);
  }
}

const low = (register: number): number => register & 7;
const bit3 = (register: number): number => register >> 3;
