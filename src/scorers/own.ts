/**
 * Trains the project's own scorer for a set of pictures, a small classifier as for the MNIST score. It is trained once
 * and kept beside the set, under the hash of everything that it depends on.
 */
import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { countText } from '../base/number-words.ts';
import { UsageError } from '../base/usage-error.ts';
import type { PreparedSet } from '../datasets/data-kind.ts';
import type { Labels } from '../datasets/dataset.ts';
import { imageDataset } from '../datasets/pictures/image-dataset.ts';
import { writeWhole } from '../disk/files.ts';
import { readBytes } from '../disk/read-file.ts';
import { prepareAnywhere } from '../engine/engines.ts';
import { unflatten } from '../nets/layout.ts';
import { networkFile } from '../nets/network-file.ts';
import { outputCount } from './label-outputs.ts';
import { sha256 } from './origin.ts';
import { besides, type Place, placeOf } from './own-place.ts';
import { parseCard, type ScorerCard } from './scorer-file.ts';
import { type Classifier, classifierOf, judged, trainClassifier } from './train-classifier.ts';

/** The path of the ONNX file; trains it where it is not there. Two processes at once make the same bytes. */
export async function ownScorerFile(
  pictures: PreparedSet,
  dataRoot: string,
  tell: (line: string) => void = () => {},
): Promise<string> {
  const place = placeOf(pictures, dataRoot);
  if (existsSync(place.path)) return place.path;
  if (place.eachChannel) return stackScorerFile(place, pictures.size, dataRoot, tell);
  const dataset = imageDataset({ set: place.trainedOn, size: pictures.size }, dataRoot);
  if (!dataset.labelled) throw new Error(`internal: ${place.trainedOn} lost its labels`);
  tell(`training a classifier of ${place.trainedOn} for the scores (once)`);
  const classifier = await trainClassifier({ prepare: prepareAnywhere }, dataset, dataset.labelled);
  const card: ScorerCard = {
    name: saysOf(place, classifier),
    input: { shape: [...dataset.shape], layout: 'nhwc', mean: [0.5], std: [0.5] },
    output: { features: 'features', logits: 'logits' },
    labels: copyOf(place.labels),
    eachChannel: false,
    ...(classifier.refused !== undefined && { refuses: true }),
  };
  await writeWhole(besides(place.path, 'f32'), bytesOf(classifier.parameters));
  await writeScorer(place.path, card, encode(classifier, dataset.shape));
  tell(`${card.name}: kept as ${place.path}`);
  return place.path;
}

/** The scorer of a stack is that of the set which its channels come from, looking at each channel. */
async function stackScorerFile(
  { path, trainedOn, labels }: Place,
  size: number,
  dataRoot: string,
  tell: (line: string) => void,
): Promise<string> {
  const single = await ownScorerFile({ set: trainedOn, size }, dataRoot, tell);
  const { card, bytes } = await readScorer(single);
  await writeScorer(
    path,
    { ...card, name: `${card.name}, each channel by itself`, labels: copyOf(labels), eachChannel: true },
    bytes,
  );
  return path;
}

/** A scorer that this file wrote. */
async function readScorer(path: string): Promise<{ card: ScorerCard; bytes: Uint8Array }> {
  const card = besides(path, 'json');
  return { card: parseCard(await readBytes(card), card), bytes: await readBytes(path) };
}

/** The file whose presence counts comes last. */
async function writeScorer(path: string, card: ScorerCard, bytes: Uint8Array): Promise<void> {
  await writeWhole(besides(path, 'json'), `${JSON.stringify(card, undefined, 2)}\n`);
  await writeWhole(path, bytes);
}

/** The file of the scorer that a spec names: the project's own, or any. */
export async function scorerFile(
  { model }: { readonly model: string },
  data: PreparedSet | undefined,
  dataRoot: string,
  tell?: (line: string) => void,
): Promise<string> {
  if (model !== 'own') return model;
  if (data === undefined) throw new UsageError('scorer.model: own is a classifier of pictures');
  return ownScorerFile(data, dataRoot, tell);
}

/** The classifier itself, for methods that are guided by it, with the hash of its weights. */
export async function ownClassifier(
  pictures: PreparedSet,
  dataRoot: string,
): Promise<Omit<Classifier, 'accuracy' | 'heldOut'> & { readonly sha256: string }> {
  const path = await ownScorerFile(pictures, dataRoot);
  const { labels } = placeOf(pictures, dataRoot);
  const { shape } = imageDataset(pictures, dataRoot);
  const bytes = await readBytes(besides(path, 'f32'));
  const parameters = new Float32Array(new Uint8Array(bytes).buffer);
  return { net: classifierOf(labels, shape), labels, parameters, sha256: sha256(bytes) };
}

function encode({ net, parameters, labels }: Classifier, shape: readonly number[]): Uint8Array {
  return networkFile({ x: shape }, ({ x }) => {
    const { features, logits } = net.apply(unflatten(tf.tensor1d(parameters), net.layout), x as tf.Tensor); // of the shape above
    return { features, logits: judged(logits, labels, shape) };
  });
}

function saysOf({ trainedOn: set, holdsOut }: Place, { accuracy, refused, heldOut, labels }: Classifier): string {
  const of = holdsOut ? 'held-out' : 'that it was trained on (none is held out)';
  const right = `${(100 * accuracy).toFixed(1)} % right on ${countText(heldOut)} ${of}`;
  const what = labels.kind === 'attributes' ? `${labels.names.length} attributes` : `${outputCount(labels)} classes`;
  const other = refused === undefined ? '' : `, ${(100 * refused).toFixed(1)} % of corrupted ones refused`;
  return `own CNN for ${what} of ${set}, ${right}${other}`;
}

const copyOf = (labels: Labels): NonNullable<ScorerCard['labels']> =>
  labels.kind === 'classes'
    ? { kind: 'classes', heads: labels.heads.map((head) => [...head]) }
    : { kind: 'attributes', names: [...labels.names] };

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
