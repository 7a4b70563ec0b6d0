/** Computes squares in onnxruntime without tfjs, which takes longer to load than this to run. */
import { GraphBuilder } from '../graph/graph.ts';
import type { OnnxOps } from '../graph/onnx-operators.ts';
import type { OnnxDevice } from './onnx-devices.ts';
import { encodeOnnx } from './onnx-file.ts';
import { openSession, tensor } from './session.ts';

/** The squares of 1, 2 and 3, as the device computes them. */
export async function squares(device: OnnxDevice): Promise<Float32Array | undefined> {
  const graph = new GraphBuilder<OnnxOps>();
  const type = { dtype: 'float32', shape: [3] } as const;
  const x = graph.input('x', type);
  const [square] = graph.node('Mul', [x, x], {}, [type]);
  const session = await openSession(encodeOnnx(graph.finish(square ? [['y', square]] : [])), device);
  const { y } = await session.run({ x: tensor(Float32Array.of(1, 2, 3), [3]) });
  return y?.data as Float32Array | undefined; // the model says float32
}
