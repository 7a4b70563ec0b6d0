/** `init` writes an experiment to start from, and a tsconfig.json by which an editor knows the types of `modebench`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { UsageError } from '../base/usage-error.ts';
import { ExitCode } from './exit.ts';
import { callersFolder, fromHere } from './paths.ts';
import { print } from './print.ts';

/** @param root the project's folder. Throws UsageError where the file is there already, or is no TypeScript. */
export async function init({ file }: { readonly file: string }, root: string): Promise<number> {
  const path = resolve(callersFolder(), file);
  if (extname(path) !== '.ts') throw new UsageError(`expected the name of a TypeScript file (mine.ts), got '${file}'`);
  if (existsSync(path)) throw new UsageError(`${fromHere(path)} is there already: give another name`);
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, example);
  const config = join(folder, 'tsconfig.json');
  const isNew = !existsSync(config);
  if (isNew) writeFileSync(config, `${JSON.stringify(configFor(folder, root), undefined, 2)}\n`);
  print(`Wrote ${fromHere(path)}${isNew ? ` and ${fromHere(config)} (types for an editor)` : ''}`);
  print(`Next: npm run exp -- ${fromHere(path)} --seeds 3`);
  return ExitCode.done;
}

/** Compiler options for files that lie outside of the project. */
function configFor(folder: string, root: string) {
  const at = (path: string) => relative(folder, join(root, path)).replaceAll('\\', '/');
  return {
    extends: at('tsconfig.json'),
    compilerOptions: {
      module: 'preserve',
      moduleResolution: 'bundler',
      types: [],
      paths: {
        modebench: [at('src/modebench.ts')],
        'modebench/losses': [at('src/methods/losses.ts')],
        'modebench/experiments/*': [at('experiments/*.ts')],
      },
    },
    include: ['*.ts'],
  };
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
