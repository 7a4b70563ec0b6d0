/** Lists the devices of the eager engine: tfjs's backends, and how each is loaded. */
import { join } from 'node:path';
import { installOf } from '../../base/optional-packages.ts';
import { bundledProcessor, type Device, type Lack } from '../devices/device.ts';
import { hasGpu, type Machine } from '../devices/machine.ts';

export interface TfjsDeviceCard extends Device {
  /** tfjs's own name of the backend. */
  readonly backend: string;
  /** Loads the package that registers the backend; nothing where tfjs itself does. */
  readonly load: () => Promise<void>;
  /** libtensorflow computes on the processor, in silence, where it finds no GPU; absent for other libraries. */
  readonly wantsGpu?: boolean;
}

const device = <const Name extends string>(own: Omit<TfjsDeviceCard, 'engine'> & { readonly name: Name }) => ({
  ...own,
  engine: 'tfjs' as const,
});

const cpu = device({
  ...bundledProcessor,
  name: 'cpu',
  description: 'the processor, in plain JavaScript',
  package: '@tensorflow/tfjs-backend-cpu',
  backend: 'cpu',
  load: async () => {},
});

const wasm = device({
  ...bundledProcessor,
  name: 'wasm',
  description: 'the processor, in WebAssembly; lacks the gradients of convolutions',
  package: '@tensorflow/tfjs-backend-wasm',
  backend: 'wasm',
  load: async () => void (await import('@tensorflow/tfjs-backend-wasm')),
});

const installTensorflow = 'npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false';

/** What both devices of libtensorflow have in common. */
const libtensorflow = {
  package: '@tensorflow/tfjs-node-gpu',
  backend: 'tensorflow',
  isBundled: false,
  lack: ({ packageFolder, list, exists }: Machine): Lack | undefined => {
    const folder = packageFolder('@tensorflow/tfjs-node-gpu');
    if (folder === undefined)
      return {
        reason: '@tensorflow/tfjs-node-gpu is not installed',
        command: `${installOf('@tensorflow/tfjs-node-gpu')} && ${installTensorflow}`,
      };
    const binding = (version: string) => join(folder, 'lib', version, 'tfjs_binding.node');
    const built = list(join(folder, 'lib')).some((version) => exists(binding(version)));
    return built ? undefined : { reason: 'its native part is not installed', command: installTensorflow };
  },
} as const;

const nodeGpu = device({
  ...libtensorflow,
  name: 'node-gpu',
  description: 'GPUs of NVIDIA, by libtensorflow with CUDA 11.2 and cuDNN 8.1',
  runsOn: 'accelerator',
  wantsGpu: true,
  load: async () => (await import('./libtensorflow.ts')).loadLibtensorflow(),
  isCandidate: (machine) => libtensorflow.lack(machine) === undefined && hasGpu(machine),
  remedy: () => 'CUDA 11.2, cuDNN 8.1 and their driver are needed; on the processor: --device node-cpu',
});

const nodeCpu = device({
  ...libtensorflow,
  name: 'node-cpu',
  description: 'the processor, by libtensorflow',
  runsOn: 'processor',
  wantsGpu: false,
  load: async () => {
    // Read when the library is loaded: it takes every GPU that it sees.
    process.env.CUDA_VISIBLE_DEVICES = '-1';
    await (await import('./libtensorflow.ts')).loadLibtensorflow();
  },
  isCandidate: (machine) => libtensorflow.lack(machine) === undefined,
  remedy: () => installTensorflow,
});

export const tfjsDevices = [cpu, wasm, nodeGpu, nodeCpu] as const;

export type TfjsDevice = (typeof tfjsDevices)[number]['name'];

export function tfjsDevice(name: string): TfjsDeviceCard {
  const card = tfjsDevices.find((one) => one.name === name);
  if (card === undefined) throw new Error(`internal: no device ${name} for the engine tfjs`);
  return card;
}
