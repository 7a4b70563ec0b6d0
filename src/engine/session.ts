/** onnxruntime sessions as this project wants them: one thread, no spinning, denormals as zero, a chosen device. */
import { InferenceSession, Tensor } from 'onnxruntime-node';

/** Execution providers of onnxruntime by the name that `--device` has for them. */
export type OnnxDevice = 'cpu' | 'webgpu' | 'cuda' | 'coreml' | 'dml';

export function openSession(model: Uint8Array, device: OnnxDevice): Promise<InferenceSession> {
  return InferenceSession.create(model, {
    executionProviders: [device],
    // One process a core beats threads inside an operator on nets of this size.
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    // 3: errors alone. Warnings about unused initialisers are no news here.
    logSeverityLevel: 3,
    extra: {
      session: {
        // Adam's second moments decay into denormals, which cost a hundred times a normal number.
        set_denormal_as_zero: '1',
        intra_op: { allow_spinning: '0' },
      },
    },
  });
}

export const tensor = (data: Float32Array, dims: readonly number[]): Tensor => new Tensor('float32', data, dims);
