/** Frames of a fixed camera: from a video, from a folder, or from the simulated intersection. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { countText } from '../../base/number-words.ts';
import { UsageError } from '../../base/usage-error.ts';
import { wholeNumber } from '../../base/whole-number.ts';
import { labelWidth } from '../dataset.ts';
import { interval, intervalText, pictureSize, share } from '../prepare/options.ts';
import { writeFolder } from '../prepare/picture-folder-set.ts';
import type { OptionName, Plan, Recipe, RecipeArguments } from '../prepare/recipe.ts';
import { videoFrames } from '../readers/video.ts';

const title = 'frames of a fixed camera';

export const traffic: Recipe = (typed) => {
  const { from, video } = typed;
  if (from !== undefined && video !== undefined) throw new UsageError('expected either --video or --from, got both');
  if (video !== undefined) return fromVideo(video, typed);
  if (from !== undefined) return fromFolder(from, typed);
  return simulated(typed);
};

function fromVideo(video: string, typed: RecipeArguments): Plan {
  refuse(typed, ['count', 'seed', 'empty'], 'of the simulated intersection, not of a video');
  const everyMs = interval(typed.every);
  const size = pictureSize(typed.size);
  const every = intervalText(everyMs);
  return {
    choices: { video, every, size },
    async make(work) {
      if (!statSync(video, { throwIfNoEntry: false })?.isFile())
        throw new UsageError(`--video: there is no file ${video}`);
      const sink = await work.open([size, size, 3], 0);
      let done = 0;
      for await (const frame of videoFrames({ path: video, everyMs, size }, work)) {
        await sink.add(frame);
        work.step(++done, undefined, 'pictures');
      }
      return {
        title,
        simulated: false,
        source: `${basename(video)}, a frame every ${every}, squeezed to squares; the last tenth is held out`,
      };
    },
  };
}

function fromFolder(from: string, typed: RecipeArguments): Plan {
  refuse(typed, ['count', 'seed', 'empty'], 'of the simulated intersection, not of a folder of frames');
  refuse(typed, ['every'], 'of a --video, not of a folder of frames');
  const size = pictureSize(typed.size);
  return {
    choices: { from, size },
    async make(work) {
      const skipped = await writeFolder(from, { kind: 'squeeze' }, size, work);
      const source = `frames of the folder ${basename(from)} in name order, squeezed to squares; the last tenth is held out`;
      return { title, simulated: false, source, skipped };
    },
  };
}

function simulated(typed: RecipeArguments): Plan {
  refuse(typed, ['every'], 'of a --video, which was not given');
  const size = pictureSize(typed.size, [16, 256]);
  const count = wholeNumber('count', typed.count, 4000, [10, 10_000_000]);
  const seed = wholeNumber('seed', typed.seed, 0, [0, 2 ** 32 - 1]);
  const empty = share('empty', typed.empty, 0.7);
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

function refuse(typed: RecipeArguments, options: readonly OptionName[], why: string): void {
  const given = options.find((option) => typed[option] !== undefined);
  if (given !== undefined) throw new UsageError(`--${given}: is an option ${why}`);
}
