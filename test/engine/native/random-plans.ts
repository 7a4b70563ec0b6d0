/** Random statements on an arena of random numbers, for properties that hold for every plan. */
import fc from 'fast-check';
import { maskSize, poolOf } from '../../../src/engine/native/plan/arena.ts';
import {
  type BinaryKind,
  type Body,
  BodyBuilder,
  binaryKinds,
  type Comparison,
  comparisons,
  type Op,
  type Operand,
  ternaryKinds,
  unaryKinds,
} from '../../../src/engine/native/plan/body.ts';
import type { Place, Plan, Statement } from '../../../src/engine/native/plan/program.ts';
import { assignRegisters } from '../../../src/engine/native/plan/registers.ts';
import { reach } from '../../../src/engine/native/plan/walk.ts';
import { uniform } from '../harness.ts';

/** A plan of statements that read and write the first `size` numbers of the arena. */
export function planOf(statements: readonly Statement[], size: number): Plan {
  const bits = poolOf(statements);
  const masks = Math.ceil(size / 16) * 16;
  const pool = { offset: masks + maskSize, bits };
  return {
    size: pool.offset + 8 * bits.length,
    inputs: [],
    outputs: [],
    constants: [],
    masks,
    pool,
    statements,
    buffers: [],
  };
}

export interface Case {
  readonly statement: Statement;
  readonly size: number;
  readonly seed: number;
}

/** Numbers of many magnitudes, with zeros, infinities and denormals among them. */
export function randomNumbers(length: number, seed: number, odd: boolean): Float32Array {
  const random = uniform(seed);
  const special = [0, -0, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-40, -3e-39, Number.NaN, 3e38];
  return Float32Array.from({ length }, () => {
    const choice = random();
    if (odd && choice < 0.05) return special[Math.floor(random() * special.length)] ?? 0;
    if (odd && choice < 0.1) return (random() - 0.5) * 2 ** (random() * 250 - 125);
    return (random() - 0.5) * 4;
  });
}

/** Lays matrices out one after another. */
class Layout {
  size = 0;
  readonly #random: () => number;
  constructor(random: () => number) {
    this.#random = random;
  }
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }
  /** A matrix in rows, some with numbers between them. */
  matrix(rows: number, columns: number, outer: readonly number[] = []): Place {
    const gap = () => (this.below(3) === 0 ? this.below(5) : 0);
    const row = columns + gap();
    const steps: number[] = [];
    let whole = rows * row;
    for (const size of outer.toReversed()) {
      steps.unshift(whole + gap());
      whole = size * (steps[0] ?? 0);
    }
    const place = {
      offset: this.size,
      ...(outer.length > 0 && { outer: steps }),
      row: rows === 1 ? 0 : row,
      column: 1,
    };
    this.size += whole;
    return place;
  }
  /** One that may repeat its rows or columns. */
  operand(rows: number, columns: number, outer: readonly number[] = []): Place {
    switch (this.below(4)) {
      case 0:
        return { ...this.matrix(1, columns), row: 0 };
      case 1: {
        const place = this.matrix(1, rows, outer);
        return { ...place, row: 1, column: 0 };
      }
      default:
        return this.matrix(rows, columns, outer);
    }
  }
  transposed(rows: number, columns: number, outer: readonly number[] = []): Place {
    const place = this.matrix(columns, rows, outer);
    return { ...place, row: 1, column: place.row };
  }
}

const length = fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(32, 33, 47, 64, 100));

interface Sizes {
  readonly rows: number;
  readonly columns: number;
  readonly inner: number;
}
const anySizes = fc.record({ rows: length, columns: length, inner: length });

export const products = (sizes: fc.Arbitrary<Sizes> = anySizes): fc.Arbitrary<Case> =>
  fc
    .record({ sizes, seed: fc.nat(), operations: fc.nat(4), turned: fc.boolean() })
    .map(({ sizes: { rows, columns, inner }, seed, operations, turned }) => {
      const layout = new Layout(uniform(seed));
      const a = turned ? layout.transposed(rows, inner) : layout.matrix(rows, inner);
      const b = layout.matrix(inner, columns);
      const body = randomBody(layout, { rows, columns, operations, registers: 4, accumulator: true });
      return { statement: { kind: 'product', rows, columns, inner, a, b, body }, size: layout.size, seed };
    });

const outerAxes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 2 });
const inOuter = (outer: readonly number[]) => (outer.length > 0 ? { outer } : {});

/** @param far whether its inner index goes so far through a that there are several passes. */
export const convolutions = (far: boolean): fc.Arbitrary<Case> =>
  fc
    .record({
      outer: outerAxes,
      rows: length,
      columns: length,
      inner: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 }),
      run: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(0, 64)),
      seed: fc.nat(),
      operations: fc.nat(4),
    })
    .filter(
      ({ outer, rows, columns, inner, run }) =>
        [...outer, rows, columns, ...inner, run].reduce((a, b) => a * b, 1) < 3e5,
    )
    .map(({ outer, rows, columns, inner: leading, run, seed, operations }) => {
      const inner = far ? [6, ...leading, run] : [...leading, run];
      const layout = new Layout(uniform(seed));
      const some = () => (layout.below(3) === 0 ? -1 : 1) * layout.below(8);
      const a = { outer: outer.map(some), row: some(), column: 0, inner: inner.map(some) };
      if (far) a.inner[0] = 14_000;
      const axes = [...outer, rows, ...inner].map((size, at) => ({
        size,
        step: [...a.outer, a.row, ...a.inner][at] ?? 0,
      }));
      const [lowest, highest] = reach(axes);
      const start = layout.size - lowest;
      layout.size += highest - lowest + 1;
      const right = layout.matrix(inner.at(-1) ?? 1, columns, inner.slice(0, -1));
      const b = { offset: right.offset, row: 0, column: 1, inner: [...(right.outer ?? []), right.row] };
      const body = randomBody(layout, { outer, rows, columns, operations, registers: 4, accumulator: true });
      const statement = { kind: 'convolution', ...inOuter(outer), rows, columns, inner, body } as const;
      return { statement: { ...statement, a: { offset: start, ...a }, b }, size: layout.size, seed };
    });

export const loops: fc.Arbitrary<Case> = fc
  .record({
    outer: outerAxes,
    rows: length,
    columns: length,
    seed: fc.nat(),
    operations: fc.integer({ min: 1, max: 12 }),
    turned: fc.boolean(),
  })
  .map(({ outer, rows, columns, seed, operations, turned }) => {
    const layout = new Layout(uniform(seed));
    const body = randomBody(layout, { outer, rows, columns, operations, registers: 15, accumulator: false, turned });
    return { statement: { kind: 'loop', ...inOuter(outer), rows, columns, body }, size: layout.size, seed };
  });

export const reductions: fc.Arbitrary<Case> = fc
  .record({
    outer: outerAxes,
    rows: length,
    columns: length,
    seed: fc.nat(),
    operations: fc.nat(5),
    fold: fc.constantFrom('sum', 'max', 'min'),
    over: fc.constantFrom('all', 'rows', 'columns'),
  })
  .map(({ outer, rows, columns, seed, operations, fold, over }) => {
    const layout = new Layout(uniform(seed));
    const { ops } = randomBody(layout, { outer, rows, columns, operations, registers: 9, accumulator: false });
    const value = ops.length - 1;
    const to =
      over === 'rows'
        ? layout.matrix(1, columns)
        : over === 'all'
          ? layout.matrix(1, 1)
          : { ...layout.matrix(1, rows, outer), row: 1, column: 0 };
    const statement = {
      kind: 'reduce',
      ...inOuter(outer),
      rows,
      columns,
      fold,
      over,
      value,
      to,
      body: { ops, stores: [] },
    } as const;
    return { statement, size: layout.size, seed };
  });

interface Wanted {
  readonly outer?: readonly number[];
  readonly rows: number;
  readonly columns: number;
  readonly operations: number;
  readonly registers: number;
  readonly accumulator: boolean;
  readonly turned?: boolean;
}

/** Of as many operations as the registers suffice for. */
function randomBody(layout: Layout, wanted: Wanted): Body<Place> {
  const { outer = [], rows, columns, operations, registers, accumulator, turned } = wanted;
  const build = new BodyBuilder<Place>((place) => JSON.stringify(place));
  const values: Operand[] = [];
  if (accumulator) values.push(build.add({ kind: 'accumulator' }));
  else values.push(build.load(layout.operand(rows, columns, outer)));
  let ops: readonly Op<Place>[] = [...build.ops];
  const any = () => values[layout.below(values.length)] ?? 0;
  for (let index = 0; index < operations; index++) {
    const before = [...build.ops];
    values.push(randomOp(build, any, () => layout.operand(rows, columns, outer), layout));
    if (!assignRegisters({ ops: build.ops, stores: [] }, registers - 1, build.ops.length - 1)) {
      ops = before;
      break;
    }
    ops = [...build.ops];
  }
  const to = turned ? layout.transposed(rows, columns, outer) : layout.matrix(rows, columns, outer);
  return { ops, stores: [{ value: ops.length - 1, to }] };
}

function randomOp(build: BodyBuilder<Place>, any: () => Operand, place: () => Place, layout: Layout): Operand {
  const of = <T>(list: readonly T[]): T => list[layout.below(list.length)] as T; // none is empty
  const operand = () => {
    if (layout.below(4) === 0) return build.constant(of([0, 1, -1, 0.5, 3.25, 1e-3, 126]));
    return layout.below(3) === 0 ? build.load(place()) : any();
  };
  /** Which NaN an operation yields is the machine's affair, so none is taken for an integer. */
  const whole = (value: Operand) =>
    build.ternary('select', build.binary('equal', value, value), value, build.constant(1));
  switch (layout.below(6)) {
    case 0: {
      const kind = of(unaryKinds);
      return build.unary(kind, kind === 'toFloat' ? whole(any()) : any());
    }
    case 1: {
      const kind = of(ternaryKinds);
      return build.ternary(kind, kind === 'select' ? whole(any()) : any(), operand(), any());
    }
    case 2:
      return build.ternary('fma', any(), any(), operand());
    case 3:
      return build.binary(of<Comparison>(comparisons), any(), operand());
    case 4:
      return build.shift(of(['shiftLeft', 'shiftRight'] as const), whole(any()), layout.below(24));
    default: {
      const kind = of<BinaryKind>(binaryKinds);
      const arithmetic = ['add', 'sub', 'mul', 'div', 'min', 'max'].includes(kind);
      const [a, b] = [layout.below(4) === 0 ? operand() : any(), operand()];
      return arithmetic ? build.binary(kind, a, b) : build.binary(kind, whole(a), whole(b));
    }
  }
}
