/**
 * Straight-line arithmetic on float32 numbers, one machine operation each: what a loop does with every element, and a product
 * with every sum. `Source` says where a load comes from: a tensor while a plan is made, a place in the arena once it is.
 */

export const unaryKinds = ['sqrt', 'round', 'toInteger', 'toFloat'] as const;
export const binaryKinds = [
  'add',
  'sub',
  'mul',
  'div',
  'min',
  'max',
  'and',
  'or',
  'xor',
  'andNot',
  'addInteger',
  'subInteger',
] as const;
export const ternaryKinds = ['fma', 'fnma', 'select'] as const;
export const comparisons = ['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'] as const;

export type UnaryKind = (typeof unaryKinds)[number];
export type BinaryKind = (typeof binaryKinds)[number];
export type TernaryKind = (typeof ternaryKinds)[number];
export type Comparison = (typeof comparisons)[number];

/** Place of an earlier operation in the body. */
export type Operand = number;

export type Op<Source> =
  | { readonly kind: 'load'; readonly from: Source }
  /** What the statement computes before its body: the sum of a product. */
  | { readonly kind: 'accumulator' }
  /** The 32 bits of a number, float or integer. */
  | { readonly kind: 'constant'; readonly bits: number }
  | { readonly kind: UnaryKind; readonly arguments: readonly [Operand] }
  | { readonly kind: BinaryKind; readonly arguments: readonly [Operand, Operand] }
  /** fma: a · b + c, fnma: c − a · b, rounded once; select: b where a's sign bit is set, else c. */
  | { readonly kind: TernaryKind; readonly arguments: readonly [Operand, Operand, Operand] }
  /** All bits set where it holds, none elsewhere; NaN is unequal to all and neither less nor greater. */
  | { readonly kind: Comparison; readonly arguments: readonly [Operand, Operand] }
  | { readonly kind: 'shiftLeft' | 'shiftRight'; readonly arguments: readonly [Operand]; readonly count: number };

export interface Store<Source> {
  readonly value: Operand;
  readonly to: Source;
}

export interface Body<Source> {
  readonly ops: readonly Op<Source>[];
  readonly stores: readonly Store<Source>[];
}

export const argumentsOf = (op: Op<unknown>): readonly Operand[] => ('arguments' in op ? op.arguments : []);

/** The same operation on other operands. */
export function withArguments<Source>(op: Op<Source>, place: (operand: Operand) => Operand): Op<Source> {
  // As many as before.
  return 'arguments' in op ? ({ ...op, arguments: op.arguments.map(place) } as unknown as Op<Source>) : op;
}

const view = new DataView(new ArrayBuffer(4));

export function bitsOf(number: number): number {
  view.setFloat32(0, number);
  return view.getInt32(0);
}

export function numberOf(bits: number): number {
  view.setInt32(0, bits);
  return view.getFloat32(0);
}

/** Writes a body; equal operations are written once. */
export class BodyBuilder<Source> {
  readonly #ops: Op<Source>[] = [];
  readonly #known = new Map<string, Operand>();
  readonly #keyOf: (source: Source) => string;

  /** @param keyOf equal for equal sources. */
  constructor(keyOf: (source: Source) => string) {
    this.#keyOf = keyOf;
  }

  get ops(): readonly Op<Source>[] {
    return this.#ops;
  }

  load(from: Source): Operand {
    return this.add({ kind: 'load', from });
  }
  constant(number: number): Operand {
    return this.add({ kind: 'constant', bits: bitsOf(number) });
  }
  bits(bits: number): Operand {
    return this.add({ kind: 'constant', bits });
  }
  unary(kind: UnaryKind, a: Operand): Operand {
    return this.add({ kind, arguments: [a] });
  }
  binary(kind: BinaryKind | Comparison, a: Operand, b: Operand): Operand {
    return this.add({ kind, arguments: [a, b] });
  }
  ternary(kind: TernaryKind, a: Operand, b: Operand, c: Operand): Operand {
    return this.add({ kind, arguments: [a, b, c] });
  }
  shift(kind: 'shiftLeft' | 'shiftRight', a: Operand, count: number): Operand {
    return this.add({ kind, arguments: [a], count });
  }

  add(op: Op<Source>): Operand {
    const key = op.kind === 'load' ? `load ${this.#keyOf(op.from)}` : JSON.stringify(op);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.#ops.length);
    return this.#ops.push(op) - 1;
  }
}
