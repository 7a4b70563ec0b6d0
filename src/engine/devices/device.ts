/** Declares what is known of a device before a runtime is loaded. Whether it works is found out by `try-device.ts`. */
import { type Machine, platformOf } from './machine.ts';

/** A device's card. The lists of all cards are `onnx/onnx-devices.ts` and `tfjs/tfjs-devices.ts`. */
export interface Device {
  readonly engine: string;
  /** What `--device` calls it. */
  readonly name: string;
  readonly description: string;
  /** The npm package that brings it. */
  readonly package: string;
  /** A processor runs as many trials at once as it has cores, an accelerator one process at a time. */
  readonly runsOn: 'processor' | 'accelerator';
  /** Whether its npm package brings all that it needs, so that it is not tried before a run. */
  readonly isBundled: boolean;
  /** What keeps it from being tried on this machine; `undefined` where nothing that can be seen does. */
  readonly lack: (machine: Machine) => Lack | undefined;
  /** Finds in this process, in a moment, why it would not work: one line; none where it does. Absent: a process of its own tries it. */
  readonly fault?: () => Promise<string | undefined>;
  /** Whether `--device auto` tries it on this machine. */
  readonly isCandidate: (machine: Machine) => boolean;
  /** What to do where it is there and yet does not work: a command where there is one, else what is needed. */
  readonly remedy: (machine: Machine) => string;
}

/** Why a device cannot be there. */
export interface Lack {
  /** A few words: `not installed`. */
  readonly reason: string;
  /** What installs it; absent where nothing can on this machine. */
  readonly command?: string;
}

/** In words: `not installed (npm install …)`. */
export const lackText = (lack: Lack | undefined): string | undefined =>
  lack && [lack.reason, ...(lack.command ? [`(${lack.command})`] : [])].join(' ');

/** What every device needs to have said of it where it is a processor's and comes with its package. */
export const bundledProcessor = {
  runsOn: 'processor',
  isBundled: true,
  lack: () => undefined,
  isCandidate: () => true,
  remedy: () => 'npm install',
} as const satisfies Partial<Device>;

/** @param platform as people call it: `macOS`. */
export const onlyOn = (platform: string, machine: Machine): Lack => ({
  reason: `on ${platform} only, this is ${platformOf(machine)}`,
});
