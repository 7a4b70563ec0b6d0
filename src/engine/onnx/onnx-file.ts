/** Writes a graph of ONNX operators as an ONNX file: plain operators of opset 17 that any ONNX runtime loads. */
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
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

export const opset = 17;
/** The file format's version that came with opset 17. */
const irVersion = 8;

// A CommonJS package: its names are on the default export alone.
const { onnx } = onnxProto;
const { DataType } = onnx.TensorProto;
const dataTypes = {
  float32: DataType.FLOAT,
  int32: DataType.INT32,
  int64: DataType.INT64,
  bool: DataType.BOOL,
} as const satisfies Record<DType, number>;

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
  const model = onnx.ModelProto.create({
    irVersion,
    producerName: options.producer ?? 'modebench',
    opsetImport: [{ domain: '', version: opset }],
    graph: {
      name: 'program',
      node: nodes,
      initializer: [...graph.constants].map(([value, numbers]) => encodeTensor(name(value), value, numbers)),
      input: [...graph.inputs].map(([input, value]) => encodeInfo(input, value, options.batch)),
      output: outputs.map(([output, value]) => encodeInfo(output, value, options.batch)),
    },
  });
  return onnx.ModelProto.encode(model).finish();
}

/** An output is a copy where its value has a name already: an input, a constant, or another output. */
function nameOutputs(graph: OnnxGraph, names: Map<Value, string>, name: (value: Value) => string) {
  const copies: Onnx.INodeProto[] = [];
  const results = [...graph.outputs].map(
    ([output, value]) => [graph.inputs.has(output) ? nextName(output) : output, value] as const,
  );
  for (const [output, value] of results) {
    if (names.has(value) || graph.constants.has(value)) {
      copies.push({ opType: 'Identity', input: [name(value)], output: [output] });
    } else names.set(value, output);
  }
  const nodes = graph.nodes.map((node) => ({
    opType: node.op,
    input: node.inputs.map(name),
    output: node.outputs.map(name),
    attribute: encodeAttributes(node),
  }));
  return { nodes: [...nodes, ...copies], outputs: results };
}

function encodeAttributes({ op, attributes }: Node<OnnxOps>): Onnx.IAttributeProto[] {
  const kinds: Readonly<Record<string, AttributeKind>> = onnxOperators[op];
  return Object.entries<Attribute>(attributes).flatMap(([name, value]) => {
    const kind = kinds[name];
    return value === undefined || kind === undefined ? [] : [encodeAttribute(name, kind, value)];
  });
}

/** The value is of its kind, by the types of `onnxOperators`. */
function encodeAttribute(name: string, kind: AttributeKind, value: Attribute): Onnx.IAttributeProto {
  const { AttributeType } = onnx.AttributeProto;
  switch (kind) {
    case 'int':
      return { name, type: AttributeType.INT, i: Number(value) };
    case 'ints':
      return { name, type: AttributeType.INTS, ints: [...(value as readonly number[])] };
    case 'float':
      return { name, type: AttributeType.FLOAT, f: Number(value) };
    case 'string':
      return { name, type: AttributeType.STRING, s: new TextEncoder().encode(String(value)) };
    case 'type':
      return { name, type: AttributeType.INT, i: dataTypes[value as DType] };
    default:
      return kind satisfies never;
  }
}

function encodeTensor(name: string, { shape, dtype }: TensorType, numbers: Numbers): Onnx.ITensorProto {
  return {
    name,
    dims: [...shape],
    dataType: dataTypes[dtype],
    rawData: rawBytes(dtype, allNumbers(numbers, shape)),
  };
}

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

function encodeInfo(name: string, { shape, dtype }: TensorType, batch?: string): Onnx.IValueInfoProto {
  const dim = shape.map((size, axis) => (batch !== undefined && axis === 0 ? { dimParam: batch } : { dimValue: size }));
  return { name, type: { tensorType: { elemType: dataTypes[dtype], shape: { dim } } } };
}
