/** The engine that a trial asks for by name and device. Imports only what that one needs: both are heavy. */
import { type DeviceName, devices, type EngineName, type OnnxDevice } from '../engine/devices/devices.ts';
import type { Engine } from '../engine/engine.ts';

export type { EngineName } from '../engine/devices/devices.ts';

/** @param device the name of one; `auto` is decided before a trial starts. Never another one than was asked for. */
export async function openEngine(name: EngineName, device: string): Promise<Engine> {
  if (!includes(devices[name], device)) throw new Error(`internal: no device ${device} for the engine ${name}`);
  switch (name) {
    case 'onnx': {
      const { compiledEngine } = await import('../engine/onnx/onnx-engine.ts');
      return compiledEngine(device as OnnxDevice); // one of them, by the check above
    }
    case 'tfjs': {
      const { eagerEngine } = await import('../engine/tfjs/tfjs-engine.ts');
      return eagerEngine(device);
    }
    default:
      return name satisfies never;
  }
}

const includes = (names: readonly DeviceName[], device: string): boolean => names.some((name) => name === device);
