/** Bundles a user's experiment, with whatever it imports, into one module that runs as if it lay where its sources lie. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type esbuild from 'esbuild';
import type { Loader, Message, Plugin } from 'esbuild';
import { messageOf } from '../base/one-line.ts';
import { UsageError } from '../base/usage-error.ts';
import { readBytes } from '../disk/read-file.ts';
import { cache, sourceIn, tree } from './source-tree.ts';

export interface Bundle {
  /** Path of the module; its name tells content and process, so that two runs at once do not take each other's away. */
  readonly target: string;
  /** Of the file and of what it imports from beside it. */
  readonly sha256: string;
}

/** Writes the module into the cache's folder. Throws UsageError of one line, with `shown` in front, where it does not compile. */
export async function bundle(file: string, shown: string): Promise<Bundle> {
  const { build } = await import('esbuild');
  const result = await build({
    entryPoints: [file],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'inline',
    logLevel: 'silent',
    define: Object.fromEntries(placeNames.map(([said, name]) => [said, name])),
    plugins: [publicEntries(build), ownPlaces, requiredBuiltins],
  }).catch((error: unknown) => {
    throw new UsageError(`${shown}: ${buildFailure(error)}`, { cause: error });
  });
  const code = result.outputFiles[0]?.contents;
  if (code === undefined) throw new Error(`internal: ${shown} compiled to nothing`);
  const inputs = Object.keys(result.metafile.inputs);
  await loadEntries(inputs);
  const folder = cache();
  const hash = createHash('sha256').update(code).digest('hex').slice(0, 16);
  const target = join(folder, `user-${hash}-${process.pid}.mjs`);
  await mkdir(folder, { recursive: true });
  await writeFile(target, code);
  return { target, sha256: await hashOfInputs(file, inputs) };
}

/** One hash of source files, by their places relative to the first; the same wherever the folder lies. */
async function hashOfInputs(file: string, inputs: readonly string[]): Promise<string> {
  const paths = inputs.filter((input) => !/^(modebench|node):/.test(input)).map((input) => resolve(input));
  const hash = createHash('sha256');
  for (const path of paths.sort()) {
    const content = createHash('sha256').update(await readBytes(path));
    hash.update(`${relative(dirname(file), path).replaceAll('\\', '/')} ${content.digest('hex')}\n`);
  }
  return hash.digest('hex');
}

/** Where a module of the project that an experiment's file imports is in the tree; `undefined` for what is none. */
function entryPath(name: string): string | undefined {
  const experiment = /^modebench\/experiments\/([\w-]+)$/.exec(name)?.[1];
  return experiment === undefined ? entryPaths.get(name) : `experiments/${experiment}`;
}

/** As package.json exports them, which a test compares. */
export const entryPaths: ReadonlyMap<string, string> = new Map([
  ['modebench', 'src/modebench'],
  ['modebench/engine', 'src/engine/public'],
  ['modebench/losses', 'src/methods/losses'],
  ['modebench/penalty', 'src/methods/penalties'],
]);

/** Modules of the project by the names that a user's file imports them by; a bundle takes them from this global. */
const entries = new Map<string, unknown>();
const shared = Symbol.for('modebench.entries');

/** Loads those that a bundle takes, before it does: `require` does not wait. */
async function loadEntries(inputs: readonly string[]): Promise<void> {
  Reflect.set(globalThis, shared, entries);
  for (const input of inputs) {
    const name = /^modebench:(.*)$/.exec(input)?.[1];
    if (name === undefined || entries.has(name)) continue;
    const source = sourceIn(tree(), entryPath(name) ?? name);
    entries.set(name, await import(/* @vite-ignore */ pathToFileURL(source).href));
  }
}

/**
 * What a user's file imports from `modebench` are the very modules of this process, wherever the file lies: a card is known
 * by its identity, and tfjs keeps its state in its module. The bundle takes them from a global.
 */
const publicEntries = (build: typeof esbuild.build): Plugin => ({
  name: 'modebench',
  setup(bundle) {
    bundle.onResolve({ filter: /^modebench(\/|$)/ }, ({ path }) =>
      entryPath(path) === undefined ? undefined : { path, namespace: 'modebench' },
    );
    bundle.onLoad({ filter: /.*/, namespace: 'modebench' }, async ({ path }) => {
      const source = sourceIn(tree(), entryPath(path) ?? path);
      if (!existsSync(source)) throw new Error(`there is no experiment ${path}`);
      const { metafile } = await build({ entryPoints: [source], write: false, metafile: true, format: 'esm' });
      const names = Object.values(metafile.outputs).flatMap((output) => output.exports);
      const lines = names.map((name) =>
        name === 'default' ? 'export default module.default;' : `export const ${name} = module.${name};`,
      );
      const from = `globalThis[Symbol.for('${shared.description}')].get('${path}')`;
      return { contents: `const module = ${from};\n${lines.join('\n')}` };
    });
  },
});

/** What a module says of its own place, and the variable that holds it in the bundle. */
const placeNames = [
  ['import.meta.url', '__modebench_url'],
  ['import.meta.filename', '__modebench_filename'],
  ['import.meta.dirname', '__modebench_dirname'],
  ['__filename', '__modebench_filename'],
  ['__dirname', '__modebench_dirname'],
] as const;

/** Every module that asks for its place is told where its source lies, not where the bundle does. */
const ownPlaces: Plugin = {
  name: 'own places',
  setup(bundle) {
    bundle.onLoad({ filter: /\.[cm]?[jt]sx?$/, namespace: 'file' }, async ({ path }) => {
      const source = (await readBytes(path)).toString('utf8');
      if (!placeNames.some(([said]) => source.includes(said))) return undefined;
      const values = { url: pathToFileURL(path).href, filename: path, dirname: dirname(path) };
      const places = Object.entries(values).map(([name, value]) => `__modebench_${name} = ${JSON.stringify(value)}`);
      // On the first line, so that the numbers of lines stay.
      const contents = `var ${places.join(', ')};${source.replace(/^\ufeff?(#!.*)?/, '')}`;
      return { contents, loader: loaderOf(path) };
    });
  },
};

const loaderOf = (path: string): Loader =>
  (/x$/.test(path) ? extname(path).slice(1) : /ts$/.test(path) ? 'ts' : 'js') as Loader; // tsx, jsx, ts or js

/** `require('node:fs')` of a CommonJS file: an ES module, which the bundle is, has no `require`. */
const requiredBuiltins: Plugin = {
  name: 'required built-ins',
  setup(bundle) {
    bundle.onResolve({ filter: /.*/ }, ({ path, kind }) =>
      kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'node' } : undefined,
    );
    bundle.onLoad({ filter: /.*/, namespace: 'node' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

function buildFailure(error: unknown): string {
  const errors: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'errors') : undefined;
  const message: Message | undefined = Array.isArray(errors) ? errors[0] : undefined;
  if (message === undefined) return messageOf(error);
  const at = message.location;
  return at ? `line ${at.line}, column ${at.column + 1}: ${message.text}` : message.text;
}
