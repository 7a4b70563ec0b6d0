/**
 * `npm run pack`: makes modebench-<version>.tgz, what `npm install` takes and `npm publish` would send, in the folder where it is
 * called. It is packed from `.cache/package`, which holds the compiled program with its types and a manifest without anything that
 * a checkout alone needs. `npm pack` in the checkout cannot make it, because .npmrc lets no script compile the sources first: it
 * packs the command alone, which says so.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePage, compileFolders, joinFiles } from './compile.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stage = join(root, '.cache/package');
const dist = join(stage, 'dist');

/** As they are in the project, but for moving pictures, which a fifth of the package would be. */
const kept = ['bin/modebench.mjs', 'CHANGELOG.md', 'CITATION.cff', 'docs', 'LICENSE', 'README.md', 'results/reference'];

// What the compiler remembers of the last time would keep it from writing again.
for (const path of [stage, `${stage}.tsbuildinfo`]) rmSync(path, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
await Promise.all([compileFolders(root, ['src', 'experiments'], dist), joinFiles(root, dist)]);
await bundlePage(dist);
for (const map of filesIn(dist, '.js.map')) pointIntoPackage(map);
declareTypes();
writeFileSync(join(dist, 'commit.txt'), `${commit()}\n`);
for (const path of kept)
  cpSync(join(root, path), join(stage, path), { recursive: true, filter: (file) => !file.endsWith('.gif') });
writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`);
const out = resolve(process.env.INIT_CWD ?? '.', process.argv[2] ?? '.');
npm('pack', stage, '--pack-destination', out, '--loglevel', 'error');

function filesIn(folder, ending) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path));
}

/** A map names its source by a path in this checkout; in the package it is `src/…`. */
function pointIntoPackage(path) {
  const map = JSON.parse(readFileSync(path, 'utf8'));
  map.sources = map.sources.map((source) =>
    relative(dirname(path), join(stage, relative(root, resolve(dirname(path), source)))).replaceAll('\\', '/'),
  );
  writeFileSync(path, JSON.stringify(map));
}

/** Types of what is exported, and of what that names. */
function declareTypes() {
  const { exports } = project();
  const files = Object.values(exports).flatMap((path) =>
    path.includes('*') ? filesIn(join(root, dirname(path)), '.ts') : [join(root, path)],
  );
  const settings = {
    extends: join(root, 'tsconfig.json'),
    compilerOptions: {
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, rootDir: root, outDir: dist },
      ...{ typeRoots: [join(root, 'node_modules/@types')], tsBuildInfoFile: `${stage}.tsbuildinfo` },
    },
    ...{ files, include: [], exclude: [] },
  };
  const config = join(stage, 'tsconfig.json');
  writeFileSync(config, JSON.stringify(settings));
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', config], { stdio: 'inherit' });
  rmSync(config);
  for (const path of filesIn(dist, '.d.ts')) {
    const text = readFileSync(path, 'utf8')
      .replace(/^import '@.*\n/gm, '') // packages for their effect, whose own types an editor has no use for
      .replace(/((?:from |import ?\(?)['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2');
    writeFileSync(path, text);
  }
}

function project() {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

function manifest() {
  const { private: _, files, exports, scripts, devDependencies, overrides, ...rest } = project();
  const compiled = Object.entries(exports).map(([entry, path]) => {
    const place = path.replace('./', './dist/').replace(/\.ts$/, '');
    return [entry, { types: `${place}.d.ts`, default: `${place}.js` }];
  });
  return {
    ...rest,
    exports: { ...Object.fromEntries(compiled), './package.json': './package.json' },
  };
}

/** As records name it: 12 digits, `+` where the tree had changes; nothing where there is no git. */
function commit() {
  const git = (...words) =>
    execFileSync('git', words, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', ':/') !== '';
    return `${git('rev-parse', '--short=12', 'HEAD')}${changed ? '+' : ''}`;
  } catch {
    return '';
  }
}

function npm(...words) {
  execFileSync('npm', words, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
}
