/**
 * Writes losses.csv: what training steps report, some 200 times over a trial, for the learning curve between evaluations. Its
 * rows are part of the checkpoint: a trial that was cut off ends with the same file.
 */

import { csvLines } from '../../disk/csv.ts';
import type { Arrays } from '../../engine/engine.ts';
import { loggedNames } from '../../store/logged-columns.ts';
import { sixDigits } from './rounding.ts';

const mostRows = 200;
const columns = ['step', ...loggedNames] as const;

export class LossLog {
  readonly #every: number;
  readonly #stepsPerRun: number;
  readonly #steps: number;
  /** `columns.length` numbers a row. */
  readonly #cells: number[] = [];

  /** @param steps of the whole training, @param stepsPerRun steps after which there is something to log. */
  constructor(steps: number, stepsPerRun: number) {
    this.#steps = steps;
    this.#stepsPerRun = stepsPerRun;
    this.#every = stepsPerRun * Math.ceil(steps / stepsPerRun / mostRows);
  }

  /** Takes the outputs of the step just done; most of them are let go. A step that is not finite is always kept. */
  record(step: number, outputs: Arrays): void {
    const values = loggedNames.map((name) => outputs[name]?.[0] ?? Number.NaN);
    if (step % this.#every !== 0 && step !== this.#steps && values.every(Number.isFinite)) return;
    this.#cells.push(step, ...values);
  }

  /** Every row, a row a line; numbers have six digits, one that is not defined is empty. */
  csv(): string {
    const width = columns.length;
    const rows = Array.from({ length: this.#cells.length / width }, (_, row) =>
      this.#cells.slice(row * width, (row + 1) * width).map((cell, at) => (at === 0 ? cell : sixDigits(cell))),
    );
    return csvLines([columns, ...rows]);
  }

  /** For the checkpoint. */
  arrays(): Arrays {
    return { 'log.losses': Float32Array.from(this.#cells) };
  }

  /** Takes up the rows of a checkpoint after `step` steps; false where they are not those that are logged by then. */
  restore(arrays: Arrays, step: number): boolean {
    const cells = arrays['log.losses'] ?? new Float32Array();
    const logged = [...cells].filter((_, at) => at % columns.length === 0);
    const isAscending = logged.every((at, row) => at > (logged[row - 1] ?? 0) && at % this.#stepsPerRun === 0);
    const isWhole = cells.length % columns.length === 0 && isAscending && (logged.at(-1) ?? 0) <= step;
    const seen = new Set(logged);
    for (let due = this.#every; due <= step; due += this.#every) if (!seen.has(due)) return false;
    if (isWhole) this.#cells.splice(0, this.#cells.length, ...cells);
    return isWhole;
  }
}
