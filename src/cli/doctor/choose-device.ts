/**
 * `--engine` and `--device`: their names checked, then the device that was named, or the one that `auto` is, found to work
 * by trying it, before anything is written. Never another device than was named.
 */

import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/usage-error.ts';
import {
  candidates,
  type DeviceName,
  devices,
  type EngineName,
  lackOf,
  type Machine,
  remedyFor,
  thisMachine,
} from '../../engine/devices/devices.ts';
import type { SmallStep } from '../../engine/devices/probe-steps.ts';
import { type EngineDevice, type Tried, tryDevice, type Wish } from '../../engine/devices/try-device.ts';
import type { ResolvedSpec } from '../../schema/spec.ts';
import { decimal } from '../screen/format.ts';

export interface Asked {
  readonly engine: EngineName;
  /** One of the engine's devices, or `auto`. */
  readonly device: string;
}

export interface Chosen {
  readonly engine: EngineName;
  readonly device: DeviceName;
  /** One line: what `auto` took and why. Absent where the user named the device. */
  readonly note?: string;
}

/** Throws UsageError of one line for a name that is none. Looks at no machine. */
export function checkEngine({ engine, device }: { readonly engine: string; readonly device: string }): Asked {
  if (!isEngine(engine)) {
    const names = Object.keys(devices);
    throw new UsageError(`--engine: expected ${names.join(' or ')}, got '${engine}'${didYouMean(engine, names)}`);
  }
  const names: readonly string[] = ['auto', ...devices[engine]];
  if (names.includes(device)) return { engine, device };
  const expected = `--device: expected ${names.join(', ')} for the engine ${engine}, got '${device}'`;
  const other = engineNames.find((name) => isDeviceOf(name, device));
  throw new UsageError(
    `${expected}${other === undefined ? didYouMean(device, names) : `; of the engine ${other}: --engine ${other} --device ${device}`}`,
  );
}

/** What a choice looks at; tests bring their own. */
export interface Surroundings {
  readonly machine: Machine;
  readonly attempt: (wish: Wish) => Promise<Tried>;
}

/**
 * @param like a trial of the run: candidates are compared by a small step of nets like its own.
 * @throws UsageError of one line where the device that was named does not work, or none does.
 */
export async function chooseDevice(
  { engine, device }: Asked,
  like?: Pick<ResolvedSpec, 'nets' | 'training' | 'data'>,
  surroundings: Surroundings = { machine: thisMachine(), attempt: tryDevice },
): Promise<Chosen> {
  if (isDeviceOf(engine, device)) {
    await requireDevice(engine, device, surroundings);
    return { engine, device };
  }
  const names = candidates(engine, surroundings.machine);
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) {
    return { engine, device: only, note: `device ${only}: this machine shows no sign of a GPU` };
  }
  const step = stepLike(engine, like);
  const results: Result[] = [];
  // One after another: at once they would disturb each other's times.
  for (const name of names) results.push(await resultOf(engine, name, step, surroundings));
  const [best, ...rest] = results.toSorted((a, b) => a.milliseconds - b.milliseconds);
  if (best === undefined || best.milliseconds === Number.POSITIVE_INFINITY) {
    throw new UsageError(`--device auto: none works (${results.map(wordsOf).join(', ')}); npm run doctor says more`);
  }
  const took = `device ${best.name}: ${stepTime(best.milliseconds)} a small step`;
  return { engine, device: best.name, note: `${took} (${rest.map(wordsOf).join(', ')})` };
}

/** Where other machines run the trials, each finds its own device: nothing is tried, and a plan reckons with the processor. */
export function leaveDevice({ engine, device }: Asked): Chosen {
  if (isDeviceOf(engine, device)) return { engine, device };
  return { engine, device: 'cpu', note: 'device auto: whoever runs a trial takes the fastest of its own' };
}

/** A processor needs no trial. Anything else is tried by the smallest program, without a time. */
async function requireDevice(engine: EngineName, device: DeviceName, { machine, attempt }: Surroundings) {
  const lack = lackOf(device, machine);
  if (lack)
    throw new UsageError(`--device ${device}: ${lack.reason}; ${lack.command ?? 'npm run doctor says what there is'}`);
  if (device === 'cpu' || device === 'wasm') return;
  const { fault } = await attempt({ ...pair(engine, device), steps: [] });
  if (fault !== undefined) throw new UsageError(`--device ${device}: ${fault}; ${remedyFor(device, machine)}`);
}

interface Result {
  readonly name: DeviceName;
  /** Of the small step; infinite where there is none. */
  readonly milliseconds: number;
  readonly fault?: string;
}

async function resultOf(
  engine: EngineName,
  name: DeviceName,
  step: SmallStep,
  { machine, attempt }: Surroundings,
): Promise<Result> {
  const failed = (fault: string): Result => ({ name, milliseconds: Number.POSITIVE_INFINITY, fault });
  const lack = lackOf(name, machine);
  if (lack) return failed(lack.reason);
  const { fault, timings } = await attempt({ ...pair(engine, name), steps: [step] });
  const [timing = { fault: fault ?? 'it said nothing' }] = timings;
  return 'fault' in timing ? failed(fault ?? timing.fault) : { name, milliseconds: timing.milliseconds };
}

const wordsOf = ({ name, milliseconds, fault }: Result): string => `${name}: ${fault ?? stepTime(milliseconds)}`;

/** `0.21 ms`. */
export const stepTime = (milliseconds: number): string => `${decimal(milliseconds, milliseconds < 10 ? 2 : 1)} ms`;

/** The largest that is tried: beyond them a faster device is only faster. tfjs in JavaScript takes seconds for the first. */
const most = {
  onnx: { hidden: 512, batch: 256, side: 32, width: 16, pictures: 16 },
  tfjs: { hidden: 64, batch: 64, side: 8, width: 4, pictures: 4 },
} as const satisfies Record<EngineName, object>;

/** A small step of the experiment's kind, and of its size where that is small. */
export function stepLike(engine: EngineName, like?: Pick<ResolvedSpec, 'nets' | 'training' | 'data'>): SmallStep {
  const limit = most[engine];
  if (like?.nets.kind === 'dcgan') {
    const side = like.data.kind === 'images' ? like.data.size : limit.side;
    return {
      kind: 'convolutional',
      side: Math.max(4, Math.min(side - (side % 4), limit.side)),
      width: Math.min(like.nets.width, limit.width),
      batch: Math.min(like.training.batch, limit.pictures),
    };
  }
  const hidden = like?.nets.kind === 'mlp' ? like.nets.hidden : [64, 64, 64];
  return {
    kind: 'dense',
    hidden: hidden.map((size) => Math.min(size, limit.hidden)),
    batch: Math.min(like?.training.batch ?? 128, limit.batch),
  };
}

// The keys of `devices` are the engines' names.
const engineNames = Object.keys(devices) as EngineName[];
const isEngine = (name: string): name is EngineName => Object.hasOwn(devices, name);
const isDeviceOf = (engine: EngineName, name: string): name is DeviceName =>
  devices[engine].some((device) => device === name);

/** An engine and one of its devices: that they belong together, the names' check has seen. */
export const pair = (engine: EngineName, device: DeviceName): EngineDevice => ({ engine, device }) as EngineDevice;
