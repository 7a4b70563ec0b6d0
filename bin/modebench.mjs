#!/usr/bin/env node
/**
 * Where every command starts. In an installed package everything is compiled already, in `dist`. In a checkout the TypeScript
 * sources are compiled when they changed (compile.mjs). Plain JavaScript and small, because `--help` should not wait for a compiler.
 */
import { existsSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const argv = process.argv.slice(2);

try {
  process.setSourceMapsEnabled(true);
  const isInstalled = !existsSync(join(root, 'src'));
  if (isInstalled && !existsSync(join(root, 'dist')))
    throw new Error('this file was packed by `npm pack`, which compiles nothing; `npm run pack` makes the package');
  const tree = isInstalled ? join(root, 'dist') : await compiled();
  const { main } = await import(pathToFileURL(entry(tree)).href);
  process.exitCode = await main(argv, root, isInstalled ? { isInstalled, typed: 'npx modebench' } : {});
} catch (error) {
  // Faults of commands are reported by the command line itself; what comes here kept it from starting.
  console.error(process.env.DEBUG === 'modebench' ? error : `modebench cannot start: ${error.message}`);
  process.exitCode = 1;
}
// An experiment's file may have left a timer or a server behind, which would keep this process for ever.
setTimeout(() => {
  console.error('modebench: ended, though something that a file started (a timer, a server) still runs');
  process.exit();
}, 3_000).unref();

async function compiled() {
  const { compileTree } = await import('./compile.mjs');
  const tree = await compileTree(root);
  module.enableCompileCache?.(join(dirname(tree), 'v8'));
  return tree;
}

/** The benchmarks have a command line of their own beside the tests, so that the product does not depend on them. */
function entry(tree) {
  const bench = join(tree, 'test/bench/main.js');
  return argv[0] === 'bench' && existsSync(bench) ? bench : join(tree, 'joined/src/cli/main.js');
}
