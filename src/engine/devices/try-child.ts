/**
 * Entry of the process in which a device is tried: computes squares on it, then times the steps that are asked for. It may
 * crash or hang with its driver, and therefore is a process; each result is sent as soon as it is known.
 */
import { engineNamed, openEngine } from '../engines.ts';
import type { TryMessage, TryRequest } from './try-device.ts';

process.on('disconnect', () => process.exit());
process.once('message', (request: TryRequest) => void answer(request));

async function answer({ engine, device, steps }: TryRequest): Promise<void> {
  try {
    const squares = await engineNamed(engine).selfTest(device);
    const got = squares && Array.from(squares).join(' ');
    if (got !== '1 4 9') throw new Error(`the squares of 1 2 3 came out as ${got}`);
    send({ kind: 'works' });
  } catch (error) {
    return send({ kind: 'fails', message: text(error) }, true);
  }
  for (const step of steps) {
    try {
      const { timeStep } = await import('./probe-steps.ts');
      send({ kind: 'timed', milliseconds: await timeStep(await openEngine(engine, device), step) });
    } catch (error) {
      send({ kind: 'untimed', message: text(error) });
    }
  }
  send({ kind: 'done' }, true);
}

const text = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Exits after the last message: a driver's threads would keep the process alive. */
function send(message: TryMessage, last = false): void {
  process.send?.(message, undefined, undefined, () => {
    if (last) process.exit();
  });
}
