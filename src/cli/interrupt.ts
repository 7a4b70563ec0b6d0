/**
 * Turns Ctrl-C and similar signals into an AbortSignal, so that a run ends in order: workers stopped, claims released,
 * one line printed.
 */

/** Of the command that began last: a process that runs several, one after another, hears each signal once. */
let latest: AbortController | undefined;

/** The first signal aborts; a second ends the process at once (files on disk stay whole). */
export function catchInterrupt(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  const isHeard = latest !== undefined;
  latest = controller;
  if (!isHeard) for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => interrupt(name));
  return controller;
}

function interrupt(name: NodeJS.Signals): void {
  if (latest?.signal.aborted) process.exit(130);
  latest?.abort(name);
}
