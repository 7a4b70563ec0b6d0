/** Writes a graph of ONNX operators as an ONNX file: plain operators of opset 17 that any ONNX runtime loads. */
import type { Message } from '../../base/protobuf.ts';
import {
  type Attribute,
  allNumbers,
  type DType,
  type Node,
  type Numbers,
  type TensorType,
  type Value,
} from '../graph/graph.ts';
import { type AttributeKind, type OnnxGraph, type OnnxOps, onnxOperators } from '../graph/onnx-operators.ts';
import { attribute, dataTypes, encodeModel, graphProto, nodeProto, tensorProto, valueInfoProto } from './onnx-proto.ts';

export const opset = 17;
/** The file format's version that came with opset 17. */
const irVersion = 8;

export interface FileOptions {
  /** What made the file, as it says itself. */
  readonly producer?: string;
  /** Inputs whose first dimension the file leaves open, by this name. */
  readonly batch?: string;
}

/** What an output is called in the file where an input has its name, as a step's state has. */
export const nextName = (name: string): string => `next.${name}`;

/** The bytes of the file. Inputs and outputs keep their names; everything else is numbered. */
export function encodeOnnx(graph: OnnxGraph, options: FileOptions = {}): Uint8Array {
  const names = new Map<Value, string>();
  const name = (value: Value): string => names.get(value) ?? names.set(value, `v${names.size}`).get(value) ?? '';
  for (const [input, value] of graph.inputs) names.set(value, input);
  const { nodes, outputs } = nameOutputs(graph, names, name);
  return encodeModel({
    irVersion,
    producer: options.producer ?? 'modebench',
    opset,
    graph: graphProto({
      name: 'program',
      nodes,
      constants: [...graph.constants].map(([value, numbers]) => encodeTensor(name(value), value, numbers)),
      inputs: [...graph.inputs].map(([input, value]) => encodeInfo(input, value, options.batch)),
      outputs: outputs.map(([output, value]) => encodeInfo(output, value, options.batch)),
    }),
  });
}

/** An output is a copy where its value has a name already: an input, a constant, or another output. */
function nameOutputs(graph: OnnxGraph, names: Map<Value, string>, name: (value: Value) => string) {
  const copies: Message[] = [];
  const results = [...graph.outputs].map(
    ([output, value]) => [graph.inputs.has(output) ? nextName(output) : output, value] as const,
  );
  for (const [output, value] of results) {
    if (names.has(value) || graph.constants.has(value)) {
      copies.push(nodeProto({ op: 'Identity', inputs: [name(value)], outputs: [output], attributes: [] }));
    } else names.set(value, output);
  }
  const nodes = graph.nodes.map((node) =>
    nodeProto({
      op: node.op,
      inputs: node.inputs.map(name),
      outputs: node.outputs.map(name),
      attributes: encodeAttributes(node),
    }),
  );
  return { nodes: [...nodes, ...copies], outputs: results };
}

function encodeAttributes({ op, attributes }: Node<OnnxOps>): Message[] {
  const kinds: Readonly<Record<string, AttributeKind>> = onnxOperators[op];
  return Object.entries<Attribute>(attributes).flatMap(([name, value]) => {
    const kind = kinds[name];
    return value === undefined || kind === undefined ? [] : [encodeAttribute(name, kind, value)];
  });
}

/** The value is of its kind, by the types of `onnxOperators`. */
function encodeAttribute(name: string, kind: AttributeKind, value: Attribute): Message {
  switch (kind) {
    case 'int':
      return attribute.int(name, Number(value));
    case 'ints':
      return attribute.ints(name, value as readonly number[]);
    case 'float':
      return attribute.float(name, Number(value));
    case 'string':
      return attribute.string(name, String(value));
    case 'type':
      return attribute.int(name, dataTypes[value as DType]);
    default:
      return kind satisfies never;
  }
}

const encodeTensor = (name: string, { shape, dtype }: TensorType, numbers: Numbers): Message =>
  tensorProto(name, shape, dataTypes[dtype], rawBytes(dtype, allNumbers(numbers, shape)));

function rawBytes(dtype: DType, numbers: Exclude<Numbers, number>): Uint8Array {
  switch (dtype) {
    case 'float32':
      return new Uint8Array(Float32Array.from(numbers).buffer);
    case 'int32':
      return new Uint8Array(Int32Array.from(numbers).buffer);
    case 'int64':
      return new Uint8Array(BigInt64Array.from(Array.from(numbers, (number) => BigInt(number))).buffer);
    case 'bool':
      return Uint8Array.from(numbers, (number) => (number ? 1 : 0));
    default:
      return dtype satisfies never;
  }
}

const encodeInfo = (name: string, { shape, dtype }: TensorType, batch?: string): Message =>
  valueInfoProto(
    name,
    dataTypes[dtype],
    shape.map((size, axis) => (batch !== undefined && axis === 0 ? batch : size)),
  );
