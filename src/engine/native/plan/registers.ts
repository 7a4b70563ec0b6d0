/** Gives every value of a body a register; constants are read from memory where an instruction can. */
import { argumentsOf, type Body, type Op, type Operand } from './body.ts';

/** Where an operation finds an operand. */
export type Location = { readonly register: number } | { readonly bits: number };

export type Step<Source> =
  | { readonly kind: 'load'; readonly target: number; readonly from: Source }
  | { readonly kind: 'constant'; readonly target: number; readonly bits: number }
  | {
      readonly kind: 'compute';
      readonly target: number;
      readonly op: Op<Source>;
      readonly operands: readonly Location[];
    }
  | { readonly kind: 'store'; readonly source: number; readonly to: Source };

export interface Assigned<Source> {
  readonly steps: readonly Step<Source>[];
  /** Register of the value that was asked for, at the end. */
  readonly result: number | undefined;
}

/**
 * @param registers how many there are; the accumulator comes in register 0.
 * @param result a value that is needed after the body.
 * @returns undefined where the body needs more.
 */
export function assignRegisters<Source>(
  { ops, stores }: Body<Source>,
  registers: number,
  result?: Operand,
): Assigned<Source> | undefined {
  const isConstant = (operand: Operand) => ops[operand]?.kind === 'constant';
  const lastLoad = ops.findLastIndex(({ kind }) => kind === 'load');
  // A store may overwrite what a load reads, so it waits for the last of them.
  const storedAt = (value: Operand) => Math.max(value, lastLoad);
  const lastUse = new Map<Operand, number>();
  ops.forEach((op, at) => {
    for (const operand of argumentsOf(op)) lastUse.set(operand, at);
  });
  for (const { value } of stores) lastUse.set(value, Math.max(lastUse.get(value) ?? 0, storedAt(value)));
  if (result !== undefined) lastUse.set(result, ops.length);

  const free = new Set(Array.from({ length: registers }, (_, register) => register));
  const held = new Map<Operand, number>();
  const steps: Step<Source>[] = [];
  let failed = false;
  const take = (): number => {
    const [register] = free;
    if (register === undefined) failed = true;
    else free.delete(register);
    return register ?? 0;
  };
  const release = (at: number) => {
    for (const [operand, register] of held) {
      if ((lastUse.get(operand) ?? -1) > at) continue;
      held.delete(operand);
      free.add(register);
    }
  };
  if (ops.some(({ kind }) => kind === 'accumulator')) free.delete(0);

  for (const [at, op] of ops.entries()) {
    if (failed) return undefined;
    if (op.kind === 'accumulator') held.set(at, 0);
    else if (op.kind === 'load') {
      const target = take();
      held.set(at, target);
      steps.push({ kind: 'load', target, from: op.from });
    } else if (op.kind !== 'constant') {
      const folded = foldedOperand(op, isConstant);
      const temporaries: number[] = [];
      const operands = argumentsOf(op).map((operand, position): Location => {
        const register = held.get(operand);
        if (register !== undefined) return { register };
        const constant = ops[operand];
        if (constant?.kind !== 'constant') throw new Error('internal: an operand has no register');
        if (position === folded) return { bits: constant.bits };
        const temporary = take();
        temporaries.push(temporary);
        steps.push({ kind: 'constant', target: temporary, bits: constant.bits });
        return { register: temporary };
      });
      // The result may take the register of an operand that is not used again.
      release(at);
      for (const temporary of temporaries) free.add(temporary);
      const target = take();
      held.set(at, target);
      steps.push({ kind: 'compute', target, op, operands });
    }
    for (const { value, to } of stores) {
      if (storedAt(value) !== at) continue;
      const constant = ops[value];
      if (constant?.kind === 'constant') {
        const source = take();
        steps.push({ kind: 'constant', target: source, bits: constant.bits }, { kind: 'store', source, to });
        free.add(source);
      } else steps.push({ kind: 'store', source: held.get(value) ?? 0, to });
    }
    release(at);
  }
  if (failed) return undefined;
  if (result === undefined) return { steps, result };
  const constant = ops[result];
  if (constant?.kind !== 'constant') return { steps, result: held.get(result) };
  const target = take();
  steps.push({ kind: 'constant', target, bits: constant.bits });
  return failed ? undefined : { steps, result: target };
}

/** Position of the constant that the instruction can read from memory: its last operand, by whichever form it has. */
function foldedOperand(op: Op<unknown>, isConstant: (operand: Operand) => boolean): number | undefined {
  const [a = 0, b = 0, c = 0] = argumentsOf(op);
  switch (op.kind) {
    case 'fma':
    case 'fnma':
      if (isConstant(c)) return 2;
      return isConstant(b) ? 1 : undefined;
    case 'select':
      return isConstant(b) ? 1 : undefined;
    case 'sqrt':
    case 'round':
    case 'toInteger':
    case 'toFloat':
    case 'shiftLeft':
    case 'shiftRight':
      return undefined;
    case 'add':
    case 'mul':
      return isConstant(b) ? 1 : isConstant(a) ? 0 : undefined;
    default:
      return isConstant(b) ? 1 : undefined;
  }
}
