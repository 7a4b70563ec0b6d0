/** Who runs the step, and how each one's process is started. Knows nothing of what they say. */
import { join } from 'node:path';
import type { Size } from '../sizes.ts';

export interface Contender {
  readonly name: string;
  readonly says: string;
  /** Python package that it needs; none for our own. */
  readonly needs?: 'torch' | 'jax';
  /** It runs where it is named alone. */
  readonly onlyNamed?: true;
  /** Its step takes minutes: a single one is timed and compared. */
  readonly once?: true;
  command(place: Place): readonly [program: string, ...words: string[]];
}

/** What there is on this machine to start a contender with. */
export interface Place {
  readonly size: Size;
  /** Folder with problem.json and problem.f32. */
  readonly problem: string;
  /** The compiled tree that our own code runs from, and the folder with the sources. */
  readonly tree: string;
  readonly root: string;
  readonly python: string;
}

const ours = (name: string, engine: string, says: string, once?: true): Contender => ({
  name,
  says,
  ...(once && { once, onlyNamed: true }),
  command: ({ tree, size }) => [
    process.execPath,
    join(tree, 'test/bench/contenders/ours.js'),
    JSON.stringify(size),
    engine,
    ...(once ? ['once'] : []),
  ],
});

const peer = (name: string, needs: 'torch' | 'jax', says: string, script: string, ...words: string[]): Contender => ({
  name,
  says,
  needs,
  command: ({ python, root, problem }) => [python, join(root, 'test/bench/peers', script), problem, ...words],
});

/** On GPUs, which no other benchmark asks for; `gpu.sh` does. */
const onGpu = (contender: Contender): Contender => ({ ...contender, onlyNamed: true });

/** On points. The first is what the others are compared with. */
export const toyContenders: readonly Contender[] = [
  ours('compiled', 'onnx cpu', 'captured, compiled, eight steps a call, as trials run it'),
  ours('native', 'native cpu', 'captured, compiled to machine code by TypeScript'),
  ours('tfjs-wasm', 'tfjs wasm', 'TensorFlow.js kernel by kernel, WebAssembly'),
  ours('tfjs-cpu', 'tfjs cpu', 'TensorFlow.js kernel by kernel, plain JavaScript'),
  peer('torch', 'torch', 'PyTorch, eager autograd, fused Adam', 'torch_step.py'),
  peer('torch-compile', 'torch', 'PyTorch, the whole step in one torch.compile', 'torch_compile_step.py'),
  peer('jax', 'jax', 'JAX, the whole step in one jit', 'jax_step.py'),
  peer('jax-scan', 'jax', 'JAX, eight steps in one jit (lax.scan)', 'jax_step.py', '8'),
  peer('jax-scan-32', 'jax', 'JAX, 32 steps in one jit (lax.scan)', 'jax_step.py', '32'),
  ...['webgpu', 'cuda'].map((device) => onGpu(ours(device, `onnx ${device}`, `compiled, on ${device}`))),
  onGpu(peer('torch-gpu', 'torch', 'PyTorch, eager, on CUDA', 'torch_step.py', 'cuda')),
  ...[1, 8, 32, 128].map((trials) =>
    onGpu(
      peer(
        `jax-gpu-${trials}`,
        'jax',
        `JAX on CUDA, ${trials} trials by vmap`,
        'jax_step.py',
        '8',
        'cuda',
        `${trials}`,
      ),
    ),
  ),
];

/** On pictures; again the first is what the others are compared with. */
export const pictureContenders: readonly Contender[] = [
  ours('compiled', 'onnx cpu', 'captured, compiled, a step a call'),
  ours('native', 'native cpu', 'captured, compiled to machine code by TypeScript'),
  ours('tfjs-wasm', 'tfjs wasm', 'TensorFlow.js kernel by kernel, WebAssembly'),
  ours('tfjs-cpu', 'tfjs cpu', 'TensorFlow.js kernel by kernel, plain JavaScript', true),
  peer('torch', 'torch', 'PyTorch, eager autograd, fused Adam', 'torch_images.py'),
  peer('jax', 'jax', 'JAX, the whole step in one jit', 'jax_images.py'),
  ...['webgpu', 'cuda'].map((device) => onGpu(ours(device, `onnx ${device}`, `compiled, on ${device}`))),
  onGpu(peer('torch-gpu', 'torch', 'PyTorch, eager, on CUDA', 'torch_images.py', 'cuda')),
  onGpu(peer('jax-gpu', 'jax', 'JAX, the whole step in one jit, on CUDA', 'jax_images.py', 'cuda')),
];

export const howToInstall = { torch: 'pip install torch', jax: 'pip install jax' } as const;
