/**
 * Entry of the process in which a device is tried: opens it, has it compute squares, times the steps that are asked for.
 * It may crash or hang with its driver; that is why it is a process. What it finds out it says at once, message by message.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { Engine } from '../engine.ts';
import type { OnnxDevice, TfjsDevice } from './devices.ts';
import type { Wish, Word } from './try-device.ts';

process.on('disconnect', () => process.exit());
process.once('message', (wish: Wish) => void answer(wish));

async function answer(wish: Wish): Promise<void> {
  try {
    await (wish.engine === 'onnx' ? squareOnnx(wish.device) : squareTfjs(wish.device));
    say({ kind: 'works' });
  } catch (error) {
    return say({ kind: 'fails', message: text(error) }, true);
  }
  for (const step of wish.steps) {
    try {
      const { timeStep } = await import('./probe-steps.ts');
      say({ kind: 'timed', milliseconds: await timeStep(await open(wish), step) });
    } catch (error) {
      say({ kind: 'untimed', message: text(error) });
    }
  }
  say({ kind: 'done' }, true);
}

async function open(wish: Wish): Promise<Engine> {
  if (wish.engine === 'onnx') return (await import('../onnx/onnx-engine.ts')).compiledEngine(wish.device);
  return (await import('../tfjs/tfjs-engine.ts')).eagerEngine(wish.device);
}

/** Without tfjs, which takes longer to load than this to run. */
async function squareOnnx(device: OnnxDevice): Promise<void> {
  const { openSession, tensor } = await import('../onnx/session.ts');
  const { GraphBuilder } = await import('../graph/graph.ts');
  const { encodeOnnx } = await import('../onnx/onnx-file.ts');
  const graph = new GraphBuilder();
  const type = { dtype: 'float32', shape: [3] } as const;
  const x = graph.input('x', type);
  const [square] = graph.node('Mul', [x, x], {}, [type]);
  const session = await openSession(encodeOnnx(graph.finish(square ? [['y', square]] : [])), device);
  const { y } = await session.run({ x: tensor(Float32Array.of(1, 2, 3), [3]) });
  check(y?.data as Float32Array | undefined); // the model says float32
}

async function squareTfjs(device: TfjsDevice): Promise<void> {
  const { eagerEngine } = await import('../tfjs/tfjs-engine.ts');
  const tf = await import('@tensorflow/tfjs');
  const engine = await eagerEngine(device);
  const signature = { state: {}, inputs: { x: [3] } };
  const step = await engine.prepare(({ x }) => ({ y: tf.square(x as Tensor) }), signature); // the signature has x
  check((await step.run({ x: Float32Array.of(1, 2, 3) })).y);
}

function check(squares: Float32Array | undefined): void {
  const got = squares?.join(' ');
  if (got !== '1 4 9') throw new Error(`the squares of 1 2 3 came out as ${got}`);
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Leaves once the last word is said: a driver's threads would keep the process. */
function say(word: Word, last = false): void {
  process.send?.(word, undefined, undefined, () => {
    if (last) process.exit();
  });
}
