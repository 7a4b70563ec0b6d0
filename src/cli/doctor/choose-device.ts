/**
 * Chooses the engine and the device of a run before anything is written: what was named, tried, or for `auto` the fastest of
 * those that this machine shows a sign of. Never another than was named.
 */

import { didYouMean } from '../../base/did-you-mean.ts';
import { oneOf } from '../../base/format-issue.ts';
import { UsageError } from '../../base/usage-error.ts';
import { builtIn } from '../../catalogue/catalogue.ts';
import type { ResolvedSpec } from '../../catalogue/spec.ts';
import { type Device, lackText } from '../../engine/devices/device.ts';
import { type Machine, thisMachine } from '../../engine/devices/machine.ts';
import type { ProbeStep } from '../../engine/devices/probe-steps.ts';
import { type TryRequest, type TryResult, tryDevice } from '../../engine/devices/try-device.ts';
import {
  type AskedEngine,
  automaticEngines,
  devicesOf,
  type EngineName,
  engineNamed,
  engineNames,
  findDevice,
  isEngine,
  type Where,
} from '../../engine/engines.ts';
import { decimal } from '../screen/format.ts';

export interface Asked {
  readonly engine: AskedEngine;
  /** A device of the engine (for `auto`, of one that it chooses from), or `auto`. */
  readonly device: string;
}

export interface Chosen extends Where {
  /** For `auto`: where trials run that the engine does not cover, and those that were begun there. */
  readonly instead?: Where;
  /** One line: what `auto` took and why. Absent where the user named the device. */
  readonly note?: string;
}

/** Throws UsageError of one line for a name that is none. Looks at no machine. */
export function checkEngine({ engine, device }: { readonly engine: string; readonly device: string }): Asked {
  const engines = ['auto', ...engineNames];
  if (engine !== 'auto' && !isEngine(engine)) {
    throw new UsageError(`--engine: expected ${oneOf(engines)}, got '${engine}'${didYouMean(engine, engines)}`);
  }
  const own = engine === 'auto' ? automaticEngines : [engine];
  const names = ['auto', ...new Set(own.flatMap((name) => devicesOf(name)).map(({ name }) => name))];
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
  /** What keeps a device that can be looked at in this process from working. */
  readonly fault: (device: Device) => Promise<string | undefined>;
}

const here = (): Surroundings => ({
  machine: thisMachine(),
  attempt: tryDevice,
  fault: async ({ fault }) => fault?.(),
});

/** What a run asks of an engine. */
export interface Wanted {
  /** A trial of the run: candidates are compared by a small step of nets like its own. */
  readonly like?: Pick<ResolvedSpec, 'nets' | 'training' | 'data'> | undefined;
  /** Several trials are to train as one program, which not every engine does. */
  readonly stacks?: boolean;
}

/** @throws UsageError of one line where what was named does not work, or nothing does. */
export async function chooseDevice(
  { engine, device }: Asked,
  { like, stacks = false }: Wanted = {},
  surroundings: Surroundings = here(),
): Promise<Chosen> {
  if (engine !== 'auto') return deviceOf(engine, device, like, surroundings);
  const lacks: string[] = [];
  const usable: EngineName[] = [];
  for (const name of automaticEngines.filter((one) => device === 'auto' || findDevice(one, device))) {
    const lack = await lackOf(name, { like, stacks }, surroundings);
    if (lack === undefined) usable.push(name);
    else if (usable.length === 0) lacks.push(`${name}: ${lack}`);
  }
  const [first, ...others] = usable;
  if (first === undefined) throw new UsageError(`--engine auto: none runs here (${lacks.join('; ')})`);
  const why = lacks.length > 0 ? `engine ${first} (${lacks.join('; ')})` : undefined;
  if (device !== 'auto' || !usable.some((name) => candidatesOf(name, surroundings).length > 1)) {
    const chosen = await deviceOf(first, device, like, surroundings);
    const notes = [why, device === 'auto' ? noGpu : undefined].filter((note) => note !== undefined);
    const [other] = others;
    return {
      ...{ engine: first, device: chosen.device },
      ...(other && { instead: { engine: other, device: chosen.device } }),
      ...(notes.length > 0 && { note: notes.join('; ') }),
    };
  }
  const candidates = usable.flatMap((name) => candidatesOf(name, surroundings));
  const { best, note } = await fastest('--engine auto', candidates, like, surroundings);
  const other = usable.find((name) => name !== best.engine);
  return {
    ...best,
    ...(other && { instead: { engine: other, device: engineNamed(other).devices[0].name } }),
    note: why === undefined ? note : `${why}; ${note}`,
  };
}

/** What other machines are assumed to have. */
const everywhere = 'onnx' satisfies (typeof automaticEngines)[number];
const noGpu = 'device cpu: this machine shows no sign of a GPU';

/** Why an engine is not for this run on this machine; none where it is. */
async function lackOf(
  engine: EngineName,
  { stacks }: Wanted,
  { machine, fault }: Surroundings,
): Promise<string | undefined> {
  const { vmaps, devices } = engineNamed(engine);
  if (stacks && !vmaps) return 'trains each trial by itself (--stack)';
  const [device] = devices;
  return lackText(device.lack(machine)) ?? (device.fault && fault(device));
}

const candidatesOf = (engine: EngineName, { machine }: Surroundings): readonly Device[] =>
  devicesOf(engine).filter(({ isCandidate }) => isCandidate(machine));

async function deviceOf(
  engine: EngineName,
  name: string,
  like: Wanted['like'],
  surroundings: Surroundings,
): Promise<Chosen> {
  const named = findDevice(engine, name);
  if (named) {
    await requireDevice(engine, named, surroundings);
    return { engine, device: name };
  }
  const candidates = candidatesOf(engine, surroundings);
  // The first of an engine says why there is none.
  const [only = engineNamed(engine).devices[0], ...others] = candidates;
  if (others.length === 0) {
    await requireDevice(engine, only, surroundings);
    return { engine, device: only.name, ...(devicesOf(engine).length > 1 && { note: noGpu }) };
  }
  const { best, note } = await fastest('--device auto', candidates, like, surroundings);
  return { ...best, note };
}

/** Of several candidates the fastest. @param option that asked for it. */
async function fastest(
  option: string,
  candidates: readonly Device[],
  like: Wanted['like'],
  surroundings: Surroundings,
): Promise<{ readonly best: Where; readonly note: string }> {
  const engines = new Set(candidates.map(({ engine }) => engine));
  const nameOf = ({ engine, name }: Device) => (engines.size > 1 ? `${engine} on ${name}` : name);
  const results: Result[] = [];
  // One after another: at once they would disturb each other's times.
  for (const device of candidates) {
    const engine = device.engine as EngineName; // of a list of ours
    const result = await resultOf(engine, device, stepLike(engine, like), surroundings);
    results.push({ ...result, where: { engine, device: device.name }, name: nameOf(device) });
  }
  const [best, ...rest] = results.toSorted((a, b) => a.milliseconds - b.milliseconds);
  if (best === undefined || best.milliseconds === Number.POSITIVE_INFINITY) {
    throw new UsageError(`${option}: none works (${results.map(wordsOf).join(', ')}); npm run doctor says more`);
  }
  const what = engines.size > 1 ? best.name : `device ${best.name}`;
  const others = rest.map(wordsOf).join(', ');
  return { best: best.where, note: `${what}: ${stepTime(best.milliseconds)} a small step (${others})` };
}

/** Where other machines run the trials, each chooses for itself: nothing is tried, and the plan assumes what runs everywhere. */
export function leaveDevice({ engine, device }: Asked): Chosen {
  if (engine !== 'auto' && findDevice(engine, device)) return { engine, device };
  const assumed = engine === 'auto' ? everywhere : engine;
  const what =
    engine === 'auto'
      ? `engine auto: whoever runs a trial takes ${automaticEngines.join(', or where that does not run ')}`
      : 'device auto: whoever runs a trial takes the fastest of its own';
  return {
    engine: assumed,
    device: findDevice(assumed, device)?.name ?? engineNamed(assumed).devices[0].name,
    note: what,
  };
}

/** Tries the device by the smallest program, without a time; one that comes whole with its package is not tried. */
async function requireDevice(engine: EngineName, device: Device, { machine, attempt, fault }: Surroundings) {
  const { name, isBundled } = device;
  const option = devicesOf(engine).length > 1 ? `--device ${name}` : `--engine ${engine}`;
  const lack = device.lack(machine);
  if (lack) throw new UsageError(`${option}: ${lack.reason}; ${lack.command ?? 'npm run doctor says what there is'}`);
  if (isBundled) return;
  const found = device.fault ? await fault(device) : (await attempt({ engine, device: name, steps: [] })).fault;
  if (found !== undefined) throw new UsageError(`${option}: ${found}; ${device.remedy(machine)}`);
}

interface Result {
  readonly where: Where;
  /** As the note calls it. */
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
): Promise<Pick<Result, 'milliseconds' | 'fault'>> {
  const { name } = device;
  const failed = (fault: string) => ({ milliseconds: Number.POSITIVE_INFINITY, fault });
  const lack = device.lack(machine);
  if (lack) return failed(lack.reason);
  const { fault, timings } = await attempt({ engine, device: name, steps: [step] });
  const [timing = { fault: fault ?? 'it said nothing' }] = timings;
  return 'fault' in timing ? failed(fault ?? timing.fault) : { milliseconds: timing.milliseconds };
}

const wordsOf = ({ name, milliseconds, fault }: Result): string => `${name}: ${fault ?? stepTime(milliseconds)}`;

/** `0.21 ms`. */
export const stepTime = (milliseconds: number): string => `${decimal(milliseconds, milliseconds < 10 ? 2 : 1)} ms`;

/** A small step of the experiment's kind, and of its size where that is small. */
export function stepLike(engine: EngineName, like?: Wanted['like']): ProbeStep {
  const limit = engineNamed(engine).probe;
  const shape = like && shapeOf(like);
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

/** Of networks of our own: nothing is known of those that an experiment brings. */
const shapeOf = ({ nets }: Pick<ResolvedSpec, 'nets'>) =>
  builtIn.cards.nets.find(({ kind }) => kind === nets.kind)?.stepShape(nets);
