/** The engine that a trial asks for by name and device. Imports only what that one needs: both are heavy. */
import type { Engine } from '../engine/engine.ts';

export type EngineName = 'onnx' | 'tfjs';

/** @param device a device's name, or `auto`: the CPU for onnx, wasm for tfjs. Never another one than was asked for. */
export async function openEngine(name: EngineName, device: string): Promise<Engine> {
  switch (name) {
    case 'onnx': {
      if (device !== 'auto' && device !== 'cpu') throw new Error(`internal: no device ${device} for engine onnx`);
      const { compiledEngine } = await import('../engine/compiled.ts');
      return compiledEngine('cpu');
    }
    case 'tfjs': {
      const { eagerEngine } = await import('../engine/eager.ts');
      return eagerEngine(device === 'auto' ? 'wasm' : device);
    }
    default:
      return name satisfies never;
  }
}
