/** Describes a machine by its files and names alone, so that a device can say what it lacks before a runtime is loaded. */
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';

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

/** `linux x64`. */
export const platformOf = ({ platform, arch }: Machine): string => `${platform} ${arch}`;

/** Variables that name the drivers of Vulkan, which WebGPU uses where there is no Direct3D or Metal. */
const vulkanVariables = ['VK_ICD_FILENAMES', 'VK_DRIVER_FILES', 'VK_ADD_DRIVER_FILES'];

/** Whether the machine shows a sign of a GPU of any vendor. */
export function hasGpu(machine: Machine): boolean {
  const { platform, env, exists } = machine;
  if (platform === 'darwin' || platform === 'win32') return true;
  return exists('/dev/dri/renderD128') || hasNvidia(machine) || vulkanVariables.some((name) => env[name]);
}

/** The driver's device file, or that of Windows' Linux, behind which an NVIDIA GPU may be. */
export const hasNvidia = ({ exists }: Machine): boolean =>
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
