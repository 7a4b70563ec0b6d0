/** A worker in a process of its own, for tests that kill it: the compiled tree, then the options as JSON. It ends as the command does. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tree, url, options] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(tree, path)).href);
const { parseAddress } = await load('src/launch/redis/address.js');
const { openConnection } = await load('src/launch/redis/connection.js');
const { serve } = await load('src/launch/redis/worker.js');
const stop = new AbortController();
process.on('SIGTERM', () => (stop.signal.aborted ? process.exit(130) : stop.abort()));
const connection = await openConnection(parseAddress(url));
await serve({ ...JSON.parse(options), connection, signal: stop.signal, tell: (line) => console.log(line) });
connection.close();
