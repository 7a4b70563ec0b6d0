/** A worker process whose trials are a test's own. Arguments: the compiled tree, and the file of a module with `runTrial`. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tree, trial] = process.argv.slice(2);
const { serveTasks } = await import(pathToFileURL(join(tree, 'src/launch/local/serve-tasks.js')).href);
serveTasks(async () => (await import(pathToFileURL(trial).href)).runTrial);
