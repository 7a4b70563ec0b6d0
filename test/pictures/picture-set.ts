/** Small sets of pictures on a disk, for tests of what reads them: every picture is another one, and shows its label. */

import { randomFrom } from '../../src/base/random.ts';
import type { Labels } from '../../src/datasets/dataset.ts';
import { build } from '../../src/datasets/prepare/build.ts';
import { uniform } from '../engine/harness.ts';

interface Wanted {
  /** Pixels a side. */
  readonly size?: number;
  readonly channels?: number;
  readonly train?: number;
  readonly heldOut?: number;
  /** `classes`: four, a bright quarter each. `attributes`: four, each quarter bright or not. `stack`: classes of every channel. */
  readonly labels?: 'classes' | 'attributes' | 'stack' | 'none';
  readonly eachChannelIs?: string;
}

const quarters = ['upper left', 'upper right', 'lower left', 'lower right'] as const;

function labelsOf({ labels = 'classes', channels = 1 }: Wanted): Labels | undefined {
  if (labels === 'none') return undefined;
  if (labels === 'attributes') return { kind: 'attributes', names: quarters };
  return { kind: 'classes', heads: Array.from({ length: labels === 'stack' ? channels : 1 }, () => quarters) };
}

/** Writes the set `name` into `dataRoot`, as `npm run data` would. The same wishes give the same bytes. */
export async function writePictureSet(dataRoot: string, name: string, wanted: Wanted = {}): Promise<void> {
  const { size = 8, channels = 1, train = 600, heldOut = 100, labels: kind = 'classes' } = wanted;
  const labels = labelsOf(wanted);
  const random = randomFrom(uniform(21));
  const width = { classes: 1, attributes: quarters.length, stack: channels, none: 0 }[kind];
  const signal = new AbortController().signal;
  await build(
    dataRoot,
    name,
    {
      choices: {},
      async make({ open }) {
        const sink = await open([size, size, channels], width);
        for (let index = 0; index < train + heldOut; index++) {
          if (index === train) sink.startHeldOut();
          const own = Uint8Array.from({ length: width }, () =>
            random.below(kind === 'attributes' ? 2 : quarters.length),
          );
          const isBright = (quarter: number, channel: number) =>
            kind === 'attributes' ? own[quarter] === 1 : own[kind === 'stack' ? channel : 0] === quarter;
          const pixels = Uint8Array.from({ length: size * size * channels }, (_, at) => {
            const [y, x] = [Math.floor(at / channels / size), Math.floor(at / channels) % size];
            const quarter = (2 * y >= size ? 2 : 0) + (2 * x >= size ? 1 : 0);
            return (isBright(quarter, at % channels) ? 180 : 20) + random.below(60);
          });
          await sink.add(pixels, width > 0 ? own : undefined);
        }
        const { eachChannelIs } = wanted;
        return {
          title: 'bright quarters',
          simulated: true,
          source: 'a test',
          ...(labels && { labels }),
          ...(eachChannelIs === undefined ? {} : { eachChannelIs }),
        };
      },
    },
    { signal, tell() {}, step() {} },
  );
}
