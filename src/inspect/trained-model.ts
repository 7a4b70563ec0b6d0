/**
 * Opens a trained model: the exported networks of a finished trial, or a generator's ONNX file alone. Runs G and E;
 * whatever needs gradients reads the trial's folder itself.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import type { InferenceSession } from 'onnxruntime-node';
import { didYouMean } from '../base/did-you-mean.ts';
import { faultOf, inLine } from '../base/one-line.ts';
import { chunks, type Points, slicePoints } from '../base/points.ts';
import { UsageError } from '../base/usage-error.ts';
import { builtIn } from '../catalogue/catalogue.ts';
import { encoderNoise } from '../catalogue/spec.ts';
import { readArtefact } from '../disk/checksums.ts';
import { isMissing, namesIn } from '../disk/files.ts';
import { readTextSync } from '../disk/read-file.ts';
import { statsOf } from '../disk/stats-of.ts';
import { sizeOf } from '../engine/graph/graph.ts';
import { openSession, tensor } from '../engine/onnx/session.ts';
import type { NetworkName } from '../methods/method.ts';
import { fixedNoise, noiseText } from '../nets/encoder-noise.ts';
import type { Prior } from '../priors/prior-kind.ts';
import { readOnnx } from '../scorers/onnx-parts.ts';
import { decodeRecord, type TrialRecord } from '../store/record.ts';
import { recordFile } from '../store/record-cache.ts';

export interface TrainedModel {
  /** The trial's id, or the file's name without its ending. */
  readonly name: string;
  /** Folder of the networks. */
  readonly folder: string;
  /** Absent for a file alone. */
  readonly record?: TrialRecord;
  /** For a file alone, the prior that the user names. */
  readonly prior: Prior;
  /** Of one example. */
  readonly shape: readonly number[];
  /** G of `[count, latent]`: `[count, dim]` in data units. */
  generate(z: Points): Promise<Points>;
  /**
   * E of `[count, dim]`: `[count, latent]`; absent where the trial has none. A stochastic E is given the ε of the trial's
   * own evaluations, those of the examples from `first` on.
   */
  encode?(x: Points, first?: number): Promise<Points>;
  /** What ε a stochastic encoder is given, in a line for readers. */
  readonly encoderNote?: string;
  close(): Promise<void>;
}

/** Prior of a generator's file alone, which states only its dimensions. */
export type AssumedPrior = 'uniform' | 'normal';

export const isPictures = ({ shape }: Pick<TrainedModel, 'shape'>): boolean => shape.length === 3;

/**
 * @param path a trial's folder, or a generator as ONNX; one that lies in its trial's folder stands for the trial.
 * @throws UsageError of one line where there is neither, and for a trial that is unfinished, has failed or has no generator.
 */
export async function openTrainedModel(path: string, assumed?: AssumedPrior): Promise<TrainedModel> {
  const stat = statsOf(path);
  if (stat === undefined) throw new UsageError(await nothingThere(path));
  if (stat.isDirectory()) return openTrial(path, assumed);
  if (extname(path) !== '.onnx') {
    throw new UsageError(`${path}: expected a trial's folder or its generator.onnx, this is another file`);
  }
  const home = dirname(path);
  const isTrials = basename(path) === 'generator.onnx' && statsOf(recordFile(home));
  return isTrials ? openTrial(home, assumed) : openFile(path, assumed ?? 'uniform');
}

async function openTrial(folder: string, assumed: AssumedPrior | undefined): Promise<TrainedModel> {
  const record = await readRecord(folder);
  const { spec } = record;
  const networks = builtIn.cards.methods.find(({ name }) => name === spec.method)?.networks;
  const has = (network: NetworkName) => networks?.includes(network) ?? existsSync(join(folder, `${network}.onnx`));
  if (!has('generator'))
    throw new UsageError(`${folder}: ${spec.method} trains no generator; expected a method that has one`);
  if (assumed !== undefined)
    throw new UsageError('--prior: for a generator.onnx alone; this trial says what its prior is');
  const g = await openNetwork(join(folder, 'generator.onnx'), 'z', 'x', () => readArtefact(folder, 'generator.onnx'));
  const noise = encoderNoise(spec);
  const readEncoder = () => readArtefact(folder, 'encoder.onnx');
  const e = has('encoder')
    ? await openNetwork(join(folder, 'encoder.onnx'), 'x', 'z', readEncoder, noise > 0 ? { noise } : {})
    : undefined;
  const noiseOf = (first: number, count: number) =>
    slicePoints(fixedNoise(spec.seed, noise, first + count), first, count);
  return {
    name: record.id,
    folder,
    record,
    prior: spec.latent,
    shape: g.to,
    generate: (z) => g.run(z),
    ...(e && { encode: (x: Points, first = 0) => e.run(x, noise > 0 ? { noise: noiseOf(first, x.count) } : {}) }),
    ...(e && noise > 0 && { encoderNote: `E(x, ε) with ${noiseText(noise)}` }),
    async close() {
      await g.close();
      await e?.close();
    },
  };
}

async function openFile(path: string, assumed: AssumedPrior): Promise<TrainedModel> {
  const law = (dim: number): Prior =>
    assumed === 'normal' ? { kind: 'normal', dim, std: 1 } : { kind: 'uniform', dim, low: -1, high: 1 };
  return modelOf(path, law, await openNetwork(path, 'z', 'x', async () => (await readOnnx(path)).model));
}

/**
 * A generator of any program: one input z `[batch, …]`, one output or several, of which the first is x.
 *
 * @param law of z of so many numbers. @throws UsageError as `openTrainedModel` does.
 */
export async function openGenerator(path: string, law: (dim: number) => Prior): Promise<TrainedModel> {
  return modelOf(path, law, await openNetwork(path, undefined, undefined, async () => (await readOnnx(path)).model));
}

function modelOf(path: string, law: (dim: number) => Prior, g: Network): TrainedModel {
  return {
    name: basename(path, '.onnx'),
    folder: dirname(path),
    prior: law(sizeOf(g.from)),
    shape: g.to,
    generate: (z) => g.run(z),
    close: () => g.close(),
  };
}

async function readRecord(folder: string): Promise<TrialRecord> {
  const path = recordFile(folder);
  let record: TrialRecord;
  try {
    record = decodeRecord(readTextSync(path));
  } catch (error) {
    if (!isMissing(error)) throw new UsageError(faultOf(path, error));
    throw new UsageError(await noTrial(folder));
  }
  const { status, reason, spec } = record;
  if (status === 'done') return record;
  throw new UsageError(
    `${folder}: this trial has ${status === 'failed' ? 'failed' : 'diverged'}${reason ? ` (${reason})` : ''}; expected one that is done, of ${spec.experiment} another seed perhaps`,
  );
}

const where = 'trials lie in results/<experiment>/trials/<id>';

async function noTrial(folder: string): Promise<string> {
  const names = await namesIn(folder);
  if (names.includes('checkpoint')) {
    const experiment = basename(dirname(dirname(folder)));
    return `${folder}: this trial is unfinished; npm run exp -- ${experiment} goes on with it`;
  }
  return `${folder}: expected a trial's folder, it has no trial.json (${where})`;
}

async function nothingThere(path: string): Promise<string> {
  const near = didYouMean(basename(path), await namesIn(dirname(path)));
  return `${path} is not there: expected a trial's folder or its generator.onnx (${where})${near}`;
}

/** Examples in one run of a network. */
const atOnce = 64;

/** Limit on the numbers in an output: a picture of 2,048 pixels a side has fewer. */
const largest = 2 ** 24;

interface Network {
  /** Of one example that goes in, and of one that comes out. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** @param others what it takes beside its first input, by name, a row an example. */
  run(examples: Points, others?: Readonly<Record<string, Points>>): Promise<Points>;
  close(): Promise<void>;
}

/**
 * @param wantedInput, wantedOutput their names; absent: whatever its first ones are called.
 * @param others numbers an example of what it takes beside its input, by name.
 */
async function openNetwork(
  path: string,
  wantedInput: string | undefined,
  wantedOutput: string | undefined,
  read: () => Promise<Uint8Array | string>,
  others: Readonly<Record<string, number>> = {},
): Promise<Network> {
  let session: InferenceSession;
  try {
    session = await openSession(await read(), 'cpu');
  } catch (error) {
    if (isMissing(error)) throw new UsageError(`${path} is not there: the trial's files are not whole`);
    if (error instanceof UsageError) throw error;
    const [said = ''] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UsageError(`${path}: onnxruntime cannot load it (${inLine(said, 200)})`);
  }
  const [input = 'z', output = 'x'] = [wantedInput ?? session.inputNames[0], wantedOutput ?? session.outputNames[0]];
  const [from, to] = [exampleShape(session.inputMetadata, input), exampleShape(session.outputMetadata, output)];
  const beside = Object.entries(others);
  const fits = beside.every(([name, width]) => exampleShape(session.inputMetadata, name)?.join() === String(width));
  if (from === undefined || to === undefined || !fits || session.inputNames.length > 1 + beside.length) {
    const has = `${session.inputNames.join(', ')} → ${session.outputNames.join(', ')}`;
    await session.release();
    throw new UsageError(
      `${path}: expected a network ${[wantedInput ?? 'z', ...Object.keys(others)].join(', ')} → ${wantedOutput ?? 'x'} of any batch size, it is ${inLine(has, 200)}`,
    );
  }
  const width = sizeOf(to);
  if (width > largest) {
    await session.release();
    throw new UsageError(`${path}: expected at most ${largest} numbers an example, its ${output} has ${width}`);
  }
  const fixed = wantedInput === undefined ? fixedBatch(session.inputMetadata, input) : undefined;
  return {
    from,
    to,
    async run(examples, given = {}) {
      const all = new Float32Array(examples.count * width);
      for (const { first, count } of chunks(examples.count, fixed ?? atOnce)) {
        const part = padded(slicePoints(examples, first, count), fixed);
        const rows = Object.entries(given).map(([name, points]) => [
          name,
          tensor(slicePoints(points, first, count).values, [count, points.dim]),
        ]);
        const results = await session.run({
          [input]: tensor(part, [fixed ?? count, ...from]),
          ...Object.fromEntries(rows),
        });
        const made = results[output]?.data as Float32Array; // float32, as its metadata said
        all.set(made.subarray(0, count * width), first * width);
      }
      return { values: all, count: examples.count, dim: width };
    },
    close: () => session.release(),
  };
}

/** The number of examples that a file of another program may insist on. */
function fixedBatch(metadata: InferenceSession['inputMetadata'], name: string): number | undefined {
  const found = metadata.find((one) => one.name === name);
  const first = found?.isTensor ? found.shape[0] : undefined;
  return typeof first === 'number' && first > 0 ? first : undefined;
}

/** A whole batch: the examples, then zeros. */
function padded({ values, count, dim }: Points, batch = count): Float32Array {
  if (count === batch) return values;
  const whole = new Float32Array(batch * dim);
  whole.set(values);
  return whole;
}

/** Of a float32 tensor of that name, without its open first dimension. */
function exampleShape(metadata: InferenceSession['inputMetadata'], name: string): number[] | undefined {
  const found = metadata.find((one) => one.name === name);
  if (!found?.isTensor || found.type !== 'float32') return undefined;
  const [, ...sides] = found.shape;
  return sides.length > 0 && sides.every((side) => typeof side === 'number') ? sides : undefined;
}
