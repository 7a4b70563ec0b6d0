/** What the test trials share: a record made from the trial alone. */
export function recordOf({ id, hash, spec, preset, varied }, { engine, device, data }) {
  return {
    ...{ id, hash, spec, preset, varied, engine, device },
    status: 'done',
    steps: spec.training.steps,
    wallSeconds: 0.1,
    timings: { capture: 0, compile: 0, train: 0.1, evaluate: 0, write: 0 },
    metrics: { modesCaptured: spec.seed, reverseKL: Number.NaN, pid: process.pid },
    versions: {},
    commit: '',
    host: data,
    finishedAt: '2026-01-01T00:00:00.000Z',
  };
}

/** Until something kills the process; `busy` never lets the event loop turn. */
export async function forever(context, busy = false) {
  for (let step = 1; ; step++) {
    context.onProgress({ step, steps: 1e9, stepsPerSecond: 100, metrics: {} });
    const until = performance.now() + 10;
    if (busy) while (performance.now() < until);
    else await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
