/** What the test trials share. A trial's log goes to the folder that the worker was given as data: who ran it, from which step. */
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A record made from the trial alone. */
export function recordOf({ id, hash, spec, preset, varied }, { engine, device }) {
  return {
    ...{ id, hash, spec, preset, varied },
    status: 'done',
    steps: spec.training.steps,
    wallSeconds: 0.1,
    timings: { capture: 0, compile: 0, train: 0.1, evaluate: 0, write: 0 },
    ...{ engine, device },
    metrics: { modesCaptured: spec.seed, reverseKL: Number.NaN, ratio: 1 / (spec.seed + 3) },
    versions: {},
    commit: '',
    host: String(process.pid),
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
}

export function log({ spec }, { data }, what) {
  mkdirSync(data, { recursive: true });
  appendFileSync(join(data, 'log'), `${spec.seed} ${what} ${process.pid}\n`);
}

export function leaveFiles({ spec }, { folder }) {
  writeFileSync(join(folder, 'history.csv'), `step,value\n${spec.training.steps},${Math.sqrt(spec.seed)}\n`);
  writeFileSync(
    join(folder, 'networks'),
    Uint8Array.from({ length: 4096 }, (_, at) => (at * 31 + spec.seed) % 256),
  );
}
