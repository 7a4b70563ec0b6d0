/** Loads `@tensorflow/tfjs-node-gpu`, which registers tfjs's backend `tensorflow`. `tfjs-engine.ts` checks whether it sees a GPU. */
import util from 'node:util';

/** Throws what the package throws where its native part is missing. */
export async function loadLibtensorflow(): Promise<void> {
  // The package (4.22) calls two functions that Node 23 took away and that Node 22 warns of.
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  // Without its notes on the processor's instructions; warnings stay.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '1';
  await import('@tensorflow/tfjs-node-gpu');
}
