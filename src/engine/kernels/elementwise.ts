/** Lowers kernels that work on each number by itself, or on pairs of numbers under broadcasting. */
import type { ClipByValueAttrs, EluInputs, LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs-core';
import { broadcastShapes, type TensorType, type Value } from '../graph/graph.ts';
import type { OnnxOp } from '../graph/onnx-operators.ts';
import { type Frozen, type Kernel, kernel, type NoAttributes, variadicKernel } from './kernel.ts';
import type { OnnxBuilder } from './onnx-builder.ts';

type Unary = keyof EluInputs;

const unary = (emit: (onnx: OnnxBuilder, x: Value) => Value): Kernel<NoAttributes> =>
  kernel<Unary>(['x'], { type: ({ x }) => x, emit: (onnx, { x }) => emit(onnx, x) });

const same = (op: OnnxOp): Kernel<NoAttributes> => unary((onnx, x) => onnx.op(op, [x], {}, x));

const binary = (op: OnnxOp): Kernel<NoAttributes> =>
  kernel(['a', 'b'], {
    type: ({ a, b }) => ({ shape: broadcastShapes(a.shape, b.shape), dtype: a.dtype }),
    emit: (onnx, { a, b }, _, output) => onnx.op(op, [a, b], {}, output),
  });

const comparison = (op: OnnxOp): Kernel<NoAttributes> =>
  kernel(['a', 'b'], {
    type: ({ a, b }) => ({ shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' }),
    emit: (onnx, { a, b }, _, output) => onnx.op(op, [a, b], {}, output),
  });

const sum = (onnx: OnnxBuilder, a: Value, b: Value, type: TensorType): Value => onnx.op('Add', [a, b], {}, type);

/**
 * tfjs's Step is 1 above 0 and α elsewhere. ONNX has none; 2¹²⁶ x clamped to [α, 1] is it for every normal number, in
 * operators that are vectorised, where comparing and casting takes more, and Sign is a scalar loop. It is taken of the
 * activation, which has x's sign and which the forward pass has: so x has one use, and onnxruntime fuses the activation
 * into the product before it.
 */
const step = kernel<Unary, Frozen<StepAttrs>>(['x'], {
  type: ({ x }) => x,
  emit: (onnx, { x }, { alpha }) => {
    const steep = 2 ** 126;
    if (alpha <= 0 || alpha >= 1) {
      const above = onnx.op('HardSigmoid', [onnx.op('Relu', [x], {}, x)], { alpha: steep, beta: 0 }, x);
      if (alpha === 0) return above;
      // The derivative of |x| asks for α = −1.
      return onnx.op('Add', [onnx.op('Mul', [above, onnx.scalar(1 - alpha)], {}, x), onnx.scalar(alpha)], {}, x);
    }
    const scaled = onnx.op('Mul', [onnx.op('LeakyRelu', [x], { alpha }, x), onnx.scalar(steep)], {}, x);
    return onnx.op('Clip', [scaled, onnx.scalar(alpha), onnx.scalar(1)], {}, x);
  },
});

export const elementwise = {
  Abs: same('Abs'),
  Exp: same('Exp'),
  Log: same('Log'),
  Neg: same('Neg'),
  Reciprocal: same('Reciprocal'),
  Relu: same('Relu'),
  Sigmoid: same('Sigmoid'),
  Sign: same('Sign'),
  Softplus: same('Softplus'),
  Sqrt: same('Sqrt'),
  Tanh: same('Tanh'),
  LogicalNot: same('Not'),
  Identity: same('Identity'),
  Rsqrt: unary((onnx, x) => onnx.op('Reciprocal', [onnx.op('Sqrt', [x], {}, x)], {}, x)),
  Square: unary((onnx, x) => onnx.op('Mul', [x, x], {}, x)),
  Log1p: unary((onnx, x) => onnx.op('Log', [onnx.op('Add', [x, onnx.scalar(1)], {}, x)], {}, x)),
  ZerosLike: unary((onnx, x) => onnx.constant(x, 0)),
  OnesLike: unary((onnx, x) => onnx.constant(x, 1)),
  Step: step,
  Elu: kernel(['x'], { type: ({ x }) => x, emit: (onnx, { x }) => onnx.op('Elu', [x], { alpha: 1 }, x) }),
  LeakyRelu: kernel<Unary, Frozen<LeakyReluAttrs>>(['x'], {
    type: ({ x }) => x,
    emit: (onnx, { x }, { alpha }) => onnx.op('LeakyRelu', [x], { alpha }, x),
  }),
  ClipByValue: kernel<Unary, Frozen<ClipByValueAttrs>>(['x'], {
    type: ({ x }) => x,
    emit: (onnx, { x }, { clipValueMin, clipValueMax }) =>
      onnx.op('Clip', [x, onnx.scalar(clipValueMin), onnx.scalar(clipValueMax)], {}, x),
  }),
  Cast: kernel<Unary, { dtype: 'float32' | 'int32' | 'bool' }>(['x'], {
    type: ({ x }, { dtype }) => ({ shape: x.shape, dtype }),
    emit: (onnx, { x }, _, output) => onnx.op('Cast', [x], { to: output.dtype }, output),
  }),

  Add: binary('Add'),
  Sub: binary('Sub'),
  Multiply: binary('Mul'),
  RealDiv: binary('Div'),
  Maximum: binary('Max'),
  Minimum: binary('Min'),
  Pow: binary('Pow'),
  LogicalAnd: comparison('And'),
  LogicalOr: comparison('Or'),
  Equal: comparison('Equal'),
  Greater: comparison('Greater'),
  GreaterEqual: comparison('GreaterOrEqual'),
  Less: comparison('Less'),
  LessEqual: comparison('LessOrEqual'),
  NotEqual: kernel(['a', 'b'], {
    type: ({ a, b }) => ({ shape: broadcastShapes(a.shape, b.shape), dtype: 'bool' }),
    emit: (onnx, { a, b }, _, output) => onnx.op('Not', [onnx.op('Equal', [a, b], {}, output)], {}, output),
  }),
  SquaredDifference: kernel(['a', 'b'], {
    type: ({ a, b }) => ({ shape: broadcastShapes(a.shape, b.shape), dtype: a.dtype }),
    emit: (onnx, { a, b }, _, output) => {
      const difference = onnx.op('Sub', [a, b], {}, output);
      return onnx.op('Mul', [difference, difference], {}, output);
    },
  }),
  Prelu: kernel(['x', 'alpha'], {
    type: ({ x }) => x,
    emit: (onnx, { x, alpha }) => onnx.op('PRelu', [x, alpha], {}, x),
  }),
  /** `where(condition, t, e)`. tfjs allows a condition of lower rank only where it broadcasts. */
  Select: kernel(['condition', 't', 'e'], {
    type: ({ condition, t, e }) => ({
      shape: broadcastShapes(condition.shape, broadcastShapes(t.shape, e.shape)),
      dtype: t.dtype,
    }),
    emit: (onnx, { condition, t, e }, _, output) => onnx.op('Where', [condition, t, e], {}, output),
  }),
  AddN: variadicKernel({
    type: ([first]) => first as Value, // tfjs refuses an empty addN
    emit: (onnx, inputs, _, output) => inputs.reduce((total, next) => sum(onnx, total, next, output)),
  }),
};
