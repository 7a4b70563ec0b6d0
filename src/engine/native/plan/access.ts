/** The numbers of the arena that a statement reads or writes at a place. */
import { type Axis, reach } from './walk.ts';

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

/** Runs from this length on are worth the engine's own loops over bytes. */
const long = 64;

/** Whether all of its numbers are marked. */
export const isMarked = (access: Access, marks: Uint8Array): boolean =>
  everyRun(access, (start, step, length) => !has(marks, 0, start, step, length));

/** @param base what the first mark stands for. */
export function mark(access: Access, marks: Uint8Array, base = 0): void {
  everyRun(access, (start, step, length) => {
    const first = start - base;
    if (step === 1 && length >= long) marks.fill(1, first, first + length);
    else for (let at = first; at < first + length * step; at += step) marks[at] = 1;
    return true;
  });
}

/** Whether there is a number in both. */
export function overlap(a: Access, b: Access): boolean {
  if (isEmpty(a) || isEmpty(b) || Math.min(lastOf(a), lastOf(b)) < Math.max(a.offset, b.offset)) return false;
  const base = Math.min(a.offset, b.offset);
  const touched = new Uint8Array(Math.max(lastOf(a), lastOf(b)) - base + 1);
  mark(a, touched, base);
  return !everyRun(b, (start, step, length) => !has(touched, 1, start - base, step, length));
}

function has(marks: Uint8Array, wanted: number, start: number, step: number, length: number): boolean {
  if (step === 1 && length >= long) return marks.subarray(start, start + length).includes(wanted);
  for (let at = start; at < start + length * step; at += step) if (marks[at] === wanted) return true;
  return false;
}

/** Whether it holds for all runs of numbers along the last axis; stops at the first for which it does not. */
function everyRun(
  { offset, axes }: Access,
  holds: (start: number, step: number, length: number) => boolean,
  from = 0,
): boolean {
  const { size, step } = axes[from] ?? { size: 1, step: 1 };
  if (from >= axes.length - 1) return holds(offset, step, size);
  for (let at = 0; at < size; at++) {
    if (!everyRun({ offset: offset + at * step, axes }, holds, from + 1)) return false;
  }
  return true;
}
