/** Judges scores by what the user expects of them, for the exit code: `modesCaptured=25`, `highQuality>=0.9`, `reverseKL<=0.1`. */
import { didYouMean } from '../base/did-you-mean.ts';
import { none } from '../base/number-words.ts';
import { representable } from '../base/representable.ts';
import { UsageError } from '../base/usage-error.ts';
import type { Expectation } from '../schema/expectation.ts';
import { type Columns, columnInfo } from '../summary/column-info.ts';
import { metricText } from '../summary/number-format.ts';
import { type Bound, boundOf, isMet } from '../summary/verdict.ts';

export interface Expected {
  /** As typed. */
  readonly typed: string;
  readonly metric: string;
  readonly expectation: Expectation;
}

export interface Judgement {
  readonly metric: string;
  readonly expected: Bound;
  readonly found: number | null;
  readonly met: boolean;
  readonly says: string;
}

/** By its sign. A bare `=` means this value or better. */
const expectations: Readonly<Record<string, (value: number) => Expectation>> = {
  '=': (value) => value,
  '>=': (atLeast) => ({ atLeast }),
  '<=': (atMost) => ({ atMost }),
  '==': (exactly) => ({ exactly }),
};

/** As an experiment's `expects`; a share may be in per cent. */
export function parseExpected(typed: string): Expected {
  const [, metric = '', sign = '', text = ''] = /^\s*([\w.]+)\s*(>=|<=|==|=)\s*(.+?)\s*$/.exec(typed) ?? [];
  const value = representable(text.replace(/%$/, ''));
  const expectation = expectations[sign];
  if (value === undefined || expectation === undefined)
    throw new UsageError(
      `--expect: expected a score and a number, as modesCaptured=25, highQuality>=0.9 or reverseKL<=0.1, got '${typed}'`,
    );
  return { typed, metric, expectation: expectation(text.endsWith('%') ? value / 100 : value) };
}

/** @throws UsageError for a score that there is not. */
export function judge(
  expected: readonly Expected[],
  values: Readonly<Record<string, number | null>>,
  columns?: Columns,
): Judgement[] {
  return expected.map(({ typed, metric, expectation }) => {
    const names = Object.keys(values);
    if (!names.includes(metric))
      throw new UsageError(
        `--expect: there is no score ${metric} here${didYouMean(metric, names) || `; there are ${names.join(', ')}`}`,
      );
    const found = values[metric] ?? null;
    const info = columnInfo(metric, columns);
    const bound = boundOf(expectation, info);
    const met = isMet(found ?? undefined, bound);
    const is = found === null || Number.isNaN(found) ? none : metricText(found, info);
    return {
      metric,
      expected: bound,
      found,
      met,
      says: `${met ? 'As expected' : 'Not as expected'}: ${typed}, it is ${is}`,
    };
  });
}
