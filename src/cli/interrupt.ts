/**
 * Turns Ctrl-C and similar signals into an AbortSignal, so that a run ends in order: workers stopped, claims released,
 * one line printed.
 */

/** The first signal aborts; a second ends the process at once (files on disk stay whole). Call once a process. */
export function catchInterrupt(): { readonly signal: AbortSignal } {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(130);
      controller.abort(name);
    });
  }
  return { signal: controller.signal };
}
