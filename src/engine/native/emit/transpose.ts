/** Emits the copy of a transposed matrix, in blocks of 8 × 8 whose rows become columns between registers. */
import { type Assembler, type Gpr, gpr } from '../assembler/assembler.ts';
import { type Loop, lanes, type Place } from '../plan/program.ts';
import { arena, type Frame } from './frame.ts';
import { repeat } from './repeat.ts';

interface Transposition {
  readonly from: Place;
  readonly to: Place;
}

/** Where a loop copies one matrix whose rows follow one another in memory to one whose columns do. */
export function transpositionOf({ rows, columns, body }: Loop): Transposition | undefined {
  const [op, ...more] = body.ops;
  const [store, ...others] = body.stores;
  if (op?.kind !== 'load' || !store || more.length > 0 || others.length > 0) return undefined;
  const { from } = op;
  const { to } = store;
  const fits = rows >= lanes && columns >= lanes && from.row === 1 && from.column > 1 && to.column === 1;
  return fits ? { from, to } : undefined;
}

/** The whole blocks; returns the loops over what is left at the ends of columns and rows. */
export function emitTransposition(frame: Frame, loop: Loop, { from, to }: Transposition): readonly Loop[] {
  const { asm } = frame;
  const [rowBlocks, columnBlocks] = [Math.floor(loop.rows / lanes), Math.floor(loop.columns / lanes)];
  const [source, target, sourceRow, targetRow] = [gpr.rax, gpr.rsi, gpr.r8, gpr.r9];
  asm.move(sourceRow, arena);
  asm.move(targetRow, arena);
  const outer = loop.outer ?? [];
  const mover = (register: Gpr, place: Place) => ({
    register,
    steps: outer.map((_, at) => place.outer?.[at] ?? 0),
    within: rowBlocks * lanes * place.row,
  });
  const emitMatrix = () =>
    repeat(asm, rowBlocks, () => {
      asm.move(source, sourceRow);
      asm.move(target, targetRow);
      const emitBlock = () => {
        for (let at = 0; at < lanes; at++) {
          asm.rm('vmovups', at, { base: source, displacement: (from.offset + at * from.column) * 4 });
        }
        transposeRegisters(asm);
        for (let at = 0; at < lanes; at++) {
          asm.mr('vmovups store', { base: target, displacement: (to.offset + at * to.row) * 4 }, lanes + at);
        }
        asm.addNumber(source, lanes * from.column * 4);
        asm.addNumber(target, lanes * 4);
      };
      repeat(asm, columnBlocks, emitBlock, gpr.rbp);
      asm.addNumber(sourceRow, lanes * 4);
      asm.addNumber(targetRow, lanes * to.row * 4);
    });
  frame.nest(outer, [mover(sourceRow, from), mover(targetRow, to)], emitMatrix);
  const [wholeRows, wholeColumns] = [rowBlocks * lanes, columnBlocks * lanes];
  const part = (row: number, column: number, rows: number, columns: number): Loop => {
    const moved = (place: Place): Place => ({
      ...place,
      offset: place.offset + row * place.row + column * place.column,
    });
    const body = { ops: [{ kind: 'load', from: moved(from) } as const], stores: [{ value: 0, to: moved(to) }] };
    return { ...loop, rows, columns, body };
  };
  const ends = [
    part(0, wholeColumns, wholeRows, loop.columns - wholeColumns),
    part(wholeRows, 0, loop.rows - wholeRows, loop.columns),
  ];
  return ends.filter(({ rows, columns }) => rows > 0 && columns > 0);
}

/** Registers 0 to 7 as rows; their columns go to 8 to 15. */
function transposeRegisters(asm: Assembler): void {
  for (let pair = 0; pair < lanes; pair += 2) {
    asm.rvm('vunpcklps', lanes + pair, pair, pair + 1);
    asm.rvm('vunpckhps', lanes + pair + 1, pair, pair + 1);
  }
  for (let four = 0; four < lanes; four += 4) {
    for (const [at, first] of [0, 0, 1, 1].entries()) {
      const [a, b] = [lanes + four + first, lanes + four + first + 2];
      asm.rvmi('vshufps', four + at, a, b, at % 2 === 0 ? 0x44 : 0xee);
    }
  }
  for (let at = 0; at < lanes; at++) {
    asm.rvmi('vperm2f128', lanes + at, at % 4, (at % 4) + 4, at < 4 ? 0x20 : 0x31);
  }
}
