/** Encodes the messages of onnx.proto (IR version 8) that our files consist of. */
import { bytes, encoded, float, int, ints, type Message, part, text } from '../../base/protobuf.ts';
import type { DType } from '../graph/graph.ts';

/** `TensorProto.DataType`. */
export const dataTypes = { float32: 1, int32: 6, int64: 7, bool: 9 } as const satisfies Record<DType, number>;

/** `AttributeProto`: a value with its `AttributeType`. */
export const attribute = {
  float: (name: string, value: number): Message => [text(1, name), float(2, value), int(20, 1)],
  int: (name: string, value: number): Message => [text(1, name), int(3, value), int(20, 2)],
  string: (name: string, value: string): Message => [
    text(1, name),
    bytes(4, new TextEncoder().encode(value)),
    int(20, 3),
  ],
  ints: (name: string, values: readonly number[]): Message => [text(1, name), ints(8, values), int(20, 7)],
};

export const nodeProto = (node: {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly Message[];
}): Message => [
  ...node.inputs.map((name) => text(1, name)),
  ...node.outputs.map((name) => text(2, name)),
  text(4, node.op),
  ...node.attributes.map((one) => part(5, one)),
];

/** `raw` holds the elements in row-major order, little-endian. */
export const tensorProto = (name: string, shape: readonly number[], type: number, raw: Uint8Array): Message => [
  ints(1, shape),
  int(2, type),
  text(8, name),
  bytes(9, raw),
];

/** A dimension is its size, or a name where it is left open. */
export const valueInfoProto = (name: string, type: number, shape: readonly (number | string)[]): Message => {
  const dims = shape.map((size) => part(1, [typeof size === 'number' ? int(1, size) : text(2, size)]));
  return [text(1, name), part(2, [part(1, [int(1, type), part(2, dims)])])];
};

export const graphProto = (graph: {
  readonly name: string;
  readonly nodes: readonly Message[];
  readonly constants: readonly Message[];
  readonly inputs: readonly Message[];
  readonly outputs: readonly Message[];
}): Message => [
  ...graph.nodes.map((one) => part(1, one)),
  text(2, graph.name),
  ...graph.constants.map((one) => part(5, one)),
  ...graph.inputs.map((one) => part(11, one)),
  ...graph.outputs.map((one) => part(12, one)),
];

/** Bytes of a `ModelProto`: a file. */
export function encodeModel(model: {
  readonly irVersion: number;
  readonly producer: string;
  readonly opset: number;
  readonly graph: Message;
}): Uint8Array {
  const opset = [text(1, ''), int(2, model.opset)];
  return encoded([int(1, model.irVersion), text(2, model.producer), part(7, model.graph), part(8, opset)]);
}
