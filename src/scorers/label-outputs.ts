/** Maps labels to the outputs of a classifier: a block of outputs for every head, or one output for every attribute. */
import { type Labels, labelWidth } from '../datasets/dataset.ts';

/** Outputs that a classifier of these labels has. */
export const outputCount = (labels: Labels): number =>
  labels.kind === 'classes' ? labels.heads.reduce((sum, { length }) => sum + length, 0) : labels.names.length;

/** Labels `[count, labelWidth]` as targets `[count, outputCount]` of ones and zeros. */
export function targetsOf(labels: Labels, given: Uint8Array): Float32Array {
  if (labels.kind === 'attributes') return Float32Array.from(given);
  const [width, outputs] = [labelWidth(labels), outputCount(labels)];
  const count = given.length / width;
  const targets = new Float32Array(count * outputs);
  for (let example = 0; example < count; example++) {
    let start = example * outputs;
    for (const [head, { length }] of labels.heads.entries()) {
      targets[start + (given[example * width + head] as number)] = 1;
      start += length;
    }
  }
  return targets;
}

/** Accuracy of logits `[count, outputCount]` on labels `[count, labelWidth]`. */
export function correctShare(labels: Labels, logits: Float32Array, given: Uint8Array): number {
  const [width, outputs] = [labelWidth(labels), outputCount(labels)];
  const count = given.length / width;
  const heads = labels.kind === 'classes' ? labels.heads.map(({ length }) => length) : [];
  let right = 0;
  for (let example = 0; example < count; example++) {
    if (labels.kind === 'attributes') {
      for (let a = 0; a < width; a++) {
        const says = (logits[example * width + a] as number) > 0;
        if (says === (given[example * width + a] === 1)) right++;
      }
      continue;
    }
    let start = example * outputs;
    for (const [head, length] of heads.entries()) {
      if (largest(logits.subarray(start, start + length)) === given[example * width + head]) right++;
      start += length;
    }
  }
  return right / (count * width);
}

/** Logits `[count, outputCount]` as probabilities, in place: a softmax a head, or a sigmoid an attribute. */
export function toProbabilities(labels: Labels, logits: Float32Array): Float32Array {
  if (labels.kind === 'attributes') {
    for (let at = 0; at < logits.length; at++) logits[at] = 1 / (1 + Math.exp(-(logits[at] as number)));
    return logits;
  }
  const outputs = outputCount(labels);
  for (let start = 0; start < logits.length; start += outputs) {
    let first = start;
    for (const { length } of labels.heads) {
      softmax(logits.subarray(first, first + length));
      first += length;
    }
  }
  return logits;
}

function softmax(values: Float32Array): void {
  const most = values.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] = Math.exp((values[at] as number) - most);
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) / sum;
}

function largest(values: Float32Array): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if ((values[at] as number) > (values[best] as number)) best = at;
  return best;
}
