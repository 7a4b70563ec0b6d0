/**
 * Chooses the device of a run before anything is written: the one that was named, tried, or for `auto` the fastest of those
 * that this machine shows a sign of. Never another device than was named.
 */

import { didYouMean } from '../../base/did-you-mean.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import type { Device } from '../../engine/devices/device.ts';
import { type Machine, thisMachine } from '../../engine/devices/machine.ts';
import type { ProbeStep } from '../../engine/devices/probe-steps.ts';
import { type TryRequest, type TryResult, tryDevice } from '../../engine/devices/try-device.ts';
import { devicesOf, type EngineName, engineNamed, engineNames, findDevice, isEngine } from '../../engine/engines.ts';
import { decimal } from '../screen/format.ts';

export interface Asked {
  readonly engine: EngineName;
  /** One of the engine's devices, or `auto`. */
  readonly device: string;
}

export interface Chosen {
  readonly engine: EngineName;
  readonly device: string;
  /** One line: what `auto` took and why. Absent where the user named the device. */
  readonly note?: string;
}

/** Throws UsageError of one line for a name that is none. Looks at no machine. */
export function checkEngine({ engine, device }: { readonly engine: string; readonly device: string }): Asked {
  if (!isEngine(engine)) {
    throw new UsageError(
      `--engine: expected ${engineNames.join(' or ')}, got '${engine}'${didYouMean(engine, engineNames)}`,
    );
  }
  const names = ['auto', ...devicesOf(engine).map(({ name }) => name)];
  if (names.includes(device)) return { engine, device };
  const expected = `--device: expected ${names.join(', ')} for the engine ${engine}, got '${device}'`;
  const other = engineNames.find((name) => findDevice(name, device));
  throw new UsageError(
    `${expected}${other === undefined ? didYouMean(device, names) : `; of the engine ${other}: --engine ${other} --device ${device}`}`,
  );
}

/** What a choice looks at; tests bring their own. */
export interface Surroundings {
  readonly machine: Machine;
  readonly attempt: (request: TryRequest) => Promise<TryResult>;
}

/**
 * @param like a trial of the run: candidates are compared by a small step of nets like its own.
 * @throws UsageError of one line where the device that was named does not work, or none does.
 */
export async function chooseDevice(
  { engine, device: name }: Asked,
  like?: Pick<ResolvedSpec, 'nets' | 'training' | 'data'>,
  surroundings: Surroundings = { machine: thisMachine(), attempt: tryDevice },
): Promise<Chosen> {
  const named = findDevice(engine, name);
  if (named) {
    await requireDevice(engine, named, surroundings);
    return { engine, device: name };
  }
  const candidates = devicesOf(engine).filter(({ isCandidate }) => isCandidate(surroundings.machine));
  // The first of an engine says why there is none.
  const [only = engineNamed(engine).devices[0], ...others] = candidates;
  if (others.length === 0) {
    await requireDevice(engine, only, surroundings);
    const note = `device ${only.name}: this machine shows no sign of a GPU`;
    return { engine, device: only.name, ...(devicesOf(engine).length > 1 && { note }) };
  }
  const step = stepLike(engine, like);
  const results: Result[] = [];
  // One after another: at once they would disturb each other's times.
  for (const device of candidates) results.push(await resultOf(engine, device, step, surroundings));
  const [best, ...rest] = results.toSorted((a, b) => a.milliseconds - b.milliseconds);
  if (best === undefined || best.milliseconds === Number.POSITIVE_INFINITY) {
    throw new UsageError(`--device auto: none works (${results.map(wordsOf).join(', ')}); npm run doctor says more`);
  }
  const took = `device ${best.name}: ${stepTime(best.milliseconds)} a small step`;
  return { engine, device: best.name, note: `${took} (${rest.map(wordsOf).join(', ')})` };
}

/** Where other machines run the trials, each chooses its own device: nothing is tried, and the plan assumes the first. */
export function leaveDevice({ engine, device }: Asked): Chosen {
  if (findDevice(engine, device)) return { engine, device };
  return {
    engine,
    device: engineNamed(engine).devices[0].name,
    note: 'device auto: whoever runs a trial takes the fastest of its own',
  };
}

/** Tries the device by the smallest program, without a time; one that comes whole with its package is not tried. */
async function requireDevice(engine: EngineName, device: Device, { machine, attempt }: Surroundings) {
  const { name, isBundled } = device;
  const lack = device.lack(machine);
  if (lack)
    throw new UsageError(`--device ${name}: ${lack.reason}; ${lack.command ?? 'npm run doctor says what there is'}`);
  if (isBundled) return;
  const { fault } = await attempt({ engine, device: name, steps: [] });
  if (fault !== undefined) throw new UsageError(`--device ${name}: ${fault}; ${device.remedy(machine)}`);
}

interface Result {
  readonly name: string;
  /** Of the small step; infinite where there is none. */
  readonly milliseconds: number;
  readonly fault?: string;
}

async function resultOf(
  engine: EngineName,
  device: Device,
  step: ProbeStep,
  { machine, attempt }: Surroundings,
): Promise<Result> {
  const { name } = device;
  const failed = (fault: string): Result => ({ name, milliseconds: Number.POSITIVE_INFINITY, fault });
  const lack = device.lack(machine);
  if (lack) return failed(lack.reason);
  const { fault, timings } = await attempt({ engine, device: name, steps: [step] });
  const [timing = { fault: fault ?? 'it said nothing' }] = timings;
  return 'fault' in timing ? failed(fault ?? timing.fault) : { name, milliseconds: timing.milliseconds };
}

const wordsOf = ({ name, milliseconds, fault }: Result): string => `${name}: ${fault ?? stepTime(milliseconds)}`;

/** `0.21 ms`. */
export const stepTime = (milliseconds: number): string => `${decimal(milliseconds, milliseconds < 10 ? 2 : 1)} ms`;

/** A small step of the experiment's kind, and of its size where that is small. */
export function stepLike(engine: EngineName, like?: Pick<ResolvedSpec, 'nets' | 'training' | 'data'>): ProbeStep {
  const limit = engineNamed(engine).probe;
  const shape = like && builtIn.cards.nets.find(({ kind }) => kind === like.nets.kind)?.stepShape(like.nets);
  if (like && shape?.kind === 'convolutional') {
    const side = builtIn.data(like.data).prepared(like.data)?.size ?? limit.side;
    return {
      kind: 'convolutional',
      side: Math.max(4, Math.min(side - (side % 4), limit.side)),
      width: Math.min(shape.width, limit.width),
      batch: Math.min(like.training.batch, limit.pictures),
    };
  }
  const hidden = shape?.kind === 'dense' ? shape.hidden : [64, 64, 64];
  return {
    kind: 'dense',
    hidden: hidden.map((size) => Math.min(size, limit.hidden)),
    batch: Math.min(like?.training.batch ?? 128, limit.batch),
  };
}
