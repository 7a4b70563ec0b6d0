/** What machines show of their devices, and trials in processes that answer, fail, crash and hang. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { compileTree } from '../../../bin/compile.mjs';
import { shortFault } from '../../../src/engine/devices/fault-text.ts';
import type { Machine } from '../../../src/engine/devices/machine.ts';
import { tryDevice } from '../../../src/engine/devices/try-device.ts';
import {
  allDevices,
  type DeviceName,
  devicesOf,
  type EngineName,
  engineNames,
  findDevice,
} from '../../../src/engine/engines.ts';
import { onnxDevice } from '../../../src/engine/onnx/onnx-devices.ts';
import { scratch } from '../../cli/run-cli.ts';

/** A machine with these files, on which every package lies in /packages. */
function machine(files: readonly string[], change: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    arch: 'x64',
    env: {},
    exists: (path) => files.includes(path),
    packageFolder: (name) => `/packages/${name}`,
    list: (folder) =>
      files
        .filter((file) => file.startsWith(`${folder}/`))
        .map((file) => file.slice(folder.length + 1).split('/')[0] ?? ''),
    ...change,
  };
}

const cuda = '/packages/onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime_providers_cuda.so';
const tensorflow = '/packages/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node';
const render = '/dev/dri/renderD128';

describe('a machine', () => {
  it.each<[string, Machine, readonly DeviceName[], readonly DeviceName[]]>([
    ['without a GPU', machine([]), ['cpu'], ['cpu', 'wasm']],
    ['with one', machine([render]), ['cpu', 'webgpu'], ['cpu', 'wasm']],
    [
      'whose Vulkan is named',
      machine([], { env: { VK_ICD_FILENAMES: '/x.json' } }),
      ['cpu', 'webgpu'],
      ['cpu', 'wasm'],
    ],
    ['with one of NVIDIA', machine(['/dev/nvidiactl']), ['cpu', 'webgpu', 'cuda'], ['cpu', 'wasm']],
    ['with libtensorflow', machine([tensorflow]), ['cpu'], ['cpu', 'wasm', 'node-cpu']],
    [
      'with all of it',
      machine(['/dev/nvidia0', cuda, tensorflow]),
      ['cpu', 'webgpu', 'cuda'],
      ['cpu', 'wasm', 'node-gpu', 'node-cpu'],
    ],
    ['of Apple', machine([], { platform: 'darwin', arch: 'arm64' }), ['cpu', 'webgpu', 'coreml'], ['cpu', 'wasm']],
    ['with Windows', machine([], { platform: 'win32' }), ['cpu', 'webgpu', 'directml'], ['cpu', 'wasm']],
  ])('%s: what is worth a trial', (_, here, onnx, tfjs) => {
    const candidates = (engine: EngineName, machine: Machine) =>
      devicesOf(engine).flatMap(({ name, isCandidate }) => (isCandidate(machine) ? [name] : []));
    expect(candidates('onnx', here)).toEqual(onnx);
    expect(candidates('tfjs', here)).toEqual(tfjs);
  });

  it('says what a device lacks, and the command that installs it', () => {
    const lacks = (here: Machine) => Object.fromEntries(allDevices.map(({ name, lack }) => [name, lack(here)]));
    const bare = lacks(machine([]));
    expect(bare).toMatchObject({
      cpu: undefined,
      webgpu: undefined,
      cuda: {
        reason: 'not installed',
        command: 'npm rebuild onnxruntime-node --ignore-scripts=false --onnxruntime-node-install=cuda12',
      },
      coreml: { reason: 'on macOS only, this is linux x64' },
      directml: { reason: 'on Windows only, this is linux x64' },
      wasm: undefined,
      'node-gpu': { command: 'npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false' },
      'node-cpu': { command: 'npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false' },
    });
    expect(lacks(machine([cuda, tensorflow]))).toMatchObject({ cuda: undefined, 'node-gpu': undefined });
    expect(lacks(machine([], { packageFolder: () => undefined }))['node-gpu']?.command).toMatch(
      /^npm install --ignore-scripts @tensorflow\/tfjs-node-gpu@.* && npm rebuild /,
    );
    const arm = lacks(machine([cuda], { arch: 'arm64' }));
    expect(arm.webgpu).toEqual({ reason: 'onnxruntime-node brings none for linux arm64' });
    expect(arm.cuda).toEqual({ reason: 'on linux x64 only, this is linux arm64' });
  });

  it('has a card for every device, whose name is its own within the engine', () => {
    for (const engine of engineNames) {
      const names = devicesOf(engine).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
    for (const { description, engine, name } of allDevices) {
      expect(description).not.toBe('');
      expect(findDevice(engine as EngineName, name)).toMatchObject({ engine, name });
    }
  });

  it('says what helps where WebGPU finds no adapter', () => {
    const install = 'sudo apt-get install libvulkan1 mesa-vulkan-drivers';
    expect(onnxDevice('webgpu').remedy(machine([render]))).toBe(install);
    expect(onnxDevice('webgpu').remedy(machine([]))).toBe(`this machine shows no GPU; where there is one: ${install}`);
    expect(onnxDevice('webgpu').remedy(machine(['/dev/nvidia0']))).toContain("NVIDIA's driver");
    expect(onnxDevice('webgpu').remedy(machine([], { platform: 'win32' }))).toContain('driver');
  });
});

it.each([
  [
    'x.cc:136 f() adapter_result.status == Success was false. Failed to get a WebGPU adapter: No supported adapters\n',
    '',
    'no adapter',
  ],
  [
    'Failed to load shared library',
    'error: libcublas.so.12: cannot open shared object file',
    'cannot load libcublas.so.12',
  ],
  ["Kernel 'Conv2DBackpropFilter' not registered for backend 'wasm'", '', 'lacks the kernel Conv2DBackpropFilter'],
  ['a.cc:1 g() n == m was false. The sizes differ\nmore', '', 'The sizes differ'],
  ['x'.repeat(300), '', `${'x'.repeat(119)}…`],
  ['', '', 'failed without a word'],
])('a fault in few words: %#', (message, printed, says) => {
  expect(shortFault(message, printed)).toBe(says);
});

describe('a trial in a process of its own', () => {
  let own: string;
  beforeAll(async () => {
    own = join(
      await compileTree(fileURLToPath(new URL('../../..', import.meta.url))),
      'src/engine/devices/try-child.js',
    );
  });
  const dense = { kind: 'dense', hidden: [8], batch: 4 } as const;
  const convolutional = { kind: 'convolutional', side: 8, width: 2, batch: 2 } as const;
  const wish = { engine: 'onnx', device: 'cpu', steps: [dense] } as const;

  /** An entry that does this with what it is sent. */
  function entry(body: string): string {
    const path = join(scratch(), 'entry.mjs');
    writeFileSync(path, `process.on('message', (wish) => { ${body} });\n`);
    return path;
  }
  const works = `process.send({ kind: 'works' });`;

  it('times the processor, for dense and for convolutional nets', async () => {
    const { fault, timings } = await tryDevice({ ...wish, steps: [dense, convolutional] }, { entry: own });
    expect(fault).toBeUndefined();
    expect(timings).toEqual([{ milliseconds: expect.any(Number) }, { milliseconds: expect.any(Number) }]);
    for (const timing of timings) expect('milliseconds' in timing && timing.milliseconds).toBeGreaterThan(0);
  }, 30_000);

  it('says which kernel tfjs lacks on wasm, and times what it has', async () => {
    const tried = await tryDevice({ engine: 'tfjs', device: 'wasm', steps: [dense, convolutional] }, { entry: own });
    expect(tried).toEqual({
      timings: [{ milliseconds: expect.any(Number) }, { fault: 'lacks the kernel Conv2DBackpropFilter' }],
    });
  }, 30_000);

  it.runIf(process.platform === 'linux')('says that a device of another platform does not work', async () => {
    const tried = await tryDevice({ engine: 'onnx', device: 'directml', steps: [] }, { entry: own });
    expect(tried).toMatchObject({ fault: expect.stringContaining('[dml] backend not found'), timings: [] });
  });

  it('survives one that crashes', async () => {
    const crash = entry(`process.kill(process.pid, 'SIGSEGV')`);
    expect(await tryDevice(wish, { entry: crash })).toEqual({ fault: 'its process ended by SIGSEGV', timings: [] });
    const leave = entry('process.exit(3)');
    expect(await tryDevice(wish, { entry: leave })).toEqual({ fault: 'its process ended with code 3', timings: [] });
  });

  it('ends one that hangs, at once or in its step', async () => {
    const hang = entry('for (;;);');
    const late = { fault: 'no answer within 1 s' };
    expect(await tryDevice(wish, { entry: hang, seconds: 1 })).toEqual({ ...late, timings: [] });
    const half = entry(`${works} process.send({ kind: 'timed', milliseconds: 2 }, () => { for (;;); });`);
    expect(await tryDevice({ ...wish, steps: [dense, dense] }, { entry: half, seconds: 1 })).toEqual({
      timings: [{ milliseconds: 2 }, late],
    });
  });

  it('does not take a message for more than it is where a process dies in its step', async () => {
    const dies = entry(`${works} setTimeout(() => process.kill(process.pid, 'SIGABRT'), 50);`);
    expect(await tryDevice(wish, { entry: dies })).toEqual({ timings: [{ fault: 'its process ended by SIGABRT' }] });
  });
});
