/** Finds faults in a plan before it becomes machine code, which would not say what is wrong. */
import { sizeOf } from '../../graph/graph.ts';
import type { Body } from './body.ts';
import type { Place, Plan, Statement } from './program.ts';

/**
 * Throws unless every place lies in the arena, every number is written before it is read, buffers that live at one time lie
 * apart, and no statement writes what it reads but at the same element.
 */
export function checkPlan(plan: Plan): void {
  checkBuffers(plan);
  const written = new Uint8Array(plan.size);
  for (const { offset, shape } of plan.inputs) written.fill(1, offset, offset + sizeOf(shape));
  for (const { offset, size } of plan.constants) written.fill(1, offset, offset + size);
  plan.statements.forEach((statement, at) => {
    const fail = (fault: string): never => {
      throw new Error(`internal: plan, statement ${at} (${statement.kind}): ${fault}`);
    };
    const { reads, writes } = accessesOf(statement);
    for (const access of [...reads, ...writes]) {
      if (!isInside(access, plan.size)) fail(`${describe(access)} leaves the arena of ${plan.size}`);
    }
    for (const access of reads) {
      if (!isMarked(access, written)) fail(`${describe(access)} is read before it is written`);
    }
    for (const target of writes) {
      for (const source of reads) {
        if (!sameAccess(target, source) && overlap(target, source)) {
          fail(`${describe(target)} is written while ${describe(source)} is read`);
        }
      }
      mark(target, written);
    }
  });
  for (const { name, shape, offset } of plan.outputs) {
    if (!isMarked({ place: { offset, row: 0, column: 1 }, rows: 1, columns: sizeOf(shape) }, written)) {
      throw new Error(`internal: plan, output ${name} is not written`);
    }
  }
}

interface Access {
  readonly place: Place;
  readonly rows: number;
  readonly columns: number;
  /** Read at other elements than the one at hand: a factor of a product. */
  readonly isFactor?: true;
}

function accessesOf(statement: Statement): { readonly reads: readonly Access[]; readonly writes: readonly Access[] } {
  const { rows, columns, body } = statement;
  const whole = (place: Place): Access => ({ place, rows, columns });
  const reads = loadsOf(body).map(whole);
  const writes = body.stores.map(({ to }) => whole(to));
  switch (statement.kind) {
    case 'product': {
      const { a, b, inner } = statement;
      return {
        reads: [
          ...reads,
          { place: a, rows, columns: inner, isFactor: true },
          { place: b, rows: inner, columns, isFactor: true },
        ],
        writes,
      };
    }
    case 'loop':
      return { reads, writes };
    case 'reduce': {
      const { over, to } = statement;
      const size = over === 'all' ? [1, 1] : over === 'rows' ? [1, columns] : [rows, 1];
      return { reads, writes: [{ place: to, rows: size[0] ?? 1, columns: size[1] ?? 1 }] };
    }
    default:
      return statement satisfies never;
  }
}

const loadsOf = ({ ops }: Body<Place>): readonly Place[] => ops.flatMap((op) => (op.kind === 'load' ? [op.from] : []));

const describe = ({ place, rows, columns }: Access): string =>
  `@${place.offset}(${place.row},${place.column}) of [${rows},${columns}]`;

const firstOf = ({ place }: Access): number => place.offset;
const lastOf = ({ place, rows, columns }: Access): number =>
  place.offset + (rows - 1) * place.row + (columns - 1) * place.column;

const isInside = (access: Access, size: number): boolean =>
  Number.isInteger(firstOf(access)) &&
  access.place.row >= 0 &&
  access.place.column >= 0 &&
  firstOf(access) >= 0 &&
  lastOf(access) < size;

/** Whether all numbers of an access are marked. */
function isMarked(access: Access, marks: Uint8Array): boolean {
  const { step, runs, length } = runsOf(access);
  return runs.every((start) => {
    if (step === 1) return !marks.subarray(start, start + length).includes(0);
    for (let at = 0; at < length; at++) if (marks[start + at * step] === 0) return false;
    return true;
  });
}

function mark(access: Access, marks: Uint8Array): void {
  const { step, runs, length } = runsOf(access);
  for (const start of runs) {
    if (step === 1) marks.fill(1, start, start + length);
    else for (let at = 0; at < length; at++) marks[start + at * step] = 1;
  }
}

/** The numbers of an access: runs of a length, each of them in steps. */
function runsOf({ place: { offset, row, column }, rows, columns }: Access) {
  const runs = Array.from({ length: row === 0 ? 1 : rows }, (_, at) => offset + at * row);
  return { step: column, runs, length: column === 0 ? 1 : columns };
}

/** The same element at every row and column. */
const sameAccess = (a: Access, b: Access): boolean =>
  !b.isFactor &&
  a.rows === b.rows &&
  a.columns === b.columns &&
  a.place.offset === b.place.offset &&
  (a.place.row === b.place.row || a.rows === 1) &&
  (a.place.column === b.place.column || a.columns === 1);

function overlap(a: Access, b: Access): boolean {
  if (lastOf(a) < firstOf(b) || lastOf(b) < firstOf(a)) return false;
  const touched = new Uint8Array(Math.max(lastOf(a), lastOf(b)) + 1);
  mark(a, touched);
  const { step, runs, length } = runsOf(b);
  return runs.some((start) => {
    for (let at = 0; at < length; at++) if (touched[start + at * step] === 1) return true;
    return false;
  });
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
