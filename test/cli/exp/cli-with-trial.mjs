/** The command line, but that `exp` runs the trials of a module with `runTrial` instead of training. Arguments: the module, then the words. */
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { compileTree } from '../../../bin/compile.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../../..');
const [trial, ...argv] = process.argv.slice(2);
const tree = await compileTree(root);
const load = (path) => import(pathToFileURL(join(tree, path)).href);
const { localLauncher } = await load('src/launch/local/launcher.js');
const { main } = await load('src/cli/main.js');
const worker = [join(here, '../../launch/trial-worker.mjs'), tree, trial];
process.exitCode = await main(argv, root, { launchers: [localLauncher(worker)] });
