/** What the emitters of statements share: the arena's address in rdi, registers for rows, masks and constants. */
import { type Assembler, type Gpr, gpr, type Memory, type Vector } from '../assembler/assembler.ts';
import { lanes, type Place, type Plan } from '../plan/program.ts';

/** The arena's address, throughout. */
export const arena = gpr.rdi;
/** Bytes from a row's start to the columns at hand. */
export const columnOffset = gpr.rcx;

const rowRegisters = [gpr.r8, gpr.r9, gpr.r10, gpr.r11, gpr.r12, gpr.r13, gpr.r14, gpr.r15, gpr.rbx] as const;

export const maskRegister: Vector = 15;

export class Frame {
  readonly asm: Assembler;
  readonly #plan: Plan;
  readonly #pool: ReadonlyMap<number, number>;

  constructor(asm: Assembler, plan: Plan) {
    this.asm = asm;
    this.#plan = plan;
    this.#pool = new Map(plan.pool.bits.map((bits, index) => [bits, plan.pool.offset + index * lanes]));
  }

  /** Offset of the memory behind the arena that statements use while they run. */
  get scratch(): number {
    return this.#plan.size;
  }

  /** Throws unless a matrix of this size at this place lies in the arena. */
  checkRange({ offset, row, column }: Place, rows: number, columns: number): void {
    const ends = [offset, offset + (rows - 1) * row + (columns - 1) * column];
    if (!ends.every((end) => Number.isInteger(end) && end >= 0 && end < this.#plan.size) || row < 0 || column < 0) {
      throw new Error(`internal: @${offset} + [${rows},${columns}] × (${row},${column}) leaves the arena`);
    }
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

/** Addresses of rows: one register a row length, which moves on with the rows. */
export class Rows {
  readonly #frame: Frame;
  readonly #registers = new Map<number, Gpr>();

  constructor(frame: Frame, places: readonly Place[]) {
    this.#frame = frame;
    for (const stride of new Set(places.map(({ row }) => row))) {
      if (stride === 0) continue;
      const register = rowRegisters[this.#registers.size];
      if (register === undefined)
        throw new Error('internal: a statement has more row lengths than there are registers');
      this.#registers.set(stride, register);
    }
  }

  /** To the first row. */
  start(): void {
    for (const register of this.#registers.values()) this.#frame.asm.move(register, arena);
  }

  advance(rows: number): void {
    for (const [stride, register] of this.#registers) this.#frame.asm.addNumber(register, stride * rows * 4);
  }

  /** The register that holds the arena's address plus that of the row at hand. */
  of(stride: number): Gpr {
    const register = stride === 0 ? arena : this.#registers.get(stride);
    if (register === undefined) throw new Error(`internal: no register for rows of ${stride}`);
    return register;
  }

  /** Of the element `row` rows on and `column` columns on; from the columns at hand where `moving`. */
  address({ offset, row, column }: Place, rowsOn: number, columnsOn: number, moving: boolean): Memory {
    return {
      base: this.of(row),
      index: moving && column !== 0 ? columnOffset : undefined,
      displacement: (offset + rowsOn * row + columnsOn * column) * 4,
    };
  }
}
