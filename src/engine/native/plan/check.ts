/** Finds faults in a plan before it becomes machine code, which would not say what is wrong. */
import { sizeOf } from '../../graph/graph.ts';
import { type Access, accessOf, isInside, isMarked, mark, overlap } from './access.ts';
import type { Body } from './body.ts';
import type { Convolution, Factor, Place, Plan, Statement } from './program.ts';
import { type Axis, rowAxes } from './walk.ts';

/**
 * Throws unless every place lies in the arena, every number is written before it is read, buffers that live at one time lie
 * apart, and no statement writes what it reads but at the same element.
 */
export function checkPlan(plan: Plan): void {
  checkBuffers(plan);
  const written = new Written(plan.size);
  for (const { offset, shape } of plan.inputs) written.add(run(offset, sizeOf(shape)));
  for (const { offset, size } of plan.constants) written.add(run(offset, size));
  plan.statements.forEach((statement, at) => {
    const fail = (fault: string): never => {
      throw new Error(`internal: plan, statement ${at} (${statement.kind}): ${fault}`);
    };
    const { reads, writes } = accessesOf(statement);
    for (const access of [...reads, ...writes]) {
      if (!isInside(access, plan.size)) fail(`${describe(access)} leaves the arena of ${plan.size}`);
    }
    for (const access of reads) {
      if (!written.has(access)) fail(`${describe(access)} is read before it is written`);
    }
    for (const target of writes) {
      for (const source of reads) {
        if (!sameElement(target.element, source.element, statement) && overlap(target, source)) {
          fail(`${describe(target)} is written while ${describe(source)} is read`);
        }
      }
      written.add(target);
    }
  });
  for (const { name, shape, offset } of plan.outputs) {
    if (!written.has(run(offset, sizeOf(shape)))) {
      throw new Error(`internal: plan, output ${name} is not written`);
    }
  }
}

const run = (offset: number, size: number): Access => accessOf(offset, [{ size, step: 1 }]);

/** The numbers that were written; most are read as they were written, which is known without a look at each. */
class Written {
  readonly #marks: Uint8Array;
  readonly #known = new Set<string>();

  constructor(size: number) {
    this.#marks = new Uint8Array(size);
  }

  add(access: Access): void {
    const key = describe(access);
    if (this.#known.has(key)) return;
    mark(access, this.#marks);
    this.#known.add(key);
  }

  has(access: Access): boolean {
    const key = describe(access);
    if (!this.#known.has(key) && !isMarked(access, this.#marks)) return false;
    this.#known.add(key);
    return true;
  }
}

interface Read extends Access {
  /** Where every element is read once, as it is computed; a factor's are read again and again. */
  readonly element?: Place;
}

function accessesOf(statement: Statement): {
  readonly reads: readonly Read[];
  readonly writes: readonly (Access & { readonly element: Place })[];
} {
  const { columns, body } = statement;
  const element = (place: Place) => ({ ...accessOf(place.offset, elementAxes(place, statement)), element: place });
  const reads = loadsOf(body).map(element);
  const writes = body.stores.map(({ to }) => element(to));
  switch (statement.kind) {
    case 'product': {
      const { a, b, rows, inner } = statement;
      const matrix = ({ offset, row, column }: Place, height: number, width: number) =>
        accessOf(offset, [
          { size: height, step: row },
          { size: width, step: column },
        ]);
      return { reads: [...reads, matrix(a, rows, inner), matrix(b, inner, columns)], writes };
    }
    case 'convolution':
      return { reads: [...reads, ...factorsOf(statement)], writes };
    case 'loop':
      return { reads, writes };
    case 'reduce': {
      const { over, to } = statement;
      const axes = over === 'rows' ? [{ size: columns, step: to.column }] : rowAxes(to, statement);
      return { reads, writes: [{ ...accessOf(to.offset, over === 'all' ? [] : axes), element: to }] };
    }
    default:
      return statement satisfies never;
  }
}

const elementAxes = (place: Place, statement: Statement): readonly Axis[] => [
  ...rowAxes(place, statement),
  { size: statement.columns, step: place.column },
];

function factorsOf(statement: Convolution): readonly Access[] {
  const { a, b, columns, inner } = statement;
  const along = (factor: Factor) => inner.map((size, at) => ({ size, step: factor.inner[at] ?? 0 }));
  return [
    accessOf(a.offset, [...rowAxes(a, statement), ...along(a)]),
    accessOf(b.offset, [...along(b), { size: columns, step: b.column }]),
  ];
}

const loadsOf = ({ ops }: Body<Place>): readonly Place[] => ops.flatMap((op) => (op.kind === 'load' ? [op.from] : []));

const describe = ({ offset, axes }: Access): string =>
  `@${offset} + ${axes.map(({ size, step }) => `${size}×${step}`).join(' + ') || '0'}`;

/** The same element at every row and column. */
function sameElement(a: Place, b: Place | undefined, statement: Statement): boolean {
  if (b === undefined || a.offset !== b.offset) return false;
  const [own, other] = [elementAxes(a, statement), elementAxes(b, statement)];
  return own.every(({ size, step }, at) => size === 1 || step === other[at]?.step);
}

function checkBuffers({ buffers, size, masks }: Plan): void {
  for (const [at, a] of buffers.entries()) {
    if (a.offset < 0 || a.offset + a.size > Math.min(size, masks)) {
      throw new Error(`internal: plan, a buffer of ${a.size} @${a.offset} leaves the arena`);
    }
    for (const b of buffers.slice(at + 1)) {
      const together = a.first <= b.last && b.first <= a.last;
      if (together && a.offset < b.offset + b.size && b.offset < a.offset + a.size) {
        throw new Error(`internal: plan, buffers @${a.offset} and @${b.offset} live at one time in one place`);
      }
    }
  }
}
