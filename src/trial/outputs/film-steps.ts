/** Chooses the training steps at which a film has its frames. */

/**
 * 0 and the last step, and between them steps whose distance grows evenly, since most happens early: frame k of n lies at
 * steps · (k / (n − 1))². Each is a multiple of `unit`, a divisor of `steps`; those that
 * fall together are one frame.
 */
export function filmSteps(steps: number, frames: number, unit: number): number[] {
  const runs = steps / unit;
  const places = Array.from({ length: frames }, (_, frame) => Math.round(runs * (frame / (frames - 1)) ** 2));
  return [...new Set(places)].map((run) => run * unit);
}
