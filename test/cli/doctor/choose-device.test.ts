/** `--engine` and `--device`: names, the choice of `auto`, and what is said of it. */
import { describe, expect, it } from 'vitest';
import {
  checkEngine,
  chooseDevice,
  leaveDevice,
  type Surroundings,
  stepLike,
  type Wanted,
} from '../../../src/cli/doctor/choose-device.ts';
import type { TryResult } from '../../../src/engine/devices/try-device.ts';
import { pictureSpec } from '../../trial/picture-specs.ts';
import { smallSpec } from '../../trial/specs.ts';
import { scratch } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

/** A Linux machine with an NVIDIA GPU, whose devices fare as told. */
function surroundings(
  outcomes: Readonly<Record<string, TryResult>>,
  files = ['/dev/nvidia0'],
  { fault, arch = 'x64' }: { readonly fault?: string; readonly arch?: string } = {},
) {
  const tried: string[] = [];
  const around: Surroundings = {
    machine: {
      platform: 'linux',
      arch,
      env: {},
      exists: (path) => files.some((file) => path.endsWith(file)),
      packageFolder: (name) => `/packages/${name}`,
      list: () => [],
    },
    attempt: async ({ engine, device, steps }) => {
      tried.push(`${device} ${steps.map(({ kind }) => kind).join()}`.trim());
      return outcomes[`${engine} ${device}`] ?? outcomes[device] ?? { fault: 'no adapter', timings: [] };
    },
    fault: async () => fault,
  };
  return { around, tried };
}
const took = (milliseconds: number): TryResult => ({ timings: [{ milliseconds }] });

describe('names', () => {
  it.each([
    ['onx', 'auto', "--engine: expected auto, onnx, native or tfjs, got 'onx'; did you mean 'onnx'?"],
    [
      'onnx',
      'webgp',
      "--device: expected auto, cpu, webgpu, cuda, coreml, directml for the engine onnx, got 'webgp'; did you mean 'webgpu'?",
    ],
    [
      'onnx',
      'wasm',
      "--device: expected auto, cpu, webgpu, cuda, coreml, directml for the engine onnx, got 'wasm'; of the engine tfjs: --engine tfjs --device wasm",
    ],
    [
      'auto',
      'wasm',
      "--device: expected auto, cpu, webgpu, cuda, coreml, directml for the engine auto, got 'wasm'; of the engine tfjs: --engine tfjs --device wasm",
    ],
    ['tfjs', 'gpu-node', "--device: expected auto, cpu, wasm, node-gpu, node-cpu for the engine tfjs, got 'gpu-node'"],
  ])('%s %s', (engine, device, message) => {
    expect(() => checkEngine({ engine, device })).toThrow(message);
  });

  it('of the right ones pass', () => {
    expect(checkEngine({ engine: 'tfjs', device: 'node-gpu' })).toEqual({ engine: 'tfjs', device: 'node-gpu' });
    expect(checkEngine({ engine: 'onnx', device: 'auto' })).toEqual({ engine: 'onnx', device: 'auto' });
  });
});

describe('auto', () => {
  const auto = { engine: 'onnx', device: 'auto' } as const;
  const toy = { like: smallSpec('gan') };

  it('tries nothing where the machine shows no sign of a GPU', async () => {
    const { around, tried } = surroundings({}, []);
    expect(await chooseDevice(auto, toy, around)).toEqual({
      engine: 'onnx',
      device: 'cpu',
      note: 'device cpu: this machine shows no sign of a GPU',
    });
    expect(tried).toEqual([]);
  });

  it('takes the processor where nothing else works, and says why', async () => {
    const { around, tried } = surroundings({ cpu: took(0.213) });
    const { device, note } = await chooseDevice(auto, toy, around);
    expect(device).toBe('cpu');
    expect(note).toBe('device cpu: 0.21 ms a small step (webgpu: no adapter, cuda: not installed)');
    expect(tried).toEqual(['cpu dense', 'webgpu dense']);
  });

  it('takes the fastest', async () => {
    const files = ['/dev/nvidia0', 'libonnxruntime_providers_cuda.so'];
    const { around } = surroundings({ cpu: took(12.5), webgpu: took(1.2), cuda: took(0.8) }, files);
    const { device, note } = await chooseDevice(auto, toy, around);
    expect(device).toBe('cuda');
    expect(note).toBe('device cuda: 0.80 ms a small step (webgpu: 1.20 ms, cpu: 12.5 ms)');
  });

  it('passes over one that works and cannot do the step', async () => {
    const { around, tried } = surroundings({ cpu: took(3), wasm: { timings: [{ fault: 'lacks the kernel X' }] } });
    const pictures = { like: pictureSpec('gan', { set: 'shapes', measures: [] }) };
    const { device, note } = await chooseDevice({ engine: 'tfjs', device: 'auto' }, pictures, around);
    expect([device, note]).toEqual(['cpu', 'device cpu: 3.00 ms a small step (wasm: lacks the kernel X)']);
    expect(tried).toEqual(['cpu convolutional', 'wasm convolutional']);
  });

  it('is refused where nothing works', async () => {
    const { around } = surroundings({});
    await expect(chooseDevice(auto, toy, around)).rejects.toThrow(
      '--device auto: none works (cpu: no adapter, webgpu: no adapter, cuda: not installed); npm run doctor says more',
    );
  });

  it('is left to those who run the trials', () => {
    expect(leaveDevice(auto)).toMatchObject({ device: 'cpu', note: expect.stringContaining('whoever runs a trial') });
    expect(leaveDevice({ engine: 'onnx', device: 'cuda' })).toEqual({ engine: 'onnx', device: 'cuda' });
  });

  it("compares by steps of the experiment's kind, and of its size within bounds", () => {
    expect(stepLike('onnx', toy.like)).toEqual({ kind: 'dense', hidden: [8, 8], batch: 16 });
    const large = smallSpec('gan', 0, {
      nets: { ...toy.like.nets, kind: 'mlp', hidden: [900, 40] } as typeof toy.like.nets,
    });
    expect(stepLike('onnx', large)).toEqual({ kind: 'dense', hidden: [512, 40], batch: 16 });
    expect(stepLike('tfjs', large)).toMatchObject({ hidden: [64, 40] });
    const pictures = pictureSpec('gan', { set: 'shapes', measures: [] });
    expect(stepLike('onnx', pictures)).toEqual({ kind: 'convolutional', side: 8, width: 2, batch: 6 });
    expect(stepLike('onnx')).toEqual({ kind: 'dense', hidden: [64, 64, 64], batch: 128 });
  });
});

describe('the engine auto', () => {
  const auto = { engine: 'auto', device: 'auto' } as const;
  const [native, onnx] = [
    { engine: 'native', device: 'cpu' },
    { engine: 'onnx', device: 'cpu' },
  ] as const;
  const noGpu = 'device cpu: this machine shows no sign of a GPU';
  const toy = smallSpec('gan');

  it('takes machine code where it runs, with onnxruntime for what it lacks', async () => {
    const { around, tried } = surroundings({}, []);
    expect(await chooseDevice(auto, { like: toy }, around)).toEqual({ ...native, instead: onnx, note: noGpu });
    expect(await chooseDevice({ ...auto, device: 'cpu' }, { like: toy }, around)).toEqual({ ...native, instead: onnx });
    expect(tried).toEqual([]);
  });

  it.each<[string, Parameters<typeof surroundings>[2], Wanted, string]>([
    ['without the processor for it', { fault: 'needs AVX2 and FMA' }, { like: toy }, 'native: needs AVX2 and FMA'],
    [
      'of another architecture',
      { arch: 'arm64' },
      { like: toy },
      'native: no code for linux arm64, but for linux x64 and darwin x64',
    ],
    ['where trials are stacked', {}, { like: toy, stacks: true }, 'native: trains each trial by itself (--stack)'],
  ])('takes onnxruntime %s, and says why', async (_, change, wanted, why) => {
    const { around } = surroundings({}, [], change);
    expect(await chooseDevice(auto, wanted, around)).toEqual({ ...onnx, note: `engine onnx (${why}); ${noGpu}` });
  });

  it('takes the fastest of the devices of both', async () => {
    const { around } = surroundings({ 'native cpu': took(0.3), 'onnx cpu': took(0.9), webgpu: took(0.2) });
    const best = await chooseDevice(auto, { like: toy }, around);
    const note =
      'onnx on webgpu: 0.20 ms a small step (native on cpu: 0.30 ms, onnx on cpu: 0.90 ms, onnx on cuda: not installed)';
    expect(best).toEqual({ engine: 'onnx', device: 'webgpu', instead: native, note });
    const slow = surroundings({ 'native cpu': took(0.3), 'onnx cpu': took(0.9), webgpu: took(2) });
    expect(await chooseDevice(auto, { like: toy }, slow.around)).toMatchObject({ ...native, instead: onnx });
  });

  it('takes no other device than the one that is named', async () => {
    const { around } = surroundings({ webgpu: { timings: [] } });
    expect(await chooseDevice({ ...auto, device: 'webgpu' }, { like: toy }, around)).toEqual({
      engine: 'onnx',
      device: 'webgpu',
    });
  });

  it('is left to those who run the trials', () => {
    expect(leaveDevice(auto)).toMatchObject({ engine: 'onnx', note: expect.stringContaining('native') });
  });
});

describe('an engine by its name', () => {
  it('that does not run here is refused in one line', async () => {
    const named = { engine: 'native', device: 'auto' } as const;
    const refused = (change: Parameters<typeof surroundings>[2]) =>
      expect(chooseDevice(named, {}, surroundings({}, [], change).around)).rejects;
    await refused({ fault: 'needs AVX2 and FMA, which this processor lacks' }).toThrow(
      '--engine native: needs AVX2 and FMA, which this processor lacks; --engine onnx runs everywhere',
    );
    await refused({ arch: 'arm64' }).toThrow(
      '--engine native: no code for linux arm64, but for linux x64 and darwin x64; npm run doctor',
    );
  });
});

describe('a device by its name', () => {
  it('is tried without a clock, the processor not at all', async () => {
    const { around, tried } = surroundings({ webgpu: { timings: [] } });
    const named = (device: string) => chooseDevice({ engine: 'onnx', device }, {}, around);
    expect(await named('cpu')).toEqual({ engine: 'onnx', device: 'cpu' });
    expect(await named('webgpu')).toEqual({ engine: 'onnx', device: 'webgpu' });
    expect(tried).toEqual(['webgpu']);
  });

  it('that does not work is refused with what helps', async () => {
    const { around } = surroundings({}, ['/dev/dri/renderD128']);
    await expect(chooseDevice({ engine: 'onnx', device: 'webgpu' }, {}, around)).rejects.toThrow(
      '--device webgpu: no adapter; sudo apt-get install libvulkan1 mesa-vulkan-drivers',
    );
  });

  it.each([
    [
      ['--device', 'directml'],
      /^modebench: --device directml: on Windows only, this is \w+ \w+; npm run doctor[^\n]*\n$/,
    ],
    [
      ['--engine', 'tfjs', '--device', 'node-gpu'],
      /^modebench: --device node-gpu: its native part is not installed; npm rebuild @tensorflow\/tfjs-node-gpu --ignore-scripts=false\n$/,
    ],
  ])('that is not there ends the command before anything is written: %j', async (words, message) => {
    const store = `${scratch()}/results`;
    const { code, stdout, stderr } = await runHere('exp', 'grid25', ...words, '--store', store);
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
