/**
 * Tries a device in a process of its own, with a time limit, so that a driver that crashes or hangs ends that process alone.
 * The process inherits the environment, where drivers are named.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { EngineName } from '../engines.ts';
import { shortFault } from './fault-text.ts';
import type { ProbeStep } from './probe-steps.ts';

/** What the process is sent. */
export interface TryRequest {
  readonly engine: EngineName;
  readonly device: string;
  readonly steps: readonly ProbeStep[];
}

/** What it sends back: whether the device works, then of each step its time or why there is none. */
export type TryMessage =
  | { readonly kind: 'works' | 'done' }
  | { readonly kind: 'fails' | 'untimed'; readonly message: string }
  | { readonly kind: 'timed'; readonly milliseconds: number };

/** Of a step: milliseconds, or why it could not be run. */
export type Timing = { readonly milliseconds: number } | { readonly fault: string };

export interface TryResult {
  /** Why the device does not work, in a few words; absent where it does. */
  readonly fault?: string;
  /** In the order of the steps that were asked for; a process that ends early leaves the rest out. */
  readonly timings: readonly Timing[];
}

export interface TryOptions {
  /** Most seconds that it may take. */
  readonly seconds?: number;
  /** Path of the process' entry. */
  readonly entry?: string;
}

/** In the compiled tree. */
const ownEntry = fileURLToPath(new URL('./try-child.js', import.meta.url));

/** Compiling the shaders of a small step takes a good driver less than a second, and a software one up to half a minute. */
const usualSeconds = 60;

/** Never throws: whatever goes wrong is reported as the device's fault. */
export function tryDevice(
  request: TryRequest,
  { seconds = usualSeconds, entry = ownEntry }: TryOptions = {},
): Promise<TryResult> {
  const child = fork(entry, [], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const tail = tailOf(child);
  const timings: Timing[] = [];
  let works = false;
  return new Promise((resolve) => {
    let settled = false;
    const settle = (fault?: string) => {
      if (settled) return;
      settled = true;
      clearTimeout(limit);
      child.kill('SIGKILL');
      if (fault === undefined) return resolve({ timings });
      // It computed squares before: the step failed, not the device.
      if (works) resolve({ timings: [...timings, ...request.steps.slice(timings.length).map(() => ({ fault }))] });
      else resolve({ fault, timings });
    };
    const limit = setTimeout(() => settle(`no answer within ${seconds} s`), seconds * 1e3);
    child.on('message', (message: TryMessage) => {
      switch (message.kind) {
        case 'works':
          works = true;
          return;
        case 'timed':
          timings.push({ milliseconds: message.milliseconds });
          return;
        case 'untimed':
          timings.push({ fault: shortFault(message.message, tail()) });
          return;
        case 'fails':
          return settle(shortFault(message.message, tail()));
        case 'done':
          return settle();
        default:
          return message satisfies never;
      }
    });
    child.once('error', (error) => settle(`its process could not start: ${error.message}`));
    child.once('close', (code, signal) => settle(`its process ended ${signal ? `by ${signal}` : `with code ${code}`}`));
    child.send(request, () => {
      // Where it cannot be sent the process is gone, and `close` says how.
    });
  });
}

/** The last lines that its native libraries print, which often say more than their errors. */
function tailOf(child: ChildProcess): () => string {
  let tail = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (said: string) => {
      tail = (tail + said).slice(-8_000);
    });
  }
  return () => tail;
}
