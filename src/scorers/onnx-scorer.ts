/**
 * Opens a scorer: an ONNX file with a JSON beside it. That is one of the project's own classifiers, or any other network
 * (Inception-v3 with the weights that FID is usually measured with). Examples are resized and scaled as the JSON says.
 */

import type { InferenceSession, Tensor } from 'onnxruntime-node';
import { brief } from '../base/format-issue.ts';
import { inLine } from '../base/one-line.ts';
import { chunks, joinArrays, type Points, slicePoints } from '../base/points.ts';
import { UsageError } from '../base/usage-error.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import { openSession, tensor } from '../engine/onnx/session.ts';
import type { ScorerOutput } from '../metrics/evaluation-inputs.ts';
import { outputCount, toProbabilities } from './label-outputs.ts';
import { areProbabilities, impossibleRows } from './probabilities.ts';
import { fitTo } from './resize.ts';
import type { Scorer } from './scorer.ts';
import { readScorerFile, type ScorerCard, type ScorerFile } from './scorer-file.ts';

/** Examples in one run of the file. */
const atOnce = 50;

/**
 * @param file what lies under `path`, where that was read before.
 * @throws UsageError of one line where the file or its JSON is not there or not what it should be.
 */
export async function openScorer(path: string, file?: ScorerFile): Promise<Scorer> {
  const { model, card, cardPath, hash } = file ?? (await readScorerFile(path));
  let session: InferenceSession;
  try {
    session = await openSession(model, 'cpu');
  } catch (error) {
    throw new UsageError(`${path}: onnxruntime cannot load it (${firstLine(error)})`);
  }
  for (const name of Object.values(card.output)) {
    if (name === undefined || session.outputNames.includes(name)) continue;
    await session.release();
    const has = session.outputNames.map((output) => inLine(output)).join(', ');
    throw new UsageError(`${cardPath}: output: the file has ${inLine(has, 200)}, not ${brief(name)}`);
  }
  const scorer = new OnnxScorer(session, card, hash);
  try {
    for (const count of tried) {
      const { features } = await scorer.judge(blank(card.input.shape, count), card.input.shape);
      scorer.features = features.dim;
    }
  } catch (error) {
    await session.release();
    throw new UsageError(`${cardPath}: the file does not do what it says (${firstLine(error)})`);
  }
  return scorer;
}

/** Examples to try a file with: one that takes a single number of them is of no use. */
const tried = [1, 2] as const;

const blank = (shape: readonly number[], count: number): Points => {
  const dim = sizeOf(shape);
  return { values: new Float32Array(count * dim), count, dim };
};

class OnnxScorer implements Scorer {
  readonly description: string;
  readonly hash: string;
  readonly labels?: NonNullable<ScorerCard['labels']>;
  readonly of?: string;
  features = 0;
  readonly #session: InferenceSession;
  readonly #card: ScorerCard;

  constructor(session: InferenceSession, card: ScorerCard, hash: string) {
    const size = card.input.shape.slice(0, 2).join(' × ');
    this.description = `${card.name}${card.input.shape.length === 3 ? `, pictures at ${size}` : ''}, ${hash.slice(0, 8)}`;
    this.hash = hash;
    if (card.labels) this.labels = card.labels;
    if (card.of !== undefined) this.of = card.of;
    this.#session = session;
    this.#card = card;
  }

  async judge(examples: Points, shape: readonly number[]): Promise<ScorerOutput> {
    if (!this.#card.eachChannel) return this.#judge(examples, shape);
    const [height = 1, width = 1, channels = 1] = shape;
    const single = await this.#judge(channelsApart(examples, channels), [height, width, 1]);
    const together = ({ values, count, dim }: Points): Points => ({
      values,
      count: count / channels,
      dim: dim * channels,
    });
    return {
      features: together(single.features),
      ...(single.probabilities && { probabilities: together(single.probabilities) }),
      ...(single.impossible && { impossible: single.impossible }),
    };
  }

  async #judge(examples: Points, shape: readonly number[]): Promise<ScorerOutput> {
    const { input, output } = this.#card;
    const scores = output.logits ?? output.probabilities;
    const [features, chances]: [Float32Array[], Float32Array[]] = [[], []];
    let impossible: ScorerOutput['impossible'];
    for (const { first, count } of chunks(examples.count, atOnce)) {
      const fitted = fitTo(slicePoints(examples, first, count).values, shape, input);
      const dims =
        input.layout === 'nchw' && input.shape.length === 3
          ? [count, ...[2, 0, 1].map((axis) => input.shape[axis] ?? 1)]
          : [count, ...input.shape];
      const [name = 'x'] = this.#session.inputNames;
      const results = await this.#session.run({ [name]: tensor(fitted, dims) });
      features.push(numbersOf(results[output.features], count));
      if (scores === undefined) continue;
      const { probabilities, says } = this.#probabilities(numbersOf(results[scores], count), count);
      chances.push(probabilities);
      if (says !== undefined) impossible = { says };
    }
    return {
      features: rows(features, examples.count),
      ...(this.#card.refuses && { refuses: true }),
      ...(chances.length > 0 && { probabilities: rows(chances, examples.count) }),
      ...(impossible && { impossible }),
    };
  }

  /** What is no probability becomes NaN, and `says` what it is instead. */
  #probabilities(given: Float32Array, count: number): { readonly probabilities: Float32Array; readonly says?: string } {
    const { output, labels, eachChannel } = this.#card;
    const outputs = given.length / count;
    // The classes of another program's classifier have no names here.
    const nameless = { kind: 'classes' as const, heads: [Array.from({ length: outputs }, (_, index) => `${index}`)] };
    // A stack's labels name the heads of all channels; a run sees one of them.
    const ofOne = labels?.kind === 'classes' && eachChannel ? { ...labels, heads: labels.heads.slice(0, 1) } : labels;
    if (ofOne && outputCount(ofOne) !== outputs)
      throw new Error(`its labels name ${outputCount(ofOne)} outputs, it gives ${outputs}`);
    const named = ofOne ?? nameless;
    if (output.logits !== undefined) {
      if (!areProbabilities(named, given)) return { probabilities: toProbabilities(named, given) };
      const says = `the scorer's output ${inLine(output.logits)} is called logits and has probabilities: name it under probabilities`;
      return { probabilities: given.fill(Number.NaN), says };
    }
    const wrong = impossibleRows(named, given);
    if (!wrong.includes(1)) return { probabilities: given };
    for (const [row, is] of wrong.entries()) if (is === 1) given.fill(Number.NaN, row * outputs, (row + 1) * outputs);
    const says = `the scorer's output ${inLine(output.probabilities ?? '')} is called probabilities and has negative numbers, or sums other than 1: if these are logits, name it under logits`;
    return { probabilities: given, says };
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

/** `[count, h, w, channels]` as `[count · channels, h, w, 1]`. */
function channelsApart({ values, count, dim }: Points, channels: number): Points {
  const pixels = dim / channels;
  const apart = new Float32Array(values.length);
  for (let example = 0; example < count; example++) {
    for (let c = 0; c < channels; c++) {
      const target = (example * channels + c) * pixels;
      for (let p = 0; p < pixels; p++) apart[target + p] = values[example * dim + p * channels + c] as number;
    }
  }
  return { values: apart, count: count * channels, dim: pixels };
}

function rows(parts: readonly Float32Array[], count: number): Points {
  const values = joinArrays(parts);
  return { values, count, dim: values.length / count };
}

function numbersOf(value: Tensor | undefined, examples: number): Float32Array {
  if (value?.type !== 'float32') throw new Error(`an output is ${value?.type ?? 'missing'}, expected float32`);
  const { length } = value.data;
  if (length === 0 || length % examples !== 0)
    throw new Error(`an output has ${length} numbers for ${examples} examples`);
  return (value.data as Float32Array).slice(); // the type says so
}

const firstLine = (error: unknown): string =>
  inLine(String(error instanceof Error ? error.message : error).split('\n')[0] ?? '', 200);
