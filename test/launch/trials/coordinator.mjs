/** A launch in a process of its own, for tests that kill it. Arguments: the compiled tree, the store, the trials as JSON. */
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [tree, root, trials] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(tree, path)).href);
const { launch } = await load('src/launch/local/launch.js');
const { openStore } = await load('src/store/store.js');
const options = {
  engine: 'onnx',
  device: 'cpu',
  jobs: 2,
  failFast: false,
  signal: new AbortController().signal,
  known: new Map(),
  worker: ['../trial-worker.mjs', './endless.mjs']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .toSpliced(1, 0, tree),
};
await launch(JSON.parse(trials), openStore(root, 'test'), options);
