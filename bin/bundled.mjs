/** Starts the command line of an archive that `npm run bundle` made: everything is compiled already. */
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = relative(process.cwd(), join(root, 'modebench'));
const typed = program.includes('/') ? program : `./${program}`;
const argv = process.argv.slice(2);
const main = argv[0] === 'bench' ? 'test/bench/main.js' : 'joined/src/cli/main.js';
const entry = join(root, 'node_modules/.cache/modebench/bundle', main);
try {
  process.exitCode = await (await import(pathToFileURL(entry).href)).main(argv, root, { typed });
} catch (error) {
  console.error(process.env.DEBUG === 'modebench' ? error : `modebench cannot start: ${error.message}`);
  process.exitCode = 1;
}
