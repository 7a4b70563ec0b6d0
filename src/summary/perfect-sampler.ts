/** Says what a perfect sampler reaches where the rows of a table stand: with as many samples, on the same data. */
import { countText, listed } from '../base/number-words.ts';
import type { ColumnInfo } from '../schema/column-info.ts';
import { ceilingOf } from './mode-count.ts';
import { bareText } from './number-format.ts';
import type { Row } from './summarise.ts';

/** A sentence; '' where no column of the table has such a bound. Values differ where rows have different data or samples. */
export function perfectSamplerText(
  rows: readonly Pick<Row, 'metrics' | 'truth' | 'example'>[],
  infos: readonly ColumnInfo[],
): string {
  const texts = infos.flatMap((info) => {
    const reached = rows.flatMap(({ metrics, truth, example: { spec } }) =>
      metrics[info.name] ? (ceilingOf(info, truth, spec.evaluation.samples) ?? []) : [],
    );
    const unit = info.unit === 'share' ? ' %' : '';
    const values = [...new Set(reached.map((value) => bareText(value, { ...info, digits: unit === '' ? 1 : 2 })))];
    return values.length === 0 ? [] : [`${values.join(' or ')}${unit} ${info.title}`];
  });
  const samples = new Set(rows.map(({ example: { spec } }) => countText(spec.evaluation.samples)));
  return texts.length === 0
    ? ''
    : `A perfect sampler reaches in ${[...samples].join(' or ')} samples ${listed(texts)}.`;
}
