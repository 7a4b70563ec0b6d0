/** Opens onnxruntime sessions: one thread, no spinning, denormals as zero while they run, every operator on the chosen device. */
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { flushedRuns } from './flushed.ts';
import { type OnnxDevice, onnxDevice } from './onnx-devices.ts';

/**
 * @param model its bytes; or its path, for a model whose weights lie in files beside it.
 *
 * Throws where the device is not there, and where it lacks an operator of the model: none runs on the processor instead.
 *
 * @param kept outputs that stay in the device's memory, as tensors whose numbers cannot be read here; WebGPU alone can.
 */
export async function openSession(
  model: Uint8Array | string,
  device: OnnxDevice,
  kept: readonly string[] = [],
): Promise<InferenceSession> {
  for (const [name, value] of Object.entries(onnxDevice(device).environment ?? {})) process.env[name] ??= value;
  const flushed = await flushedRuns();
  try {
    // A union of its overloads' arguments is none of them.
    const session = await InferenceSession.create(model as string, {
      ...sessionOptions(device, flushed === undefined),
      ...(kept.length > 0 && {
        preferredOutputLocation: Object.fromEntries(kept.map((name) => [name, 'gpu-buffer'] as const)),
      }),
    });
    if (flushed) {
      const run: InferenceSession['run'] = session.run.bind(session);
      // The same overloads: whatever it was called with is handed on.
      session.run = ((...given: Parameters<typeof run>) => flushed(() => run(...given))) as typeof run;
    }
    return session;
  } catch (error) {
    if (!(error instanceof Error) || !error.message.includes('fallback to CPU EP has been explicitly disabled'))
      throw error;
    throw new Error(`the device ${device} lacks an operator of this program; the device cpu has all`, { cause: error });
  }
}

/** @param flush has the first session of a process change how its thread takes denormal numbers, for good. */
export function sessionOptions(device: OnnxDevice, flush = false): InferenceSession.SessionOptions {
  const { provider, runsOn } = onnxDevice(device);
  return {
    executionProviders: [provider],
    // One process a core beats threads inside an operator on nets of this size.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // 3: errors alone. Warnings about unused initialisers are no news here.
    logSeverityLevel: 3,
    extra: {
      session: {
        // Adam's second moments decay into denormals, which cost a hundred times a normal number.
        ...(flush && { set_denormal_as_zero: '1' }),
        intra_op: { allow_spinning: '0' },
        // Otherwise onnxruntime silently runs on the processor what the device cannot.
        ...(runsOn !== 'processor' && { disable_cpu_ep_fallback: '1' }),
      },
    },
  };
}

export const tensor = (data: Float32Array, dims: readonly number[]): Tensor => new Tensor('float32', data, dims);
