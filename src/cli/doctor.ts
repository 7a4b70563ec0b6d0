/** `doctor`: what this machine has, whether the compiled engine computes, and the command for what is missing. */
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { ExitCode } from './exit.ts';

interface Finding {
  readonly what: string;
  readonly state: 'ok' | 'missing' | 'broken';
  readonly says: string;
  /** Whether modebench can train without it. */
  readonly optional?: boolean;
}

const oldestNode = [20, 19] as const;

/** Prints one line a finding; exit code 1 where something that training needs is missing or broken. `root` is the project's folder. */
export async function doctor(root: string): Promise<number> {
  const findings = [nodeVersion(), machine(), ...packages(root), await onnxruntime(), tensorflowNative(root)];
  const widest = Math.max(...findings.map(({ what }) => what.length));
  for (const { what, state, says } of findings) console.log(`${state.padEnd(7)}  ${what.padEnd(widest)}  ${says}`);
  const ill = findings.filter(({ state, optional }) => state !== 'ok' && !optional);
  console.log(ill.length === 0 ? '\nReady: npm run exp -- grid25 --seeds 5' : '\nNot ready: see above.');
  return ill.length === 0 ? ExitCode.done : ExitCode.failed;
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isNew = major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1]);
  const says = `${process.versions.node} on ${process.platform} ${process.arch}`;
  if (isNew) return { what: 'Node', state: 'ok', says };
  return {
    what: 'Node',
    state: 'broken',
    says: `${says}; ${oldestNode.join('.')} or newer is needed: https://nodejs.org`,
  };
}

function machine(): Finding {
  const memory = (totalmem() / 2 ** 30).toFixed(1);
  return { what: 'machine', state: 'ok', says: `${availableParallelism()} cores, ${memory} GiB of memory` };
}

/** The declared packages against the installed ones. */
function packages(root: string): Finding[] {
  const { dependencies } = readJson<{ dependencies: Record<string, string> }>(join(root, 'package.json'));
  const wrong = Object.entries(dependencies).flatMap(([name, wanted]) => {
    const installed = installedVersion(root, name);
    return installed === wanted ? [] : [`${name} ${wanted} (${installed ?? 'not there'})`];
  });
  const total = Object.keys(dependencies).length;
  if (wrong.length === 0) return [{ what: 'packages', state: 'ok', says: `${total} as declared` }];
  return [{ what: 'packages', state: 'missing', says: `${wrong.join(', ')}; run npm install` }];
}

/** Runs y = x · x, which takes the native library, the model format and a session. */
async function onnxruntime(): Promise<Finding> {
  const what = 'engine onnx';
  try {
    const { env, listSupportedBackends } = await import('onnxruntime-node');
    const { openSession, tensor } = await import('../engine/session.ts');
    const session = await openSession(await squareModel(), 'cpu');
    const { y } = await session.run({ x: tensor(Float32Array.of(1, 2, 3), [3]) });
    const squares = [...((y?.data ?? []) as Float32Array)].join(' '); // the model says float32
    if (squares !== '1 4 9') return { what, state: 'broken', says: `squares of 1 2 3 came out as ${squares}` };
    const devices = listSupportedBackends()
      .filter(({ bundled }) => bundled)
      .map(({ name }) => name);
    return {
      what,
      state: 'ok',
      says: `onnxruntime ${env.versions.node ?? '?'} computes on cpu; the package brings ${devices.join(', ')}`,
    };
  } catch (error) {
    return { what, state: 'broken', says: `${firstLine(error)}; try npm install` };
  }
}

async function squareModel(): Promise<Uint8Array> {
  const { GraphBuilder } = await import('../engine/graph.ts');
  const { encodeOnnx } = await import('../engine/onnx-file.ts');
  const graph = new GraphBuilder();
  const type = { dtype: 'float32', shape: [3] } as const;
  const x = graph.input('x', type);
  const [y] = graph.node('Mul', [x, x], {}, [type]);
  return encodeOnnx(graph.finish(y ? [['y', y]] : []));
}

/** TensorFlow's own library, which needs an install script that `npm install` does not run. */
function tensorflowNative(root: string): Finding {
  const folder = join(root, 'node_modules/@tensorflow/tfjs-node-gpu');
  const what = 'tfjs-node-gpu';
  const hint = 'npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false';
  if (existsSync(join(folder, 'lib/napi-v8/tfjs_binding.node'))) {
    return {
      what,
      state: 'ok',
      says: `native part of ${installedVersion(root, '@tensorflow/tfjs-node-gpu')} is there`,
      optional: true,
    };
  }
  return { what, state: 'missing', says: `optional; its native part: ${hint}`, optional: true };
}

function installedVersion(root: string, name: string): string | undefined {
  const path = join(root, 'node_modules', name, 'package.json');
  return existsSync(path) ? readJson<{ version: string }>(path).version : undefined;
}

/** Our own files and npm's: their shape is known. */
function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function firstLine(error: unknown): string {
  return String(error instanceof Error ? error.message : error).split('\n')[0] ?? '';
}
