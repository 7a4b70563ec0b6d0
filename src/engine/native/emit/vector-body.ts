/** Emits a body on a vector of elements. */
import type { Assembler, Memory, Vector } from '../assembler/assembler.ts';
import type { Named } from '../assembler/instructions.ts';
import type { BinaryKind, Comparison, UnaryKind } from '../plan/body.ts';
import type { Place } from '../plan/program.ts';
import type { Location, Step } from '../plan/registers.ts';

/** How many elements of a place are read or written at once: a vector, its first lanes by the mask, or one. */
export type Width = 'whole' | { readonly mask: Vector } | 'single';

export interface Surroundings {
  readonly width: Width;
  readonly address: (place: Place) => Memory;
  /** Eight copies of a constant. */
  readonly constant: (bits: number) => Memory;
  /** The machine's register behind a body's. */
  readonly register: (assigned: number) => Vector;
}

export function emitBody(asm: Assembler, steps: readonly Step<Place>[], around: Surroundings): void {
  const { width, address, constant, register } = around;
  for (const step of steps) {
    switch (step.kind) {
      case 'load':
        emitLoad(asm, register(step.target), address(step.from), step.from.column === 0 ? 'repeated' : width);
        break;
      case 'constant':
        asm.rm('vmovups', register(step.target), constant(step.bits));
        break;
      case 'store':
        emitStore(asm, address(step.to), register(step.source), width);
        break;
      case 'compute':
        compute(asm, step, around);
        break;
      default:
        step satisfies never;
    }
  }
}

export function emitLoad(asm: Assembler, target: Vector, from: Memory, width: Width | 'repeated'): void {
  if (width === 'whole') asm.rm('vmovups', target, from);
  else if (width === 'repeated') asm.rm('vbroadcastss', target, from);
  else if (width === 'single') asm.rm('vmovss', target, from);
  else asm.rvm('vmaskmovps', target, width.mask, from);
}

export function emitStore(asm: Assembler, to: Memory, source: Vector, width: Width): void {
  if (width === 'whole') asm.mr('vmovups store', to, source);
  else if (width === 'single') asm.mr('vmovss store', to, source);
  else asm.mvr('vmaskmovps store', to, width.mask, source);
}

const binaries: Readonly<Record<BinaryKind, Named<'rvm'>>> = {
  add: 'vaddps',
  sub: 'vsubps',
  mul: 'vmulps',
  div: 'vdivps',
  min: 'vminps',
  max: 'vmaxps',
  and: 'vandps',
  or: 'vorps',
  xor: 'vxorps',
  andNot: 'vandnps',
  addInteger: 'vpaddd',
  subInteger: 'vpsubd',
};
/** Predicates of vcmpps: quiet, ordered but for the unequal. */
const predicates: Readonly<Record<Comparison, number>> = {
  equal: 0,
  notEqual: 4,
  less: 17,
  lessEqual: 18,
  greaterEqual: 29,
  greater: 30,
};
const unaries: Readonly<Record<Exclude<UnaryKind, 'round'>, Named<'rm'>>> = {
  sqrt: 'vsqrtps',
  toInteger: 'vcvtps2dq',
  toFloat: 'vcvtdq2ps',
};

function compute(
  asm: Assembler,
  { target, op, operands }: Extract<Step<Place>, { readonly kind: 'compute' }>,
  { register, constant }: Surroundings,
): void {
  const result = register(target);
  const any = (position: number): Vector | Memory => {
    const location: Location = operands[position] ?? { bits: 0 }; // as many as the operation has
    return 'register' in location ? register(location.register) : constant(location.bits);
  };
  const inRegister = (position: number): Vector => {
    const place = any(position);
    if (typeof place !== 'number') throw new Error(`internal: operand ${position} of ${op.kind} is not in a register`);
    return place;
  };
  switch (op.kind) {
    case 'load':
    case 'accumulator':
    case 'constant':
      throw new Error(`internal: ${op.kind} is not computed`);
    case 'round':
      asm.rmi('vroundps', result, inRegister(0), 8);
      return;
    case 'sqrt':
    case 'toInteger':
    case 'toFloat':
      asm.rm(unaries[op.kind], result, inRegister(0));
      return;
    case 'shiftLeft':
      asm.shift('vpslld', result, inRegister(0), op.count);
      return;
    case 'shiftRight':
      asm.shift('vpsrad', result, inRegister(0), op.count);
      return;
    case 'fma':
    case 'fnma':
      multiplyAdd(asm, op.kind === 'fma' ? 'vfmadd' : 'vfnmadd', result, [any(0), any(1), any(2)]);
      return;
    case 'select': {
      const [mask, then, otherwise] = [inRegister(0), any(1), inRegister(2)];
      asm.rvmi('vblendvps', result, otherwise, then, mask << 4);
      return;
    }
    case 'equal':
    case 'notEqual':
    case 'less':
    case 'lessEqual':
    case 'greater':
    case 'greaterEqual':
      asm.rvmi('vcmpps', result, inRegister(0), any(1), predicates[op.kind]);
      return;
    default: {
      // The first of a commutative pair may be the one in memory.
      const [first, second] = [any(0), any(1)];
      if (typeof first === 'number') asm.rvm(binaries[op.kind], result, first, second);
      else asm.rvm(binaries[op.kind], result, inRegister(1), first);
    }
  }
}

/** result ← ±a · b + c, by the form whose target is the operand that the result replaces. */
function multiplyAdd(
  asm: Assembler,
  name: 'vfmadd' | 'vfnmadd',
  result: Vector,
  [a, b, c]: readonly [Vector | Memory, Vector | Memory, Vector | Memory],
): void {
  if (typeof a !== 'number') throw new Error('internal: the first factor is not in a register');
  if (typeof b !== 'number') {
    if (typeof c !== 'number') throw new Error('internal: two operands of one instruction are in memory');
    if (result === a && result !== c) asm.rvm(`${name}132ps`, result, c, b);
    else {
      if (result !== c) asm.rm('vmovaps', result, c);
      asm.rvm(`${name}231ps`, result, a, b);
    }
  } else if (result === c) asm.rvm(`${name}231ps`, result, a, b);
  else if (result === a) asm.rvm(`${name}213ps`, result, b, c);
  else if (result === b) asm.rvm(`${name}213ps`, result, a, c);
  else if (typeof c === 'number') {
    asm.rm('vmovaps', result, c);
    asm.rvm(`${name}231ps`, result, a, b);
  } else {
    asm.rm('vmovaps', result, a);
    asm.rvm(`${name}213ps`, result, b, c);
  }
}
