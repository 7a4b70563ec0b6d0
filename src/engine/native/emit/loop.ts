/** Emits an elementwise loop: vectors of a row, then what is left of it by a mask; elements that lie apart, one by one. */
import type { Body } from '../plan/body.ts';
import { type Loop, lanes, loopRegisters, type Place, type Statement } from '../plan/program.ts';
import { assignRegisters } from '../plan/registers.ts';
import { rowAxes } from '../plan/walk.ts';
import { columnOffset, type Frame, maskRegister, Rows } from './frame.ts';
import { emitTransposition, transpositionOf } from './transpose.ts';
import { emitBody, type Width } from './vector-body.ts';

export const placesOf = ({ ops, stores }: Body<Place>): readonly Place[] => [
  ...ops.flatMap((op) => (op.kind === 'load' ? [op.from] : [])),
  ...stores.map(({ to }) => to),
];

/** Throws where an element of a statement would lie outside of the arena. */
export function checkPlaces(frame: Frame, statement: Statement): void {
  for (const place of placesOf(statement.body)) {
    frame.checkReach(place.offset, [...rowAxes(place, statement), { size: statement.columns, step: place.column }]);
  }
}

export function emitLoop(frame: Frame, loop: Loop): void {
  const places = placesOf(loop.body);
  checkPlaces(frame, loop);
  const transposition = transpositionOf(loop);
  if (transposition) {
    for (const rest of emitTransposition(frame, loop, transposition)) emitApart(frame, rest);
  } else if (loop.columns > 1 && places.some(({ column }) => column > 1)) emitApart(frame, loop);
  else emitRows(frame, loop);
}

function emitRows(frame: Frame, { outer, rows: rowTotal, columns, body }: Loop): void {
  const { asm } = frame;
  const rows = new Rows(frame, placesOf(body), outer);
  const steps = stepsOf(body);
  const emit = (width: Width, columnsOn: number, moving: boolean) =>
    emitBody(asm, steps, {
      width,
      address: (place) => rows.address(place, 0, columnsOn, moving),
      constant: frame.constant,
      register: (register) => register,
    });
  const [whole, rest] = [Math.floor(columns / lanes), columns % lanes];
  if (rest > 0) frame.loadMask(rest);
  rows.start();
  rows.each(rowTotal, () => {
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
  });
}

/** Element by element: a loop over the longer axis, the other one written out. */
function emitApart(frame: Frame, loop: Loop): void {
  const { rows, columns, body } = loop;
  const turned = (place: Place): Place => ({ ...place, row: place.column, column: place.row });
  if (rows > columns) emitElements(frame, loop);
  else
    emitElements(frame, {
      ...loop,
      rows: columns,
      columns: rows,
      body: {
        ops: body.ops.map((op) => (op.kind === 'load' ? { kind: 'load', from: turned(op.from) } : op)),
        stores: body.stores.map(({ value, to }) => ({ value, to: turned(to) })),
      },
    });
}

function emitElements(frame: Frame, { outer, rows: times, columns: writtenOut, body }: Loop): void {
  const rows = new Rows(frame, placesOf(body), outer);
  const steps = stepsOf(body);
  rows.start();
  rows.each(times, () => {
    for (let at = 0; at < writtenOut; at++) {
      emitBody(frame.asm, steps, {
        width: 'single',
        address: (place) => rows.address(place, 0, at, false),
        constant: frame.constant,
        register: (register) => register,
      });
    }
  });
}

function stepsOf(body: Body<Place>) {
  const assigned = assignRegisters(body, loopRegisters);
  if (!assigned) throw new Error('internal: a loop needs more registers than there are');
  return assigned.steps;
}
