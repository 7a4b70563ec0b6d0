/** Emits a reduction by the fixed tree that `program.ts` states. */
import { gpr, type Vector } from '../assembler/assembler.ts';
import type { Named } from '../assembler/instructions.ts';
import { bitsOf } from '../plan/body.ts';
import { type Fold, lanes, neutral, type Place, type Reduce, reduceRegisters } from '../plan/program.ts';
import { type Assigned, assignRegisters } from '../plan/registers.ts';
import { rowAxes } from '../plan/walk.ts';
import { columnOffset, type Frame, maskRegister, Rows } from './frame.ts';
import { checkPlaces, placesOf } from './loop.ts';
import { emitBody, emitStore, type Width } from './vector-body.ts';

const accumulators = 4;
const neutralRegister: Vector = 4;
const firstOfBody: Vector = 5;

const joins: Readonly<Record<Fold, Named<'rvm'>>> = { sum: 'vaddps', max: 'vmaxps', min: 'vminps' };

export function emitReduce(frame: Frame, reduce: Reduce): void {
  const { columns, body, value, over, to } = reduce;
  checkPlaces(frame, reduce);
  const along = over === 'all' ? [] : over === 'rows' ? [{ size: columns, step: to.column }] : rowAxes(to, reduce);
  frame.checkReach(to.offset, along);
  const assigned = assignRegisters(body, reduceRegisters, value);
  if (!assigned) throw new Error('internal: a reduction needs more registers than there are');
  if (over === 'rows') overRows(frame, reduce, assigned);
  else overColumns(frame, reduce, assigned);
}

/** The value of a vector of elements; returns its register. */
function emitValue(frame: Frame, rows: Rows, assigned: Assigned<Place>, at: Omit<Element, 'accumulator'>): Vector {
  emitBody(frame.asm, assigned.steps, {
    width: at.width,
    address: (place) => rows.address(place, 0, at.columnsOn, at.moving),
    constant: frame.constant,
    register: (register) => register + firstOfBody,
  });
  return (assigned.result ?? 0) + firstOfBody;
}

interface Element {
  readonly width: Width;
  readonly columnsOn: number;
  readonly moving: boolean;
  readonly accumulator: number;
}

function overRows(frame: Frame, reduce: Reduce, assigned: Assigned<Place>): void {
  const { asm } = frame;
  const { outer, rows: rowTotal, columns, body, fold, to } = reduce;
  const rows = new Rows(frame, placesOf(body), outer);
  const vectors = Math.ceil(columns / lanes);
  const rest = columns % lanes;
  if (rest > 0) frame.loadMask(rest);
  const widthOf = (vector: number): Width => (rest > 0 && vector === vectors - 1 ? { mask: maskRegister } : 'whole');
  for (let first = 0; first < vectors; first += accumulators) {
    const panel = Array.from({ length: Math.min(accumulators, vectors - first) }, (_, index) => index);
    for (const index of panel) asm.rm('vmovups', index, frame.constant(bitsOf(neutral[fold])));
    rows.start();
    rows.each(rowTotal, () => {
      for (const index of panel) {
        const vector = first + index;
        const at = { width: widthOf(vector), columnsOn: vector * lanes, moving: false };
        asm.rvm(joins[fold], index, index, emitValue(frame, rows, assigned, at));
      }
    });
    for (const index of panel) {
      const vector = first + index;
      const memory = { base: gpr.rdi, displacement: (to.offset + vector * lanes) * 4 };
      emitStore(asm, memory, index, widthOf(vector));
    }
  }
}

function overColumns(frame: Frame, reduce: Reduce, assigned: Assigned<Place>): void {
  const { asm } = frame;
  const { outer, rows: rowTotal, columns, body, fold, over, to } = reduce;
  const each = over === 'columns';
  const rows = new Rows(frame, each ? [...placesOf(body), to] : placesOf(body), outer);
  const chunk = accumulators * lanes;
  const [chunks, whole, rest] = [Math.floor(columns / chunk), Math.floor(columns / lanes), columns % lanes];
  const clear = () => {
    for (let index = 0; index < accumulators; index++) asm.rm('vmovaps', index, neutralRegister);
  };
  const join = ({ accumulator, ...at }: Element) => {
    const value = emitValue(frame, rows, assigned, at);
    // What the body makes of the lanes beyond the end is no number of ours.
    if (typeof at.width === 'object') asm.rvmi('vblendvps', value, neutralRegister, value, at.width.mask << 4);
    asm.rvm(joins[fold], accumulator, accumulator, value);
  };
  asm.rm('vmovups', neutralRegister, frame.constant(bitsOf(neutral[fold])));
  if (rest > 0) frame.loadMask(rest);
  if (!each) clear();
  rows.start();
  rows.each(rowTotal, () => {
    if (each) clear();
    const whole4 = (moving: boolean) => {
      for (let index = 0; index < accumulators; index++) {
        join({ width: 'whole', columnsOn: index * lanes, moving, accumulator: index });
      }
    };
    if (chunks === 1) whole4(false);
    if (chunks > 1) {
      asm.moveNumber(columnOffset, 0);
      const start = asm.here();
      whole4(true);
      asm.addNumber(columnOffset, chunk * 4);
      asm.compareNumber(columnOffset, chunks * chunk * 4);
      asm.jumpIf('less', start);
    }
    for (let vector = chunks * accumulators; vector < whole; vector++) {
      join({ width: 'whole', columnsOn: vector * lanes, moving: false, accumulator: vector % accumulators });
    }
    if (rest > 0) {
      const width = { mask: maskRegister };
      join({ width, columnsOn: whole * lanes, moving: false, accumulator: whole % accumulators });
    }
    if (each) {
      total(frame, fold);
      emitStore(asm, rows.address(to, 0, 0, false), 0, 'single');
    }
  });
  if (each) return;
  total(frame, fold);
  emitStore(asm, { base: gpr.rdi, displacement: to.offset * 4 }, 0, 'single');
}

/** The four accumulators to one number, in the first lane of the first. */
function total({ asm }: Frame, fold: Fold): void {
  const join = joins[fold];
  const other = firstOfBody;
  asm.rvm(join, 0, 0, 1);
  asm.rvm(join, 2, 2, 3);
  asm.rvm(join, 0, 0, 2);
  asm.mri('vextractf128', other, 0, 1);
  asm.rvm(join, 0, 0, other);
  asm.rvmi('vshufps', other, 0, 0, 0b1110);
  asm.rvm(join, 0, 0, other);
  asm.rvmi('vshufps', other, 0, 0, 0b01);
  asm.rvm(join, 0, 0, other);
}
