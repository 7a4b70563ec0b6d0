/** Prepared sets for tests: made by the real preparation from pictures that the test writes down. */
import type { Labels } from '../../../src/datasets/dataset.ts';
import { build, type Listener, type Prepared } from '../../../src/datasets/prepare/build.ts';
import type { Plan, RecipeOptions, Shape, TypedOptions } from '../../../src/datasets/prepare/recipe.ts';
import { prepareSet } from '../../../src/datasets/prepare-set.ts';
import { findSet } from '../../../src/datasets/sets/sets.ts';

/** Never interrupts; remembers what it is told. */
export function listener(): Listener & { readonly told: string[] } {
  const told: string[] = [];
  return { told, signal: new AbortController().signal, tell: (line) => void told.push(line), step() {} };
}

/** Prepares one of the project's sets, or `images` under a name. */
export function prepared(
  root: string,
  kind: string,
  typed: TypedOptions = {},
  given: Partial<Listener> & { name?: string; fresh?: boolean } = {},
): Promise<Prepared> {
  const { name = kind, fresh = false, ...heard } = given;
  const card = findSet(kind);
  if (card === undefined) throw new Error(`the project has no set ${kind}`);
  return prepareSet(root, { card, name, typed, fresh }, { ...listener(), ...heard });
}

export interface Small {
  readonly shape: Shape;
  /** Pixels, and labels where the set has some. */
  readonly train: readonly (readonly [pixels: Uint8Array, labels?: Uint8Array])[];
  /** Where it is absent, the last tenth of `train` is held out. */
  readonly heldOut?: Small['train'];
  readonly labels?: Labels;
  readonly choices?: RecipeOptions;
}

/** A plan that writes the given pictures. */
export function planOf({ shape, train, heldOut, labels, choices = {} }: Small): Plan {
  return {
    choices,
    async make(work) {
      const sink = await work.open(shape, train[0]?.[1]?.length ?? 0);
      for (const [pixels, own] of train) await sink.add(pixels, own);
      if (heldOut) sink.startHeldOut();
      for (const [pixels, own] of heldOut ?? []) await sink.add(pixels, own);
      return { title: 'a test', simulated: true, source: 'written down', ...(labels && { labels }) };
    },
  };
}

/** Prepares the given pictures under a name. */
export const preparedSmall = (root: string, name: string, small: Small): Promise<Prepared> =>
  build(root, name, planOf(small), listener());
