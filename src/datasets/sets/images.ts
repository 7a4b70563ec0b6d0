/** Any folder of pictures, with its subfolders, cropped to centred squares. */
import { basename } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { from, pixels } from './options.ts';
import { pictureSet } from './set-card.ts';

export const images = pictureSet({
  name: 'images',
  description: 'any folder of pictures, cropped to squares of --size (64)',
  needs: '--name <its name> --from <folder>',
  typed: '--from <folder of pictures>',
  byItself: false,
  namedByUser: true,
  options: { from, size: pixels() },
  plan: ({ from, size }) => ({
    choices: from === undefined ? { size } : { from, size },
    async make(work) {
      if (from === undefined) throw new UsageError('images: expected --from <folder of pictures>, got nothing');
      const { writeFolder } = await import('../prepare/picture-folder-set.ts');
      const skipped = await writeFolder(from, { kind: 'centre' }, size, work);
      const source = `pictures of the folder ${basename(from)} in name order, centre crop, resized; the last tenth is held out`;
      return { title: `pictures of ${basename(from)}`, simulated: false, source, skipped };
    },
  }),
});
