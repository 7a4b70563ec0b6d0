/** Any folder of pictures, with its subfolders, cropped to centred squares. */
import { basename } from 'node:path';
import { UsageError } from '../../base/usage-error.ts';
import { from, path, pixels } from './options.ts';
import { pictureSet } from './set-card.ts';

export const images = pictureSet({
  name: 'images',
  description: 'any folder of pictures, cropped to squares of --size (64); its subfolders are classes',
  needs: '--name <its name> --from <folder>',
  typed: '--from <folder of pictures>',
  byItself: false,
  namedByUser: true,
  options: {
    from,
    labels: path('Table of classes, a head and then file,class in each line; default: the subfolders'),
    size: pixels(),
  },
  plan: ({ from, labels, size }) => ({
    choices: { ...(from !== undefined && { from }), ...(labels !== undefined && { labels }), size },
    async make(work) {
      if (from === undefined) throw new UsageError('images: expected --from <folder of pictures>, got nothing');
      const { writeFolder } = await import('../prepare/picture-folder-set.ts');
      const classes = labels === undefined ? 'folders' : { table: labels };
      const { says, ...written } = await writeFolder({ folder: from, fit: { kind: 'centre' }, size, classes }, work);
      const source = `pictures of the folder ${basename(from)}, centre crop, resized; ${says}`;
      return { title: `pictures of ${basename(from)}`, simulated: false, source, ...written };
    },
  }),
});
