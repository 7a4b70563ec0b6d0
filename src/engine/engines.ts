/** Lists the engines and their devices. Imports no runtime: `open` and `selfTest` load one when they are called. */

import { UsageError } from '../base/usage-error.ts';
import type { TensorFunction } from './capture/tracer.ts';
import { type Device, lackText } from './devices/device.ts';
import { thisMachine } from './devices/machine.ts';
import type { ProbeSize } from './devices/probe-steps.ts';
import { type Engine, NotCovered, type Signature, type Step, type StepOptions } from './engine.ts';
import { type NativeDevice, nativeDevices } from './native/native-devices.ts';
import { type OnnxDevice, onnxDevice, onnxDevices } from './onnx/onnx-devices.ts';
import { type TfjsDevice, tfjsDevices } from './tfjs/tfjs-devices.ts';

interface EngineCard {
  readonly description: string;
  /** The first is the one that every machine has. */
  readonly devices: readonly [Device, ...Device[]];
  /** Whether programs of several trials can be compiled as one (`vmap/`). */
  readonly vmaps: boolean;
  /** The largest step that its devices are compared by: beyond it a faster device is only faster. */
  readonly probe: ProbeSize;
  readonly open: (device: string) => Promise<Engine>;
  /** What the device makes of the squares of 1, 2 and 3, by as little of the runtime as there may be. */
  readonly selfTest: (device: string) => Promise<ArrayLike<number> | undefined>;
}

export const engines = {
  onnx: {
    description: 'steps compiled for onnxruntime',
    devices: onnxDevices,
    vmaps: true,
    probe: { hidden: 512, batch: 256, side: 32, width: 16, pictures: 16 },
    open: async (device) => (await import('./onnx/onnx-engine.ts')).compiledEngine(onnxDevice(device).name),
    selfTest: async (device) => (await import('./onnx/self-test.ts')).squares(onnxDevice(device).name),
  },
  native: {
    description: 'steps compiled to machine code (x86-64)',
    devices: nativeDevices,
    vmaps: false,
    probe: { hidden: 512, batch: 256, side: 32, width: 16, pictures: 16 },
    open: async () => (await import('./native/native-engine.ts')).nativeEngine(),
    selfTest: async () => (await import('./native/self-test.ts')).squares(),
  },
  tfjs: {
    description: 'TensorFlow.js kernel by kernel',
    devices: tfjsDevices,
    vmaps: false,
    // In JavaScript it takes seconds for the first step.
    probe: { hidden: 64, batch: 64, side: 8, width: 4, pictures: 4 },
    open: async (device) => (await import('./tfjs/tfjs-engine.ts')).eagerEngine(device),
    selfTest: async (device) => (await import('./tfjs/self-test.ts')).squares(device),
  },
} as const satisfies Readonly<Record<string, EngineCard>>;

export type EngineName = keyof typeof engines;

/** What `--engine auto` takes: the first that runs here. The last runs everywhere, and covers everything. */
export const automaticEngines = ['native', 'onnx'] as const satisfies readonly EngineName[];

/** An engine as it is asked for. */
export type AskedEngine = EngineName | 'auto';

/** An engine on one of its devices. */
export interface Where {
  readonly engine: EngineName;
  /** A device's name, never `auto`. */
  readonly device: string;
}

/** Whether a trial that ran on this engine is one that was asked for. */
export const isAsked = (engine: string, asked: AskedEngine): boolean =>
  asked === 'auto' ? automaticEngines.some((name) => name === engine) : engine === asked;
export type DeviceName = OnnxDevice | NativeDevice | TfjsDevice;

// The keys of the list are the engines' names.
export const engineNames = Object.keys(engines) as readonly EngineName[];

export const isEngine = (name: string): name is EngineName => Object.hasOwn(engines, name);

export const engineNamed = (name: EngineName): EngineCard => engines[name];

export const devicesOf = (engine: EngineName): readonly Device[] => engines[engine].devices;

/** The engines' devices, in the order of the lists. */
export const allDevices: readonly Device[] = engineNames.flatMap(devicesOf);

export const findDevice = (engine: EngineName, name: string): Device | undefined =>
  devicesOf(engine).find((device) => device.name === name);

/** The engine by its name and device; `auto` is decided before. Never another device than was asked for. */
export async function openEngine(engine: EngineName, device: string): Promise<Engine> {
  if (!findDevice(engine, device)) throw new Error(`internal: no device ${device} for the engine ${engine}`);
  return engines[engine].open(device);
}

/** Prepares a program that stands by itself on the first automatic engine that runs here and covers it. */
export async function prepareAnywhere(fn: TensorFunction, signature: Signature, options?: StepOptions): Promise<Step> {
  const lacks: string[] = [];
  for (const name of automaticEngines) {
    const { devices, open } = engineNamed(name);
    const [device] = devices;
    const lack = lackText(device.lack(thisMachine())) ?? (await device.fault?.());
    if (lack !== undefined) {
      lacks.push(`${name}: ${lack}`);
      continue;
    }
    try {
      return await (await open(device.name)).prepare(fn, signature, options);
    } catch (error) {
      if (!(error instanceof NotCovered)) throw error;
      lacks.push(error.reason);
    }
  }
  throw new UsageError(`no engine runs this here: ${lacks.join('; ')}`);
}

/** Whatever runs here and covers a program. */
export const anywhere: Engine = { name: '', device: '', prepare: prepareAnywhere };
