import { expect, it } from 'vitest';
import { checkGraph } from '../../../src/engine/graph/check.ts';
import { GraphBuilder, type Node, type Value } from '../../../src/engine/graph/graph.ts';
import { type KernelGraph, type KernelOps, kernelTypes } from '../../../src/engine/kernels/registry.ts';

const type = { shape: [2], dtype: 'float32' } as const;

/** x + 1, and its parts to make faults of. */
function program() {
  const builder = new GraphBuilder<KernelOps>();
  const x = builder.input('x', type);
  const one = builder.constant(type, [1, 1]);
  const [y] = builder.node('Add', [x, one], {}, [type]) as [Value];
  const graph = builder.finish([['y', y]]);
  return { graph, x, one, y, node: graph.nodes[0] as Node<KernelOps> };
}

const faultOf = (graph: KernelGraph) => () => checkGraph(graph, 'under test', kernelTypes);
const stranger: Value = { id: 99, ...type };

it('finds nothing in a sound program', () => {
  expect(faultOf(program().graph)).not.toThrow();
});

it('finds a value that is used before it is defined', () => {
  const { graph, node, x } = program();
  expect(faultOf({ ...graph, nodes: [{ ...node, inputs: [x, stranger] }] })).toThrow(
    'internal: graph under test: Add uses %99 before it is defined',
  );
});

it('finds a value that is defined twice', () => {
  const { graph, node } = program();
  expect(faultOf({ ...graph, nodes: [node, node] })).toThrow('%2 is defined twice (Add)');
});

it('finds two values of one number', () => {
  const { graph, x, y } = program();
  expect(
    faultOf({
      ...graph,
      inputs: new Map([
        ['x', x],
        ['twin', { ...y }],
      ]),
    }),
  ).toThrow('%2 is defined twice (Add)');
});

it('finds a constant with too few numbers', () => {
  const { graph, one } = program();
  expect(faultOf({ ...graph, constants: new Map([[one, [1]]]) })).toThrow(
    'constant %1 is float32[2] but has 1 numbers',
  );
});

it('finds an output that its operator does not yield', () => {
  const { graph, node } = program();
  const wrong: Value = { id: 2, shape: [3], dtype: 'float32' };
  expect(faultOf({ ...graph, nodes: [{ ...node, outputs: [wrong] }], outputs: new Map([['y', wrong]]) })).toThrow(
    'Add yields float32[2], its output says float32[3]',
  );
});

it('finds a result that nothing defines', () => {
  const { graph } = program();
  expect(faultOf({ ...graph, outputs: new Map([['y', stranger]]) })).toThrow('output y is not defined');
});
