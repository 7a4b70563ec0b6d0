/**
 * Says where the project's own classifier of a set of pictures lies: beside the set, under the hash of everything that it
 * depends on. Trains and loads nothing.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import type { PreparedSet } from '../datasets/data-kind.ts';
import type { Labels } from '../datasets/dataset.ts';
import { openImageSet } from '../datasets/pictures/image-set.ts';

/** Version of the training recipe; part of the name under which a trained classifier is stored. */
export const classifierRecipe = { steps: 1_000, batch: 64, rate: 1e-3, version: 1 } as const;

/**
 * Of pictures with attributes, which also learns to tell pictures of the data from others; as many of each in a batch. Half of the
 * others are a generator's, of which another begins after so many steps.
 */
export const attributeRecipe = {
  steps: 2_800,
  batch: 64,
  rate: 1e-3,
  forger: { width: 16, latent: 16, rate: 1e-3, steps: 400 },
  version: 5,
} as const;

/** Whether the classifier has one more output, which says whether a picture is of the data at all. */
export const knowsTheData = (labels: Labels, shape: readonly number[]): boolean =>
  labels.kind === 'attributes' && shape.length === 3;

/** Attributes are learnt otherwise than classes. */
export const recipeFor = (labels: Labels, shape: readonly number[]) =>
  knowsTheData(labels, shape) ? attributeRecipe : classifierRecipe;

/** Where the scorer of these pictures lies, and how to make it. */
export interface Place {
  readonly path: string;
  /** The set that it is trained on: of a stack, that of a channel. */
  readonly trainedOn: string;
  readonly labels: Labels;
  readonly eachChannel: boolean;
  /** Whether its accuracy is of pictures that it was not trained on. */
  readonly holdsOut: boolean;
}

/** Throws UsageError where the set has no labels to learn. Trains nothing. */
export function placeOf({ set, size }: PreparedSet, dataRoot: string): Place {
  const pictures = openImageSet(dataRoot, set);
  const trainedOn = pictures.eachChannelIs ?? set;
  const source = trainedOn === set ? pictures : openImageSet(dataRoot, trainedOn);
  if (!pictures.labels || !source.labels) {
    throw new UsageError(
      `scorer.model: ${set} has no labels to train a classifier on; give a file: --scorer path/to/inception.onnx`,
    );
  }
  const made = {
    recipe: recipeFor(source.labels, source.shape),
    size,
    trained: source.sha256,
    scored: pictures.labels,
  };
  const hash = createHash('sha256').update(JSON.stringify(made)).digest('hex').slice(0, 12);
  return {
    path: join(dataRoot, set, `scorer-${size}-${hash}.onnx`),
    trainedOn,
    labels: pictures.labels,
    eachChannel: trainedOn !== set,
    holdsOut: source.heldOut > 0,
  };
}

/** A file of the same scorer: its card (`json`), its weights as numbers (`f32`). */
export const besides = (path: string, ending: string): string => path.replace(/\.onnx$/, `.${ending}`);
