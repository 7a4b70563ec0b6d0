/** Lists the devices of the compiled engine: onnxruntime's execution providers, and how programs are written for each. */
import { join } from 'node:path';
import { installOf } from '../../base/optional-packages.ts';
import { bundledProcessor, type Device, type Lack, onlyOn } from '../devices/device.ts';
import { hasGpu, hasNvidia, type Machine, platformOf } from '../devices/machine.ts';
import type { ConvolutionForm } from '../kernels/onnx-builder.ts';

export interface OnnxDeviceCard extends Device {
  /** onnxruntime's own name of the execution provider. */
  readonly provider: string;
  readonly convolutions: ConvolutionForm;
  /** Whether the state stays in the device's memory between runs. */
  readonly keepsState: boolean;
  /** The most outputs that a Split may have; absent where any number will do. */
  readonly mostPieces?: number;
  /** Variables that its libraries read when they are loaded, unless the user has set them. */
  readonly environment?: Readonly<Record<string, string>>;
}

type Own<Name extends string> = Omit<OnnxDeviceCard, keyof typeof common> & { readonly name: Name } & Partial<
    Pick<OnnxDeviceCard, 'convolutions' | 'keepsState'>
  >;

const common = {
  engine: 'onnx',
  package: 'onnxruntime-node',
  convolutions: 'operators',
  keepsState: false,
} as const;

const device = <const Name extends string>(own: Own<Name>): OnnxDeviceCard & { readonly name: Name } => ({
  ...common,
  ...own,
  lack: (machine) =>
    machine.packageFolder(common.package) === undefined
      ? { reason: `${common.package} is not installed`, command: installOf(common.package) }
      : own.lack(machine),
});

const cpu = device({
  ...bundledProcessor,
  name: 'cpu',
  description: 'the processor, one core a trial: the reference for every number',
  provider: 'cpu',
  convolutions: 'products',
});

const bringsWebgpu = ['linux x64', 'darwin arm64', 'win32 x64', 'win32 arm64'];
const installVulkan = 'sudo apt-get install libvulkan1 mesa-vulkan-drivers';

const webgpu = device({
  name: 'webgpu',
  description: 'any GPU, by Vulkan, Metal or Direct3D 12',
  provider: 'webgpu',
  runsOn: 'accelerator',
  isBundled: false,
  keepsState: true,
  // A shader binds eight buffers wherever WebGPU runs, and onnxruntime's Split one for each piece besides its input's.
  mostPieces: 7,
  lack: (machine) =>
    bringsWebgpu.includes(platformOf(machine))
      ? undefined
      : { reason: `onnxruntime-node brings none for ${platformOf(machine)}` },
  isCandidate: hasGpu,
  remedy: (machine) => {
    if (machine.platform !== 'linux') return "the graphics card's own driver is needed";
    if (hasNvidia(machine))
      return "NVIDIA's driver with its Vulkan part is needed, and: sudo apt-get install libvulkan1";
    return `${hasGpu(machine) ? '' : 'this machine shows no GPU; where there is one: '}${installVulkan}`;
  },
});

const cuda = device({
  name: 'cuda',
  description: 'GPUs of NVIDIA, with CUDA 12 and cuDNN 9',
  provider: 'cuda',
  runsOn: 'accelerator',
  isBundled: false,
  // NVIDIA's libraries would round the factors of products to ten bits: no longer the numbers of the other devices.
  environment: { NVIDIA_TF32_OVERRIDE: '0' },
  lack: (machine) => {
    if (platformOf(machine) !== 'linux x64') return onlyOn('linux x64', machine);
    return machine.exists(join(onnxruntimeFolder(machine), 'libonnxruntime_providers_cuda.so'))
      ? undefined
      : {
          reason: 'not installed',
          command: 'npm rebuild onnxruntime-node --ignore-scripts=false --onnxruntime-node-install=cuda12',
        };
  },
  // Also where it is not installed: the user should hear of it.
  isCandidate: hasNvidia,
  remedy: () =>
    'CUDA 12, cuDNN 9 and their driver are needed: https://onnxruntime.ai/docs/execution-providers/CUDA-ExecutionProvider.html',
});

const coreml = ofPlatform({
  name: 'coreml',
  description: "Apple's Core ML",
  provider: 'coreml',
  lack: (machine) => (machine.platform === 'darwin' ? undefined : onlyOn('macOS', machine)),
});

const directml = ofPlatform({
  name: 'directml',
  description: 'GPUs on Windows, by DirectML',
  provider: 'dml',
  lack: (machine) => (machine.platform === 'win32' ? undefined : onlyOn('Windows', machine)),
});

/** A provider that onnxruntime-node brings for one platform alone. */
function ofPlatform<const Name extends string>(
  own: Pick<Own<Name>, 'name' | 'description' | 'provider'> & { lack: (machine: Machine) => Lack | undefined },
) {
  return device<Name>({
    ...own,
    runsOn: 'accelerator',
    isBundled: false,
    isCandidate: (machine) => own.lack(machine) === undefined,
    remedy: () => '--device webgpu may work here',
  });
}

const onnxruntimeFolder = ({ packageFolder, platform, arch }: Machine): string =>
  join(packageFolder('onnxruntime-node') ?? '', 'bin/napi-v6', platform, arch);

export const onnxDevices = [cpu, webgpu, cuda, coreml, directml] as const;

export type OnnxDevice = (typeof onnxDevices)[number]['name'];

export function onnxDevice(name: string): OnnxDeviceCard & { readonly name: OnnxDevice } {
  const card = onnxDevices.find((one) => one.name === name);
  if (card === undefined) throw new Error(`internal: no device ${name} for the engine onnx`);
  return card;
}
