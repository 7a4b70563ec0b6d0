/** What the emitters of statements share: the arena's address in rdi, registers for rows, masks and constants. */
import { type Assembler, type Gpr, gpr, type Memory, type Vector } from '../assembler/assembler.ts';
import { lanes, type Place, type Plan } from '../plan/program.ts';
import { type Axis, reach } from '../plan/walk.ts';
import { repeat } from './repeat.ts';

/** The arena's address, throughout. */
export const arena = gpr.rdi;
/** Bytes from a row's start to the columns at hand. */
export const columnOffset = gpr.rcx;

export const rowRegisters = [gpr.r8, gpr.r9, gpr.r10, gpr.r11, gpr.r12, gpr.r13, gpr.r14, gpr.r15, gpr.rbx] as const;

export const maskRegister: Vector = 15;

/** Numbers of 32 bits on the stack, for counts of loops around loops; two more are there for the control register. */
const counters = 14;
export const stackBytes = 8 + 4 * counters;

export class Frame {
  readonly asm: Assembler;
  readonly #plan: Plan;
  readonly #size: number;
  readonly #pool: ReadonlyMap<number, number>;
  readonly #emitted = new Map<string, Uint8Array>();
  #depth = 0;

  /** @param scratch numbers behind the arena that statements use while they run. */
  constructor(asm: Assembler, plan: Plan, scratch: number) {
    this.asm = asm;
    this.#plan = plan;
    this.#size = plan.size + scratch;
    this.#pool = new Map(plan.pool.bits.map((bits, index) => [bits, plan.pool.offset + index * lanes]));
  }

  /** Emits code that is the same wherever it stands; what was emitted under the key before is copied. */
  again(key: string, emit: () => void): void {
    const known = this.#emitted.get(key);
    if (known) this.asm.append(known);
    else {
      const start = this.asm.here();
      emit();
      this.#emitted.set(key, this.asm.code(start));
    }
  }

  /** Offset of the memory behind the arena. */
  get scratch(): number {
    return this.#plan.size;
  }

  /** Throws unless a matrix of this size at this place lies in the arena. */
  checkRange({ offset, row, column }: Place, rows: number, columns: number): void {
    if (row < 0 || column < 0) throw new Error(`internal: @${offset} goes back by (${row},${column})`);
    this.checkReach(offset, [
      { size: rows, step: row },
      { size: columns, step: column },
    ]);
  }

  /** Throws where these axes lead out of the arena. */
  checkReach(offset: number, axes: readonly Axis[]): void {
    const ends = reach(axes).map((distance) => offset + distance);
    if (ends.every((end) => Number.isInteger(end) && end >= 0 && end < this.#size)) return;
    const walk = axes.map(({ size, step }) => `${size}×${step}`).join(' + ');
    throw new Error(`internal: @${offset} + ${walk} leaves the arena`);
  }

  /** The code again and again, whatever other loops are in it. */
  repeatAround(count: number, emit: () => void): void {
    if (count === 1) {
      emit();
      return;
    }
    if (this.#depth === counters) throw new Error('internal: loops are nested too deep');
    const counter = { base: gpr.rsp, displacement: 8 + 4 * this.#depth };
    this.#depth++;
    this.asm.storeNumber(counter, count);
    const start = this.asm.here();
    emit();
    this.asm.addToMemory(counter, -1);
    this.asm.jumpIf('notEqual', start);
    this.#depth--;
  }

  /**
   * The code once for every element along the axes, the last one fastest. Each register moves by its steps (in numbers) along
   * each, and by what the code itself moves it; at the end it stands where it would be after one more of the first axis.
   */
  nest(sizes: readonly number[], movers: readonly Mover[], emit: () => void): void {
    const [size, ...inner] = sizes;
    if (size === undefined) {
      emit();
      return;
    }
    this.repeatAround(size, () => {
      this.nest(
        inner,
        movers.map((mover) => ({ ...mover, steps: mover.steps.slice(1) })),
        emit,
      );
      for (const { register, steps, within } of movers) {
        const moved = inner[0] === undefined ? within : inner[0] * (steps[1] ?? 0);
        const rest = (steps[0] ?? 0) - moved;
        if (rest !== 0) this.asm.addNumber(register, rest * 4);
      }
    });
  }

  constant = (bits: number): Memory => {
    const offset = this.#pool.get(bits);
    if (offset === undefined) throw new Error(`internal: the plan has no constant ${bits}`);
    return { base: arena, displacement: offset * 4 };
  };

  /** Sets the mask register to the first lanes. */
  loadMask(count: number): void {
    this.asm.rm('vmovups', maskRegister, { base: arena, displacement: (this.#plan.masks + lanes - count) * 4 });
  }
}

/** A register that moves: by these steps along axes, and by `within` in the innermost code. */
export interface Mover {
  readonly register: Gpr;
  readonly steps: readonly number[];
  readonly within: number;
}

/** Addresses of rows: one register for all places that move alike, which moves on with the rows. */
export class Rows {
  readonly #frame: Frame;
  readonly #outer: readonly number[];
  readonly #registers = new Map<
    string,
    { readonly register: Gpr; readonly row: number; readonly outer: readonly number[] }
  >();

  /** @param outer sizes of the axes outside of the rows. */
  constructor(frame: Frame, places: readonly Place[], outer: readonly number[] = []) {
    this.#frame = frame;
    this.#outer = outer;
    for (const place of places) {
      const key = keyOf(place);
      if (key === '' || this.#registers.has(key)) continue;
      const register = rowRegisters[this.#registers.size];
      if (register === undefined)
        throw new Error('internal: the places of a statement move in more ways than there are registers');
      this.#registers.set(key, { register, row: place.row, outer: place.outer ?? [] });
    }
  }

  /** Registers that no row needs. */
  get unused(): readonly Gpr[] {
    return rowRegisters.slice(this.#registers.size);
  }

  /** To the first row. */
  start(): void {
    for (const { register } of this.#registers.values()) this.#frame.asm.move(register, arena);
  }

  advance(rows: number): void {
    for (const { register, row } of this.#registers.values()) {
      if (row !== 0) this.#frame.asm.addNumber(register, row * rows * 4);
    }
  }

  /** The code for every row, those of outer axes included. */
  each(count: number, emit: () => void): void {
    const moves = count > 1;
    const movers = [...this.#registers.values()].map(({ register, row, outer }) => ({
      register,
      steps: this.#outer.map((_, at) => outer[at] ?? 0),
      within: moves ? count * row : 0,
    }));
    this.#frame.nest(this.#outer, movers, () =>
      repeat(this.#frame.asm, count, () => {
        emit();
        if (moves) this.advance(1);
      }),
    );
  }

  /** The register that holds the arena's address plus that of the row at hand. */
  of(place: Pick<Place, 'row' | 'outer'>): Gpr {
    const key = keyOf(place);
    const register = key === '' ? arena : this.#registers.get(key)?.register;
    if (register === undefined) throw new Error(`internal: no register for rows of ${key}`);
    return register;
  }

  /** Of the element `row` rows on and `column` columns on; from the columns at hand where `moving`. */
  address(place: Place, rowsOn: number, columnsOn: number, moving: boolean): Memory {
    const { offset, row, column } = place;
    return {
      base: this.of(place),
      index: moving && column !== 0 ? columnOffset : undefined,
      displacement: (offset + rowsOn * row + columnsOn * column) * 4,
    };
  }
}

/** Equal for places that move alike; empty for those that stay. */
const keyOf = ({ row, outer = [] }: Pick<Place, 'row' | 'outer'>): string =>
  row === 0 && outer.every((step) => step === 0) ? '' : [...outer, row].join();
