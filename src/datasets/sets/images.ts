/** Any folder of pictures, with its subfolders, cropped to centred squares. */
import { basename } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { pictureSize } from '../prepare/options.ts';
import { writeFolder } from '../prepare/picture-folder-set.ts';
import type { Recipe } from '../prepare/recipe.ts';

export const images: Recipe = ({ from, size: typedSize }) => {
  const size = pictureSize(typedSize);
  return {
    choices: from === undefined ? { size } : { from, size },
    async make(work) {
      if (from === undefined) throw new UsageError('images: expected --from <folder of pictures>, got nothing');
      const skipped = await writeFolder(from, { kind: 'centre' }, size, work);
      const source = `pictures of the folder ${basename(from)} in name order, centre crop, resized; the last tenth is held out`;
      return { title: `pictures of ${basename(from)}`, simulated: false, source, skipped };
    },
  };
};
