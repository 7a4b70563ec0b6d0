/** Makes a row of `doctor`'s table for each device: whether it is there, whether it works, how fast, what to do. */
import { none } from '../../base/number-words.ts';
import type { Device } from '../../engine/devices/device.ts';
import type { Machine } from '../../engine/devices/machine.ts';
import type { ProbeStep } from '../../engine/devices/probe-steps.ts';
import type { TryResult } from '../../engine/devices/try-device.ts';
import { hung } from '../screen/format.ts';
import { stepTime } from './choose-device.ts';

/** Both are such that tfjs in JavaScript does them in a moment: the same for every device, so that times compare. */
export const doctorSteps: readonly ProbeStep[] = [
  { kind: 'dense', hidden: [64, 64], batch: 64 },
  { kind: 'convolutional', side: 8, width: 4, batch: 4 },
];

export interface DeviceRow {
  readonly engine: string;
  readonly device: string;
  readonly present: boolean;
  readonly works: boolean;
  /** Of the package that brings it. */
  readonly version: string;
  /** In the order of the steps; `–` where there is none. */
  readonly times: readonly string[];
  /** What is the matter, and the command or the hint that helps; '' where nothing is. */
  readonly next: string;
}

/** @param tried absent where the device is not there to be tried. */
export function deviceRow(
  device: Device,
  machine: Machine,
  version: string | undefined,
  tried: TryResult | undefined,
): DeviceRow {
  const head = { engine: device.engine, device: device.name, version: version ?? none };
  const blank = doctorSteps.map(() => none);
  const lack = device.lack(machine);
  if (lack || !tried) {
    const next = lack ? [lack.reason, lack.command].filter((part) => part !== undefined).join(': ') : 'not tried';
    return { ...head, present: false, works: false, version: none, times: blank, next };
  }
  const { fault, timings } = tried;
  if (fault !== undefined) {
    return { ...head, present: true, works: false, times: blank, next: `${fault}: ${device.remedy(machine)}` };
  }
  const times = doctorSteps.map((_, at) => timings[at] ?? { fault: 'not timed' });
  const faults = times.flatMap((timing, at) =>
    'fault' in timing ? [`${doctorSteps[at]?.kind ?? ''}: ${timing.fault}`] : [],
  );
  return {
    ...head,
    present: true,
    works: faults.length < times.length,
    times: times.map((timing) => ('fault' in timing ? none : stepTime(timing.milliseconds))),
    next: faults.join('; '),
  };
}

const heads = ['engine', 'device', 'present', 'works', 'version', 'dense step', 'convolution'];
/** As wide as the widest that comes: rows are printed one by one, each as soon as it is known. */
const widths = [6, 8, 7, 5, 8, 10, 11];

const line = (cells: readonly string[]): string =>
  cells
    .map((cell, at) => cell.padEnd(widths[at] ?? 0))
    .join('  ')
    .trimEnd();

export const tableHead = (): string => `${line(heads)}\n${line(widths.map((own) => '─'.repeat(own)))}`;

/** What to do next stands on lines of its own below the row, none wider than `width`. */
export function tableLine({ engine, device, present, works, version, times, next }: DeviceRow, width: number): string {
  const yes = (is: boolean) => (is ? 'yes' : 'no');
  const row = line([engine, device, yes(present), present ? yes(works) : none, version, ...times]);
  return next === '' ? row : `${row}\n${hung(' '.repeat(8), next, width)}`;
}
