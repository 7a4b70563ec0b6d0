import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GraphBuilder, type Shape, type Value } from '../../../src/engine/graph/graph.ts';
import type { OnnxGraph, OnnxOp, OnnxOps } from '../../../src/engine/graph/onnx-operators.ts';
import { OnnxBuilder } from '../../../src/engine/kernels/onnx-builder.ts';
import { cancelTransposes } from '../../../src/engine/passes/cancel-transposes.ts';
import { dropDeadCode } from '../../../src/engine/passes/dead-code.ts';
import { printGraph } from '../graph/print.ts';
import { distance, normalNumbers, runOnnx } from '../harness.ts';

const toLast = [0, 2, 3, 1];
const toFirst = [0, 3, 1, 2];

/** A program over x `[2, 3, 4, 5]` (channels first) as the pass sees it: in the other order between two transposes. */
function between(write: (onnx: OnnxBuilder, x: Value) => Value, back = toFirst): OnnxGraph {
  const onnx = new OnnxBuilder();
  const x = onnx.input('x', { shape: [2, 3, 4, 5], dtype: 'float32' });
  const result = write(onnx, onnx.transpose(x, toLast));
  return onnx.finish([['y', result.shape.length === 4 ? onnx.transpose(result, back) : result]]);
}

const after = (graph: OnnxGraph) => dropDeadCode(cancelTransposes(graph));
const opsOf = (graph: OnnxGraph) => after(graph).nodes.map(({ op }) => op);
const unary = (onnx: OnnxBuilder, op: OnnxOp, x: Value) => onnx.op(op, [x], {}, x);

async function keepsNumbers(graph: OnnxGraph): Promise<void> {
  const shapes = Object.fromEntries([...graph.inputs].map(([name, { shape }]) => [name, shape]));
  const inputs = normalNumbers(shapes, 5);
  expect(distance(await runOnnx(after(graph), inputs), await runOnnx(graph, inputs))).toBeLessThan(1e-6);
}

describe('transposes that meet', () => {
  it('their inverse vanish', () => expect(opsOf(between((_, x) => x))).toEqual([]));

  it('another become one', async () => {
    const graph = between((_, x) => x, [3, 0, 1, 2]);
    expect(printGraph(after(graph))).toMatchInlineSnapshot(`
      "input  %0 x: float32[2,3,4,5]
      %1: float32[3,2,4,5] = Transpose(%0, perm=[1,0,2,3])
      return y = %1"
    `);
    await keepsNumbers(graph);
  });

  it('axes of one are reshapes, and reshapes of reshapes one', () => {
    const onnx = new OnnxBuilder();
    const x = onnx.input('x', { shape: [2, 1, 1, 5], dtype: 'float32' });
    expect(opsOf(onnx.finish([['y', onnx.reshape(onnx.transpose(x, toFirst), [10])]]))).toEqual(['Reshape']);
  });
});

describe('transposes move through', () => {
  const channel = (onnx: OnnxBuilder) => onnx.constant({ shape: [3], dtype: 'float32' }, [1, 2, 3]);

  it.each<[string, (onnx: OnnxBuilder, x: Value) => Value, string[]]>([
    ['an activation', (onnx, x) => unary(onnx, 'Relu', x), ['Relu']],
    ['a number', (onnx, x) => onnx.op('Mul', [x, onnx.scalar(2)], {}, x), ['Mul']],
    ['a number for each channel', (onnx, x) => onnx.op('Add', [channel(onnx), x], {}, x), ['Reshape', 'Add']],
    [
      'an operand moved alike',
      (onnx, x) => onnx.op('Mul', [unary(onnx, 'Relu', x), unary(onnx, 'Tanh', x)], {}, x),
      ['Relu', 'Tanh', 'Mul'],
    ],
    [
      'a spread operand, also where numbers were added to it',
      (onnx, x) => {
        const row = onnx.constant({ shape: [1, 1, 1, 3], dtype: 'float32' }, [1, 2, 3]);
        const spread = onnx.op('Expand', [row, onnx.integers(x.shape)], {}, x);
        return onnx.op('Mul', [onnx.op('Div', [spread, onnx.scalar(4)], {}, spread), x], {}, x);
      },
      ['Div', 'Reshape', 'Mul'],
    ],
    ['bounds', (onnx, x) => onnx.op('Clip', [x, onnx.scalar(-1), onnx.scalar(1)], {}, x), ['Clip']],
    [
      'a join and a split along channels',
      (onnx, x) => {
        const twice = onnx.op('Concat', [x, x], { axis: 3 }, { shape: [2, 4, 5, 6], dtype: 'float32' });
        const part = { shape: [2, 4, 5, 2], dtype: 'float32' } as const;
        const [, second] = onnx.ops('Split', [twice, onnx.integers([2, 2, 2])], { axis: 3 }, [part, part, part]);
        return unary(onnx, 'Neg', second as Value);
      },
      ['Concat', 'Split', 'Neg'],
    ],
    [
      'a sum over places',
      (onnx, x) =>
        onnx.op('ReduceSum', [x, onnx.integers([0, 1, 2])], { keepdims: 0 }, { shape: [3], dtype: 'float32' }),
      ['ReduceSum'],
    ],
    [
      'a mean that keeps its axes',
      (onnx, x) =>
        onnx.op('ReduceMean', [x], { axes: [0, 1, 2], keepdims: 1 }, { shape: [1, 1, 1, 3], dtype: 'float32' }),
      ['ReduceMean'],
    ],
    [
      'a maximum over channels',
      (onnx, x) => onnx.op('ReduceMax', [x], { axes: [3], keepdims: 0 }, { shape: [2, 4, 5], dtype: 'float32' }),
      ['ReduceMax'],
    ],
  ])('%s', async (_, write, ops) => {
    const graph = between(write);
    expect(opsOf(graph)).toEqual(ops);
    await keepsNumbers(graph);
  });

  it('but not through an operand that would need one of its own', async () => {
    const other = (onnx: OnnxBuilder) => onnx.input('z', { shape: [2, 4, 5, 3], dtype: 'float32' });
    const graph = between((onnx, x) => onnx.op('Add', [x, other(onnx)], {}, x));
    expect(opsOf(graph)).toEqual(['Transpose', 'Add', 'Transpose']);
    await keepsNumbers(graph);
  });
});

it('reductions over any axes keep their numbers, whatever order the axes are in', () =>
  fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
      fc.subarray([0, 1, 2, 3], { minLength: 1 }),
      fc.boolean(),
      async (perm, axes, keep) => {
        const onnx = new OnnxBuilder();
        const x = onnx.transpose(onnx.input('x', { shape: [2, 3, 4, 5], dtype: 'float32' }), perm);
        const kept: Shape = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
        const shape = keep ? kept : kept.filter((_, axis) => !axes.includes(axis));
        const type = { shape, dtype: 'float32' } as const;
        const sum = onnx.op('ReduceSum', [x, onnx.integers(axes)], { keepdims: keep ? 1 : 0 }, type);
        await keepsNumbers(onnx.finish([['y', onnx.op('Neg', [sum], {}, sum)]]));
      },
    ),
    { numRuns: 25, seed: 3 },
  ));

it('leaves programs without transposes as they are', () => {
  const builder = new GraphBuilder<OnnxOps>();
  const x = builder.input('x', { shape: [2], dtype: 'float32' });
  const graph = builder.finish([['y', x]]);
  expect(cancelTransposes(graph)).toBe(graph);
});
