/** The table of docs/devices.md: every engine's devices and what each needs, from the devices' cards. */
import type { Device } from '../../../src/engine/devices/device.ts';
import type { Machine } from '../../../src/engine/devices/machine.ts';
import { engineNamed, engineNames } from '../../../src/engine/engines.ts';
import { table } from '../markdown.ts';

/** A fresh install on Linux: every package is there, and no native part that a package does not bring. */
const freshLinux: Machine = {
  platform: 'linux',
  arch: 'x64',
  env: {},
  exists: () => false,
  packageFolder: (name) => `node_modules/${name}`,
  list: () => [],
};

export const devicesTable = (): string =>
  table(
    ['engine', 'device', 'what it is', 'what it needs on Linux'],
    engineNames.flatMap((engine) =>
      engineNamed(engine).devices.map((device) => [
        `\`${engine}\``,
        `\`${device.name}\``,
        device.description,
        needs(device),
      ]),
    ),
  );

function needs(device: Device): string {
  if (device.isBundled) return 'nothing';
  const lack = device.lack(freshLinux);
  if (lack === undefined) return device.remedy({ ...freshLinux, exists: (path) => path.startsWith('/dev/dri') });
  return lack.command === undefined ? lack.reason.replace(/, this is .*/, '') : `\`${lack.command}\``;
}
