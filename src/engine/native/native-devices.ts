/** Lists the devices of the engine that writes machine code: one so far. */
import type { Device, Lack } from '../devices/device.ts';
import { type Machine, platformOf } from '../devices/machine.ts';

const platforms = ['linux x64', 'darwin x64'];

const lack = (machine: Machine): Lack | undefined => {
  if (!platforms.includes(platformOf(machine)))
    return { reason: `no code for ${platformOf(machine)}, but for ${platforms.join(' and ')}` };
  // koffi's part for the platform; the package itself does not show its folder.
  return machine.packageFolder(`@koromix/koffi-${machine.platform}-${machine.arch}`) === undefined
    ? { reason: 'koffi is not installed', command: 'npm install' }
    : undefined;
};

const cpu = {
  engine: 'native',
  name: 'cpu',
  description: 'x86-64 with AVX2 and FMA, one core a trial',
  package: 'koffi',
  runsOn: 'processor',
  isBundled: false,
  lack,
  fault: async () => (await import('./machine/system.ts')).nativeFault(),
  isCandidate: (machine) => lack(machine) === undefined,
  remedy: () => '--engine onnx runs everywhere',
} as const satisfies Device;

export const nativeDevices = [cpu] as const;

export type NativeDevice = (typeof nativeDevices)[number]['name'];
