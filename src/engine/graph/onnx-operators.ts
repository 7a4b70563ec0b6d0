/** Lists the operators of ONNX that programs are lowered to, with the attributes of each and how a file stores them. */
import type { DType, Graph } from './graph.ts';

/** A type's name is stored as ONNX's number of it. */
export type AttributeKind = 'int' | 'ints' | 'float' | 'string' | 'type';

/** Operators of opset 17; of their attributes only those that are used. All are optional in ONNX's sense, or always given. */
export const onnxOperators = {
  Abs: {},
  Add: {},
  And: {},
  Cast: { to: 'type' },
  Clip: {},
  Concat: { axis: 'int' },
  Conv: { strides: 'ints', pads: 'ints', dilations: 'ints' },
  ConvTranspose: { strides: 'ints', pads: 'ints', output_padding: 'ints' },
  Div: {},
  Elu: { alpha: 'float' },
  Equal: {},
  Exp: {},
  Expand: {},
  Gather: { axis: 'int' },
  Gemm: { transA: 'int', transB: 'int' },
  Greater: {},
  GreaterOrEqual: {},
  HardSigmoid: { alpha: 'float', beta: 'float' },
  Identity: {},
  LeakyRelu: { alpha: 'float' },
  Less: {},
  LessOrEqual: {},
  Log: {},
  MatMul: {},
  Max: {},
  Min: {},
  Mul: {},
  Neg: {},
  Not: {},
  Or: {},
  PRelu: {},
  Pad: { mode: 'string' },
  Pow: {},
  Reciprocal: {},
  ReduceMax: { axes: 'ints', keepdims: 'int' },
  ReduceMean: { axes: 'ints', keepdims: 'int' },
  ReduceMin: { axes: 'ints', keepdims: 'int' },
  ReduceProd: { axes: 'ints', keepdims: 'int' },
  /** In opset 17 its axes are an input. */
  ReduceSum: { keepdims: 'int' },
  Relu: {},
  Reshape: {},
  Sigmoid: {},
  Sign: {},
  Slice: {},
  Softmax: { axis: 'int' },
  Softplus: {},
  Split: { axis: 'int' },
  Sqrt: {},
  Sub: {},
  Tanh: {},
  Tile: {},
  Transpose: { perm: 'ints' },
  Where: {},
} as const satisfies Readonly<Record<string, Readonly<Record<string, AttributeKind>>>>;

interface AttributeTypes {
  readonly int: number;
  readonly ints: readonly number[];
  readonly float: number;
  readonly string: string;
  readonly type: DType;
}

type Table = typeof onnxOperators;
export type OnnxOp = keyof Table;
export type OnnxOps = {
  readonly [O in OnnxOp]: {
    readonly [A in keyof Table[O]]?: Table[O][A] extends AttributeKind ? AttributeTypes[Table[O][A]] : never;
  };
};
export type OnnxGraph = Graph<OnnxOps>;
