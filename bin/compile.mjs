/**
 * Compiles the project's TypeScript, file by file, into `node_modules/.cache/modebench/<key>/`, a tree that mirrors the
 * sources, and what commands and workers start from once more into few files, in its folder `joined`; where an installation is read-only, into the user's cache or a temporary folder. The key is made of the sources' paths, times and sizes: an unchanged tree costs a `stat` a file and no compiler.
 */
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir, hostname, tmpdir, userInfo } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Folders of the project that are compiled; the last two for `npm run bench`. */
const folders = ['src', 'experiments', 'test/bench', 'test/support'];

/** Old trees are kept this long, so that a run which is just starting from one finds its code. */
const keepMs = 60 * 60 * 1000;

/** And this long after a process of another machine began to use one: whether it still does cannot be asked from here. */
const keepForOthersMs = 7 * 24 * 60 * 60 * 1000;

/**
 * Compiles what changed and returns the absolute path of the compiled tree. Several processes may call it at once: each
 * builds in a folder of its own, the first to rename wins. Throws where a source does not parse or the cache is not writable.
 */
export async function compileTree(root) {
  const sources = folders.flatMap((folder) => listSources(join(root, folder)));
  const cache = writableCache(root);
  const tree = join(cache, keyOf(root, [...sources, join(root, 'bin/compile.mjs')]));
  if (!existsSync(tree)) await buildInto(root, sources, cache, tree);
  markUser(tree);
  return tree;
}

/** Folders' names end alike wherever the cache is: experiments of one's own find it by them. */
function writableCache(root) {
  const ours = join(root, 'node_modules/.cache/modebench');
  const theirs = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'modebench/.cache/modebench');
  const last = join(tmpdir(), `modebench-${userInfo().uid}/.cache/modebench`);
  const found = [ours, theirs, last].find(isWritable);
  if (found === undefined) throw new Error(`none of ${ours}, ${theirs} and ${last} can be written to`);
  return found;
}

function isWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function listSources(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? listSources(path) : /(?<!\.d)\.tsx?$/.test(entry.name) ? [path] : [];
    })
    .sort();
}

function keyOf(root, files) {
  const key = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    key.update(`${relative(root, file)} ${mtimeMs} ${size}\n`);
  }
  return key.digest('hex').slice(0, 16);
}

async function buildInto(root, sources, cache, tree) {
  const draft = join(cache, `.draft-${process.pid}-${Date.now()}`);
  mkdirSync(draft, { recursive: true });
  try {
    await Promise.all([compileFiles(root, sources, draft), joinFiles(root, draft)]);
    // Makes the tree a package of its own: ES modules, and `modebench` means the compiled public entry.
    const manifest = { name: 'modebench', type: 'module', exports: { '.': './src/modebench.js' } };
    writeFileSync(join(draft, 'package.json'), JSON.stringify(manifest));
    // Elsewhere than below the project its packages are not found by themselves.
    if (relative(root, cache).startsWith('..'))
      symlinkSync(join(root, 'node_modules'), join(draft, 'node_modules'), 'junction');
    await bundlePage(draft);
    renameSync(draft, tree);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(tree)) throw error;
  }
  removeOld(cache, tree);
}

/** Compiles these folders of the project into another folder. */
export const compileFolders = (root, names, outdir) =>
  compileFiles(
    root,
    names.flatMap((name) => listSources(join(root, name))),
    outdir,
  );

async function compileFiles(root, sources, outdir) {
  await esbuild({
    entryPoints: sources,
    ...{ outbase: root, outdir, bundle: true, packages: 'external', plugins: [keepFilesApart, requireTensors] },
    ...{ jsx: 'automatic', jsxImportSource: 'preact' },
  });
}

async function esbuild(settings) {
  const { build } = await import('esbuild');
  const output = { format: 'esm', platform: 'node', target: 'node20', sourcemap: true, sourcesContent: false };
  await build({ ...output, logLevel: 'silent', ...settings });
}

/** What is started or imported by its path: the command line, workers, the public modules. Experiments are, too. */
const entries = [
  'src/cli/main',
  'src/launch/local/worker',
  'src/modebench',
  'src/engine/public',
  'src/methods/losses',
  'src/methods/penalties',
];

/** Packages that every command loads, from many files or from one that Node first reads through for the names that it exports. */
const joinedPackages =
  /^(zod|csv-parse|csv-stringify|@bufbuild\/protobuf|ml-matrix|ml-array-[a-z]+|is-any-array|seedrandom)(\/|$)/;

/** Compiles the entries and the experiments, with all that they share in few files: Node takes half a millisecond to find and load one. */
export async function joinFiles(root, tree) {
  const sources = [...entries.map((entry) => join(root, `${entry}.ts`)), ...listSources(join(root, 'experiments'))];
  const entryPoints = sources.filter((path) => existsSync(path));
  if (entryPoints.length === 0) return;
  await esbuild({
    entryPoints,
    ...{ absWorkingDir: root, outbase: root, outdir: join(tree, 'joined'), chunkNames: 'src/[name]-[hash]' },
    ...{ bundle: true, splitting: true, plugins: [inEnglish, keepPackagesApart, asIfApart(root)] },
    alias: { modebench: join(root, 'src/modebench.ts') },
  });
}

/** The live page's script in one file beside the module that serves it, by the compiled program's own code. */
export async function bundlePage(tree) {
  const folder = join(tree, 'src/view/page');
  const bundler = join(folder, 'bundle-script.js');
  if (!existsSync(bundler)) return;
  const { bundledScript } = await import(pathToFileURL(bundler).href);
  writeFileSync(join(folder, 'script.bundle.js'), await bundledScript());
}

/** Half of zod is what it says in sixty languages. */
const inEnglish = {
  name: 'in-english',
  setup(build) {
    build.onLoad({ filter: /[/\\]zod[/\\]v4[/\\]locales[/\\]index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
    }));
  },
};

const keepPackagesApart = {
  name: 'keep-packages-apart',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path }) =>
      joinedPackages.test(path) || path === 'modebench' || path.startsWith('/') ? undefined : { path, external: true },
    );
  },
};

/** These look for what is joined: the worker, and the folders `src` and `experiments`. Others find what lies beside them where each file is apart. */
const findsJoined = /\/(launch\/local\/worker-process|experiment\/source-tree)\.ts$/;

/** A module keeps its place, wherever its code has come to lie. */
const asIfApart = (root) => ({
  name: 'as-if-apart',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const source = relative(root, path).replaceAll('\\', '/').replace(/\.ts$/, '.js');
      const place = findsJoined.test(path) ? source : `../${source}`;
      const contents = withRequiredTensors(await readFile(path, 'utf8'));
      const url = `new URL('${place}', import.meta.url.replace(/(.*\\/joined\\/).*/, '$1')).href`;
      return { contents: contents.replace(/\bimport\.meta\.url\b(?!')/g, url), loader: 'ts' };
    });
  },
});

/** Leaves every import in place instead of bundling it, with the ending that the compiled file has. */
const keepFilesApart = {
  name: 'keep-files-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) =>
      kind === 'entry-point' ? undefined : { path: path.replace(/\.tsx?$/, '.js'), external: true },
    );
  },
};

/**
 * TensorFlow.js is asked for by `require`: an import would first read through its megabytes for the names that they export, three
 * quarters of what loading it takes.
 */
const requireTensors = {
  name: 'require-tensors',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
      contents: withRequiredTensors(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

const withRequiredTensors = (source) =>
  source
    .replace(
      /^import \* as (\w+) from ('@tensorflow\/tfjs-core');$/m,
      "import { createRequire as requireFrom } from 'node:module'; const $1 = requireFrom(import.meta.url)($2);",
    )
    .replace(/^import ('@tensorflow\/tfjs-(?:layers|backend-cpu)');$/gm, 'requireFrom(import.meta.url)($1);');

/** This process's own. */
const marks = new Set();

/** A file named after this process and its machine says that the tree is in use; it goes when the process ends. */
function markUser(tree) {
  const mark = join(tree, `user-${process.pid}@${hostname()}`);
  writeFileSync(mark, '');
  if (marks.size === 0) {
    process.once('exit', () => {
      for (const own of marks) rmSync(own, { force: true });
    });
  }
  marks.add(mark);
}

function removeOld(cache, current) {
  for (const name of readdirSync(cache)) {
    const path = resolve(cache, name);
    const isTree = /^(\.draft-.*|[0-9a-f]{16})$/.test(name);
    if (!isTree || path === current || inUse(path)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function inUse(path) {
  try {
    if (Date.now() - statSync(path).mtimeMs < keepMs) return true;
    return readdirSync(path).some((name) => isUser(path, name));
  } catch {
    return false; // removed by another start in the meantime
  }
}

function isUser(tree, name) {
  const [, pid, host] = /^user-(\d+)@(.*)$/.exec(name) ?? [];
  if (host === hostname()) return isAlive(Number(pid));
  return host !== undefined && Date.now() - statSync(join(tree, name)).mtimeMs < keepForOthersMs;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
