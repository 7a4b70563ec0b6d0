/** The numbers of the arena that a statement reads or writes at a place. */
import { type Axis, distances, reach } from './walk.ts';

/** Axes with steps above 0, the longest step first; no number twice where that can be seen. */
export interface Access {
  readonly offset: number;
  readonly axes: readonly Axis[];
}

export function accessOf(offset: number, axes: readonly Axis[]): Access {
  const [lowest] = reach(axes);
  const moving = axes
    .filter(({ size, step }) => size !== 1 && step !== 0)
    .map(({ size, step }) => ({ size, step: Math.abs(step) }))
    .sort((a, b) => a.step - b.step);
  const joined: Axis[] = [];
  for (const axis of moving) {
    const inner = joined.at(-1);
    const times = inner ? axis.step / inner.step : 0;
    // Windows that touch or overlap are one long run.
    if (inner && Number.isInteger(times) && times <= inner.size && axis.size > 0) {
      joined[joined.length - 1] = { size: (axis.size - 1) * times + inner.size, step: inner.step };
    } else joined.push(axis);
  }
  return { offset: offset + lowest, axes: joined.reverse() };
}

const isEmpty = ({ axes }: Access): boolean => axes.some(({ size }) => size === 0);
const lastOf = ({ offset, axes }: Access): number => offset + reach(axes)[1];

export const isInside = (access: Access, size: number): boolean =>
  isEmpty(access) || (Number.isInteger(access.offset) && access.offset >= 0 && lastOf(access) < size);

/** Whether all of its numbers are marked. */
export function isMarked(access: Access, marks: Uint8Array): boolean {
  const { starts, step, length } = runsOf(access);
  return starts.every((start) => {
    if (step === 1) return !marks.subarray(start, start + length).includes(0);
    for (let at = 0; at < length; at++) if (marks[start + at * step] === 0) return false;
    return true;
  });
}

export function mark(access: Access, marks: Uint8Array): void {
  const { starts, step, length } = runsOf(access);
  for (const start of starts) {
    if (step === 1) marks.fill(1, start, start + length);
    else for (let at = 0; at < length; at++) marks[start + at * step] = 1;
  }
}

/** Whether there is a number in both. */
export function overlap(a: Access, b: Access): boolean {
  if (isEmpty(a) || isEmpty(b)) return false;
  const first = Math.max(a.offset, b.offset);
  const last = Math.min(lastOf(a), lastOf(b));
  if (last < first) return false;
  const touched = new Uint8Array(Math.max(lastOf(a), lastOf(b)) + 1);
  mark(a, touched);
  const { starts, step, length } = runsOf(b);
  return starts.some((start) => {
    for (let at = 0; at < length; at++) if (touched[start + at * step] === 1) return true;
    return false;
  });
}

function runsOf({ offset, axes }: Access) {
  const { size, step } = axes.at(-1) ?? { size: 1, step: 1 };
  return { starts: distances(axes.slice(0, -1)).map((distance) => offset + distance), step, length: size };
}
