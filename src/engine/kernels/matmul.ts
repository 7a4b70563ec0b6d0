/** Lowers matrix products. ONNX's MatMul has no transpose flags; Gemm has, for matrices alone. */
import type { BatchMatMulAttrs } from '@tensorflow/tfjs-core';
import { broadcastShapes, type Shape, type Value } from '../graph/graph.ts';
import { type Frozen, kernel } from './kernel.ts';
import type { OnnxBuilder } from './onnx-builder.ts';

/** [..., m, k] × [..., k, n] → [..., m, n], each side read transposed where its flag is set. */
function productShape(a: Shape, b: Shape, transposeA: boolean, transposeB: boolean): Shape {
  const [rows, inner] = matrix(a, transposeA);
  const [innerB, columns] = matrix(b, transposeB);
  if (inner !== innerB) throw new Error(`matMul: inner sizes differ: ${inner} against ${innerB} ([${a}] × [${b}])`);
  return [...broadcastShapes(a.slice(0, -2), b.slice(0, -2)), rows, columns];
}

function matrix(shape: Shape, transpose: boolean): [number, number] {
  const [rows, columns] = shape.slice(-2);
  if (rows === undefined || columns === undefined) throw new Error(`matMul: expected a matrix, got shape [${shape}]`);
  return transpose ? [columns, rows] : [rows, columns];
}

const flip = (onnx: OnnxBuilder, x: Value, transpose: boolean): Value => {
  if (!transpose) return x;
  const axes = x.shape.map((_, axis) => axis);
  const last = axes.length - 1;
  return onnx.transpose(x, [...axes.slice(0, -2), last, last - 1]);
};

export const matmul = {
  BatchMatMul: kernel<'a' | 'b', Frozen<BatchMatMulAttrs>>(['a', 'b'], {
    type: ({ a, b }, { transposeA, transposeB }) => ({
      shape: productShape(a.shape, b.shape, transposeA, transposeB),
      dtype: 'float32',
    }),
    emit: (onnx, { a, b }, { transposeA, transposeB }, output) =>
      a.shape.length === 2 && b.shape.length === 2 && (transposeA || transposeB)
        ? onnx.op('Gemm', [a, b], { transA: +transposeA, transB: +transposeB }, output)
        : onnx.op('MatMul', [flip(onnx, a, transposeA), flip(onnx, b, transposeB)], {}, output),
  }),
};
