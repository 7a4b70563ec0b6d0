/**
 * Finds outputs that are no probabilities though a card calls them so, and logits that are probabilities already: scores of
 * either would be numbers without a meaning.
 */
import type { Labels } from '../datasets/dataset.ts';
import { outputCount } from './label-outputs.ts';

/** How far from 1 the sum over a head may be: half precision has three digits. */
const tolerance = 0.01;
/** The same for what was not meant to add up to 1. */
const exactly = 1e-4;
/** So many sums of logits are not all 1 by chance. */
const telling = 6;

/** 1 for each row of `given` `[count, outputCount]`, all finite, that is no distribution over every head, or no chance each. */
export function impossibleRows(labels: Labels, given: Float32Array): Uint8Array {
  return eachRow(labels, given, (row) => row.every(Number.isFinite) && !isPossible(labels, row, tolerance));
}

/** Whether all rows are distributions over every head: nobody's logits are. Of attributes nobody can tell. */
export function areProbabilities(labels: Labels, logits: Float32Array): boolean {
  if (labels.kind === 'attributes' || labels.heads.some(({ length }) => length < 2)) return false;
  const rows = eachRow(labels, logits, (row) => isPossible(labels, row, exactly));
  return rows.length * (outputCount(labels) - labels.heads.length) >= telling && rows.every((is) => is === 1);
}

function eachRow(labels: Labels, values: Float32Array, holds: (row: Float32Array) => boolean): Uint8Array {
  const width = outputCount(labels);
  return Uint8Array.from({ length: values.length / width }, (_, row) =>
    holds(values.subarray(row * width, (row + 1) * width)) ? 1 : 0,
  );
}

function isPossible(labels: Labels, row: Float32Array, slack: number): boolean {
  if (!row.every((value) => value >= -slack && value <= 1 + slack)) return false;
  if (labels.kind === 'attributes') return true;
  let at = 0;
  return labels.heads.every(({ length }) => {
    let sum = 0;
    for (let end = at + length; at < end; at++) sum += row[at] as number;
    return Math.abs(sum - 1) <= slack;
  });
}
