import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../src/engine/graph/graph.ts';
import type { OnnxOps } from '../../../src/engine/graph/onnx-operators.ts';
import { flushedRuns } from '../../../src/engine/onnx/flushed.ts';
import { encodeOnnx } from '../../../src/engine/onnx/onnx-file.ts';
import { openSession, tensor } from '../../../src/engine/onnx/session.ts';

/** Arithmetic of JavaScript that is 0 where denormal numbers are taken as zero. */
const keepsDenormals = (): boolean => {
  const [tiny = 0, small = 0] = new Float64Array([Number.MIN_VALUE, 2 ** -1070]);
  return tiny * 2 + small === 2 ** -1073 + 2 ** -1070;
};

async function doubling() {
  const graph = new GraphBuilder<OnnxOps>();
  const type = { dtype: 'float32', shape: [2] } as const;
  const x = graph.input('x', type);
  return openSession(encodeOnnx(graph.finish(graph.node('Add', [x, x], {}, [type]).map((y) => ['y', y]))), 'cpu');
}

const posix = process.arch === 'x64' && process.platform !== 'win32';

describe.skipIf(!posix)('runs of onnxruntime', () => {
  it('take denormal numbers as zero, and leave them to JavaScript as they were: before, between and after', async () => {
    expect(await flushedRuns()).toBeDefined();
    const session = await doubling();
    expect(keepsDenormals()).toBe(true);
    const seen: boolean[] = [];
    const look = () => seen.push(keepsDenormals());
    for (let run = 0; run < 3; run++) {
      setImmediate(look);
      const all = [1, 2].map((one) => session.run({ x: tensor(Float32Array.of(2 ** -140, one), [2]) }));
      setImmediate(look);
      const [first, second] = await Promise.all(all);
      look();
      await new Promise(setImmediate);
      expect([first?.y?.data, second?.y?.data]).toEqual([Float32Array.of(0, 2), Float32Array.of(0, 4)]);
    }
    expect(seen).toEqual(Array(9).fill(true));
    await session.release();
  });

  it('that are refused leave it, too', async () => {
    const session = await doubling();
    await expect(session.run({ x: tensor(Float32Array.of(1), [1]) })).rejects.toThrow();
    expect(keepsDenormals()).toBe(true);
    await expect(session.run({ y: tensor(Float32Array.of(1, 2), [2]) })).rejects.toThrow();
    await new Promise(setImmediate);
    expect(keepsDenormals()).toBe(true);
    await session.release();
  });
});
