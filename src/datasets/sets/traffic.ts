/** Frames of a fixed camera: from a video, from a folder, or from the simulated intersection. */
import { basename } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { statsOf } from '../../disk/stats-of.ts';
import { labelWidth } from '../dataset.ts';
import type { Plan, TypedOptions } from '../prepare/recipe.ts';
import { videoFrames } from '../readers/video.ts';
import { drawn, from, interval, intervalText, path, pixels, seed, share } from './options.ts';
import { pictureSet } from './set-card.ts';

const title = 'frames of a fixed camera';

export const traffic = pictureSet({
  name: 'traffic',
  description: 'frames of a fixed camera, --size (64): a simulated intersection, or your own footage',
  needs: 'nothing (simulated); footage: --video <file> --every 2s, or --from <folder of frames>',
  typed: '',
  byItself: true,
  options: {
    from,
    video: path('Footage of a fixed camera (needs ffmpeg)'),
    every: interval('Time between frames of the video: 2s, 500ms, 1m'),
    size: pixels(),
    count: drawn(4000),
    seed,
    empty: share('Share of simulated frames without a vehicle', 0.7),
  },
  plan(values, typed) {
    const { from, video } = values;
    if (from !== undefined && video !== undefined) throw new UsageError('expected either --video or --from, got both');
    if (video !== undefined) return fromVideo(video, values, typed);
    if (from !== undefined) return fromFolder(from, values, typed);
    return simulated(values, typed);
  },
});

interface Values {
  /** Milliseconds. */
  readonly every: number;
  readonly size: number;
  readonly count: number;
  readonly seed: number;
  readonly empty: number;
}

function fromVideo(video: string, values: Values, typed: TypedOptions): Plan {
  refuse(typed, ['count', 'seed', 'empty'], 'of the simulated intersection, not of a video');
  const { every: everyMs, size } = values;
  const every = intervalText(everyMs);
  return {
    choices: { video, every, size },
    async make(work) {
      if (!statsOf(video)?.isFile()) throw new UsageError(`--video: there is no file ${video}`);
      const sink = await work.open([size, size, 3], 0);
      let repeated = 0;
      async function* frames() {
        repeated = yield* videoFrames({ path: video, everyMs, size }, work);
      }
      let done = 0;
      for await (const frame of frames()) {
        await sink.add(frame);
        work.step(++done, undefined, 'pictures');
      }
      const repeats =
        repeated === 0 ? '' : `, ${countText(repeated)} of them the one before again (the video shows no other)`;
      if (repeated > 0) work.tell(`${countText(done)} frames${repeats}: a longer --every takes fewer of them`);
      return {
        title,
        simulated: false,
        source: `${basename(video)}, a frame every ${every}${repeats}, squeezed to squares; the last tenth is held out`,
      };
    },
  };
}

function fromFolder(from: string, values: Values, typed: TypedOptions): Plan {
  refuse(typed, ['count', 'seed', 'empty'], 'of the simulated intersection, not of a folder of frames');
  refuse(typed, ['every'], 'of a --video, not of a folder of frames');
  const { size } = values;
  return {
    choices: { from, size },
    async make(work) {
      const { writeFolder } = await import('../prepare/picture-folder-set.ts');
      const order = { folder: from, fit: { kind: 'squeeze' }, size, classes: 'none' } as const;
      const { says, ...written } = await writeFolder(order, work);
      const source = `frames of the folder ${basename(from)}, squeezed to squares; ${says}`;
      return { title, simulated: false, source, ...written };
    },
  };
}

function simulated(values: Values, typed: TypedOptions): Plan {
  refuse(typed, ['every'], 'of a --video, which was not given');
  const size = pixels(16, 256).read(typed.size, 'size');
  const { count, seed, empty } = values;
  return {
    choices: { size, count, seed, empty },
    async make(work) {
      const { trafficFrames, trafficLabels } = await import('../simulated/traffic.ts');
      const sink = await work.open([size, size, 3], labelWidth(trafficLabels));
      let done = 0;
      for (const { pixels, labels } of trafficFrames({ size, frames: count, seed, empty })) {
        await sink.add(pixels, labels);
        work.step(++done, count, 'pictures');
      }
      const source = `simulated intersection, ${countText(count)} frames, seed ${seed}, a share of ${empty} of them empty; the last tenth is held out`;
      return { title: 'simulated intersection', simulated: true, source, labels: trafficLabels };
    },
  };
}

function refuse(typed: TypedOptions, options: readonly string[], why: string): void {
  const given = options.find((option) => typed[option] !== undefined);
  if (given !== undefined) throw new UsageError(`--${given}: is an option ${why}`);
}
