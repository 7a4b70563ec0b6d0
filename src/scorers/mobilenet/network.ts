/** MobileNetV2 (Sandler et al. 2018) without its head as an ONNX file: 1,280 features of pictures of 224 × 224. */
import type { Message } from '../../base/protobuf.ts';
import { opset } from '../../engine/onnx/onnx-file.ts';
import {
  attribute,
  dataTypes,
  encodeModel,
  graphProto,
  nodeProto,
  tensorProto,
  valueInfoProto,
} from '../../engine/onnx/onnx-proto.ts';
import { features, side } from './facts.ts';
import type { Weights } from './weights.ts';

/** Expansion, channels, blocks, stride of the first block (table 2 of the paper). */
const stages = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const;

/** PyTorch's, of batch normalisation. */
const epsilon = 1e-5;

interface Layer {
  /** Names of the convolution and of the batch normalisation after it. */
  readonly names: readonly [convolution: string, normalisation: string];
  readonly kernel: 1 | 3;
  readonly from: number;
  readonly to: number;
  readonly stride?: number;
  /** Each channel by itself. */
  readonly depthwise?: boolean;
  /** Whether ReLU6 follows. */
  readonly bounded?: boolean;
}

/** The bytes of the file: input `x` `[batch, 3, 224, 224]`, normalised as for ImageNet; output `features` `[batch, 1280]`. */
export function mobilenetFile(weights: Weights): Uint8Array {
  const nodes: Message[] = [];
  const constants: Message[] = [];
  const constant = (name: string, shape: readonly number[], values: Float32Array) => {
    constants.push(tensorProto(name, shape, dataTypes.float32, new Uint8Array(values.buffer)));
    return name;
  };
  const node = (op: string, inputs: readonly string[], output: string, attributes: readonly Message[] = []) => {
    nodes.push(nodeProto({ op, inputs, outputs: [output], attributes }));
    return output;
  };
  const bounds = [constant('zero', [], Float32Array.of(0)), constant('six', [], Float32Array.of(6))];
  const convolved = (x: string, layer: Layer): string => {
    const { names, kernel, from, to, stride = 1, depthwise = false, bounded = false } = layer;
    const { filter, bias } = folded(weights, layer);
    const [name] = names;
    const shape = [to, depthwise ? 1 : from, kernel, kernel];
    const pad = (kernel - 1) / 2;
    const y = node('Conv', [x, constant(`${name}.w`, shape, filter), constant(`${name}.b`, [to], bias)], name, [
      attribute.ints('kernel_shape', [kernel, kernel]),
      attribute.ints('strides', [stride, stride]),
      attribute.ints('pads', [pad, pad, pad, pad]),
      attribute.int('group', depthwise ? to : 1),
    ]);
    return bounded ? node('Clip', [y, ...bounds], `${name}.relu6`) : y;
  };
  let x = convolved('x', { names: named('features.0', 0, 1), kernel: 3, from: 3, to: 32, stride: 2, bounded: true });
  let [from, index] = [32, 1];
  for (const [expansion, to, blocks, first] of stages) {
    for (let block = 0; block < blocks; block++, index++) {
      const place = `features.${index}.conv`;
      const [hidden, stride] = [expansion * from, block === 0 ? first : 1];
      const before = x;
      let at = 0;
      if (expansion > 1) {
        x = convolved(x, { names: named(place, 0, 1), kernel: 1, from, to: hidden, bounded: true });
        at = 3;
      }
      const own = { names: named(place, at, at + 1), kernel: 3, from: hidden, to: hidden, stride } as const;
      x = convolved(x, { ...own, depthwise: true, bounded: true });
      x = convolved(x, { names: named(place, at + 3, at + 4), kernel: 1, from: hidden, to });
      if (stride === 1 && from === to) x = node('Add', [before, x], `${place}.sum`);
      from = to;
    }
  }
  x = convolved(x, { names: named(`features.${index}`, 0, 1), kernel: 1, from, to: features, bounded: true });
  node('Flatten', [node('GlobalAveragePool', [x], 'pooled')], 'features');
  const inputs = [valueInfoProto('x', dataTypes.float32, ['batch', 3, side, side])];
  const outputs = [valueInfoProto('features', dataTypes.float32, ['batch', features])];
  const graph = graphProto({ name: 'mobilenet-v2', nodes, constants, inputs, outputs });
  return encodeModel({ irVersion: 8, producer: 'modebench', opset, graph });
}

const named = (place: string, convolution: number, normalisation: number) =>
  [`${place}.${convolution}`, `${place}.${normalisation}`] as const;

/** Batch normalisation with its running statistics is one factor and one addend a channel, which the convolution takes in. */
function folded(weights: Weights, { names: [convolution, normalisation], kernel, from, to, depthwise }: Layer) {
  const of = (name: string, length: number) => {
    const values = weights.get(name);
    if (values?.length === length) return values;
    throw new Error(`internal: expected ${length} weights of ${name}, got ${values?.length}`);
  };
  const each = (depthwise ? 1 : from) * kernel * kernel;
  const filter = Float32Array.from(of(`${convolution}.weight`, to * each));
  const bias = new Float32Array(to);
  const [gain, shift] = [of(`${normalisation}.weight`, to), of(`${normalisation}.bias`, to)];
  const [mean, variance] = [of(`${normalisation}.running_mean`, to), of(`${normalisation}.running_var`, to)];
  for (let channel = 0; channel < to; channel++) {
    const factor = (gain[channel] as number) / Math.sqrt((variance[channel] as number) + epsilon);
    for (let i = channel * each; i < (channel + 1) * each; i++) filter[i] = (filter[i] as number) * factor;
    bias[channel] = (shift[channel] as number) - (mean[channel] as number) * factor;
  }
  return { filter, bias };
}
