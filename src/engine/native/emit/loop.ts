/** Emits an elementwise loop: vectors of a row, then what is left of it by a mask; rows whose columns are apart, one by one. */
import type { gpr } from '../assembler/assembler.ts';
import type { Body } from '../plan/body.ts';
import { type Loop, lanes, loopRegisters, type Place } from '../plan/program.ts';
import { assignRegisters } from '../plan/registers.ts';
import { columnOffset, type Frame, maskRegister, Rows, rowCount } from './frame.ts';
import { emitBody, type Width } from './vector-body.ts';

export const placesOf = ({ ops, stores }: Body<Place>): readonly Place[] => [
  ...ops.flatMap((op) => (op.kind === 'load' ? [op.from] : [])),
  ...stores.map(({ to }) => to),
];

export function emitLoop(frame: Frame, { rows: rowTotal, columns, body }: Loop): void {
  const { asm } = frame;
  const places = placesOf(body);
  for (const place of places) frame.checkRange(place, rowTotal, columns);
  const assigned = assignRegisters(body, loopRegisters);
  if (!assigned) throw new Error('internal: a loop needs more registers than there are');
  const apart = columns > 1 && places.some(({ column }) => column > 1);
  const rows = new Rows(frame, apart ? places.map(turned) : places);
  const emit = (width: Width, columnsOn: number, moving: boolean) =>
    emitBody(asm, assigned.steps, {
      width,
      address: (place) => rows.address(apart ? turned(place) : place, 0, columnsOn, moving),
      constant: frame.constant,
      register: (register) => register,
    });
  if (apart) {
    // Columns take the place of rows: their steps have registers, the rows are written out by the outer loop's offsets.
    for (let row = 0; row < rowTotal; row++) {
      rows.start();
      repeat(frame, columns, () => {
        emitBody(asm, assigned.steps, {
          width: 'single',
          address: (place) => rows.address(turned(place), 0, row, false),
          constant: frame.constant,
          register: (register) => register,
        });
        rows.advance(1);
      });
    }
    return;
  }
  const [whole, rest] = [Math.floor(columns / lanes), columns % lanes];
  if (rest > 0) frame.loadMask(rest);
  rows.start();
  repeat(frame, rowTotal, () => {
    if (whole === 1) emit('whole', 0, false);
    if (whole > 1) {
      asm.moveNumber(columnOffset, 0);
      const start = asm.here();
      emit('whole', 0, true);
      asm.addNumber(columnOffset, lanes * 4);
      asm.compareNumber(columnOffset, whole * lanes * 4);
      asm.jumpIf('less', start);
    }
    if (rest > 0) emit({ mask: maskRegister }, whole * lanes, false);
    if (rowTotal > 1) rows.advance(1);
  });
}

/** Rows and columns changed: of a place that is walked column by column. */
const turned = ({ offset, row, column }: Place): Place => ({ offset, row: column, column: row });

/** The code again and again; once without a loop. The count is in a register that the code leaves alone. */
export function repeat(
  { asm }: Frame,
  count: number,
  emit: () => void,
  counter: typeof rowCount | typeof gpr.rbp = rowCount,
): void {
  if (count > 1) asm.moveNumber(counter, count);
  const start = asm.here();
  emit();
  if (count === 1) return;
  asm.addNumber(counter, -1);
  asm.jumpIf('notEqual', start);
}
