/**
 * The devices of both engines: their names, and what a machine must have for each, as far as files and names can tell.
 * Whether one works is found out by trying it (`devices-try.ts`). Imports no runtime: the command line starts with this.
 */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export const devices = {
  onnx: ['cpu', 'webgpu', 'cuda', 'coreml', 'directml'],
  tfjs: ['cpu', 'wasm', 'node-gpu', 'node-cpu'],
} as const;

export type EngineName = keyof typeof devices;
export type OnnxDevice = (typeof devices.onnx)[number];
export type TfjsDevice = (typeof devices.tfjs)[number];
export type DeviceName = OnnxDevice | TfjsDevice;

/** What is asked of a machine, so that tests can describe one. */
export interface Machine {
  readonly platform: string;
  readonly arch: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (path: string) => boolean;
  /** Folder of an installed npm package; `undefined` where it is not there. */
  readonly packageFolder: (name: string) => string | undefined;
  /** Names in a folder; none where it is not there. */
  readonly list: (folder: string) => readonly string[];
}

/** Why a device cannot be there. */
export interface Lack {
  /** A few words: `not installed`. */
  readonly reason: string;
  /** What installs it; absent where nothing can on this machine. */
  readonly command?: string;
}

export const installCuda =
  'npm rebuild onnxruntime-node --ignore-scripts=false --onnxruntime-node-install=cuda12' as const;
export const installTensorflow = 'npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false' as const;

const installVulkan = 'sudo apt-get install libvulkan1 mesa-vulkan-drivers';

const bringsWebgpu = ['linux x64', 'darwin arm64', 'win32 x64', 'win32 arm64'];

/** What keeps a device from being tried; `undefined` where nothing that can be seen does. */
export function lackOf(device: DeviceName, machine: Machine): Lack | undefined {
  const here = `${machine.platform} ${machine.arch}`;
  const only = (platform: string) => ({ reason: `on ${platform} only, this is ${here}` });
  switch (device) {
    case 'cpu':
    case 'wasm':
      return undefined;
    case 'webgpu':
      return bringsWebgpu.includes(here) ? undefined : { reason: `onnxruntime-node brings none for ${here}` };
    case 'cuda':
      if (here !== 'linux x64') return only('linux x64');
      return machine.exists(join(onnxruntimeFolder(machine), 'libonnxruntime_providers_cuda.so'))
        ? undefined
        : { reason: 'not installed', command: installCuda };
    case 'coreml':
      return machine.platform === 'darwin' ? undefined : only('macOS');
    case 'directml':
      return machine.platform === 'win32' ? undefined : only('Windows');
    case 'node-gpu':
    case 'node-cpu': {
      const folder = machine.packageFolder('@tensorflow/tfjs-node-gpu');
      if (folder === undefined) return { reason: '@tensorflow/tfjs-node-gpu is not installed', command: 'npm install' };
      const binding = (version: string) => join(folder, 'lib', version, 'tfjs_binding.node');
      const built = machine.list(join(folder, 'lib')).some((version) => machine.exists(binding(version)));
      return built ? undefined : { reason: 'its native part is not installed', command: installTensorflow };
    }
    default:
      return device satisfies never;
  }
}

/** What to do where a device is installed and yet does not work: a command where there is one, else what is needed. */
export function remedyFor(device: DeviceName, machine: Machine): string {
  switch (device) {
    case 'webgpu':
      if (machine.platform !== 'linux') return "the graphics card's own driver is needed";
      if (hasNvidia(machine))
        return "NVIDIA's driver with its Vulkan part is needed, and: sudo apt-get install libvulkan1";
      return `${hasGpu(machine) ? '' : 'this machine shows no GPU; where there is one: '}${installVulkan}`;
    case 'cuda':
      return 'CUDA 12, cuDNN 9 and their driver are needed: https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html';
    case 'node-gpu':
      return 'CUDA 11.2, cuDNN 8.1 and their driver are needed; on the processor: --device node-cpu';
    case 'coreml':
    case 'directml':
      return '--device webgpu may work here';
    case 'node-cpu':
      return installTensorflow;
    case 'cpu':
    case 'wasm':
      return 'npm install';
    default:
      return device satisfies never;
  }
}

const onnxruntimeFolder = ({ packageFolder, platform, arch }: Machine): string =>
  join(packageFolder('onnxruntime-node') ?? '', 'bin/napi-v6', platform, arch);

/** Variables that name the drivers of Vulkan, which WebGPU stands on where there is no Direct3D or Metal. */
const vulkanVariables = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'];

/** What is worth a trial when the user leaves the choice to us: the processor, and what this machine shows a sign of. */
export function candidates(engine: EngineName, machine: Machine): readonly DeviceName[] {
  const isThere = (device: DeviceName) => lackOf(device, machine) === undefined;
  if (engine === 'tfjs') return devices.tfjs.filter(isThere).filter((name) => name !== 'node-gpu' || hasGpu(machine));
  const signs: Readonly<Record<OnnxDevice, boolean>> = {
    cpu: true,
    webgpu: hasGpu(machine),
    // Also where it is not installed: the user should hear of it.
    cuda: hasNvidia(machine),
    coreml: isThere('coreml'),
    directml: isThere('directml'),
  };
  return devices.onnx.filter((device) => signs[device]);
}

function hasGpu(machine: Machine): boolean {
  const { platform, env, exists } = machine;
  if (platform === 'darwin' || platform === 'win32') return true;
  return exists('/dev/dri/renderD128') || hasNvidia(machine) || vulkanVariables.some((name) => env[name]);
}

/** Its driver's device file, or that of Windows' Linux, behind which an NVIDIA GPU may be. */
const hasNvidia = ({ exists }: Machine): boolean =>
  exists('/dev/nvidiactl') || exists('/dev/nvidia0') || exists('/dev/dxg');

export function thisMachine(): Machine {
  const require = createRequire(import.meta.url);
  return {
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    exists: existsSync,
    packageFolder: (name) => {
      try {
        return dirname(require.resolve(`${name}/package.json`));
      } catch {
        return undefined;
      }
    },
    list: (folder) => (existsSync(folder) ? readdirSync(folder) : []),
  };
}
