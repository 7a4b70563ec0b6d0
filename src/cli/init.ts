/** `init` writes an experiment to start from, and a tsconfig.json by which an editor knows the types of `modebench`. */
import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, extname, isAbsolute, join, relative, resolve } from 'node:path';
import { shellWord } from '../base/shell-words.ts';
import { UsageError } from '../base/usage-error.ts';
import { readTextSync } from '../disk/read-file.ts';
import { ExitCode } from './exit.ts';
import { callersFolder, fromHere } from './paths.ts';
import { print } from './print.ts';

/**
 * @param file its name; without an ending, that of TypeScript.
 * @param root the program's folder. Throws UsageError where the file is there already, or is no TypeScript.
 */
export async function init({ file }: { readonly file: string }, root: string): Promise<number> {
  const typed = extname(file) === '' ? `${file}.ts` : file;
  const path = resolve(callersFolder(), typed);
  if (extname(path) !== '.ts') throw new UsageError(`expected the name of a TypeScript file (mine.ts), got '${file}'`);
  if (existsSync(path)) throw new UsageError(`${fromHere(path)} is there already: give another name`);
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, example);
  const config = join(folder, 'tsconfig.json');
  const isNew = !existsSync(config);
  if (isNew) writeFileSync(config, `${JSON.stringify(configFor(folder, root), undefined, 2)}\n`);
  print(`Wrote ${fromHere(path)}${isNew ? ` and ${fromHere(config)} (types for an editor)` : ''}`);
  print(`Next: npm run exp -- ${pathWord(fromHere(path))} --seeds 3`);
  return ExitCode.done;
}

/** A name alone would be that of an experiment. */
const pathWord = (path: string): string => shellWord(isAbsolute(path) ? path : `./${path}`);

/** Compiler options for files wherever they lie: the types are found as the package's own, or by their place. */
function configFor(folder: string, root: string) {
  const at = (path: string) => relative(folder, join(root, path)).replaceAll('\\', '/');
  const { exports } = JSON.parse(readTextSync(join(root, 'package.json'))) as Pick<Manifest, 'exports'>; // our own
  const places = Object.entries(exports).map(([entry, target]) => [
    entry.replace(/^\./, 'modebench'),
    [at(typeof target === 'string' ? target : target.types)],
  ]);
  // Sources are checked by the options that they were written for.
  const own = existsSync(join(root, 'tsconfig.json')) ? { extends: at('tsconfig.json') } : {};
  return {
    ...own,
    compilerOptions: {
      ...{ target: 'es2023', lib: ['es2023'], module: 'preserve', moduleResolution: 'bundler', types: [] },
      ...{ strict: true, skipLibCheck: true, noEmit: true, allowImportingTsExtensions: true },
      ...(isInstalledFor(folder, root) ? {} : { paths: Object.fromEntries(places) }),
    },
    include: ['*.ts'],
  };
}

interface Manifest {
  readonly exports: Readonly<Record<string, string | { readonly types: string }>>;
}

/** Whether files in a folder find the package that lies in `root` by its name. */
function isInstalledFor(folder: string, root: string): boolean {
  const found = join(folder, 'node_modules/modebench');
  if (existsSync(found)) return realpathSync(found) === realpathSync(root);
  return dirname(folder) !== folder && isInstalledFor(dirname(folder), root);
}

const example = `/** Two rings, and a method of one's own beside the project's: docs/extending.md says what else can be defined here. */
import { defineExperiment, defineMethod, gaussianRings, toySetting } from 'modebench';

/** L_D = mean max(0, 1 − D(x)) + mean max(0, 1 + D(G(z))), L_G = −mean D(G(z)) (Lim & Ye 2017). */
const hinge = defineMethod({
  name: 'hinge',
  description: 'GAN with hinge losses',
  source: 'Lim & Ye 2017',
  networks: ['generator'],
  async load() {
    const { tf, ganLosses } = await import('modebench/losses');
    return {
      ...ganLosses,
      discriminatorLoss: ({ logits: { real, fake } }) =>
        tf.add(tf.mean(tf.relu(tf.sub(1, real))), tf.mean(tf.relu(tf.add(1, fake)))),
      generatorLoss: ({ logits: { fake } }) => tf.neg(tf.mean(fake)),
    };
  },
});

export default defineExperiment({
  ...toySetting,
  claim: 'hinge losses keep both rings',
  source: 'mine',
  data: gaussianRings({ modes: 8, radii: [1, 2], std: 0.05 }),
  training: { ...toySetting.training, steps: 1_000 },
  methods: ['gan', hinge],
});
`;
