/** What a machine must have for emitted code, and one line that says what it lacks. */
import type * as Koffi from 'koffi';
import { UsageError } from '../../../base/usage-error.ts';
import { hasVectors, hasWideVectors, readProcessor } from './processor.ts';

export type Library = typeof Koffi.default;

/** What emitted code runs on. */
export interface System {
  readonly koffi: Library;
  /** Whether the processor has AVX-512. */
  readonly wide: boolean;
}

/** What is asked of a machine, so that tests can describe one. */
export interface Host {
  readonly platform: string;
  readonly arch: string;
  readonly loadKoffi: () => Promise<Library>;
  /** The words of CPUID; throws where memory cannot be made executable. */
  readonly readProcessor: (koffi: Library) => ArrayLike<number>;
}

const thisHost: Host = {
  platform: process.platform,
  arch: process.arch,
  loadKoffi: async () => (await import('koffi')).default,
  readProcessor,
};

/** @throws UsageError of one line where emitted code cannot run. */
export async function openSystem(host: Host = thisHost): Promise<System> {
  const refuse = (reason: string): never => {
    throw new UsageError(`engine native: ${reason}; --engine onnx runs everywhere`);
  };
  if (host.arch !== 'x64') refuse(`needs an x86-64 processor, this is ${host.arch}`);
  if (host.platform !== 'linux' && host.platform !== 'darwin') refuse(`needs Linux or macOS, this is ${host.platform}`);
  const koffi = await host.loadKoffi().catch(() => refuse('the package koffi is not installed (npm install)'));
  let words: ArrayLike<number> = [];
  try {
    words = host.readProcessor(koffi);
  } catch (error) {
    refuse((error as Error).message);
  }
  if (!hasVectors(words)) refuse('needs AVX2 and FMA, which this processor lacks');
  return { koffi, wide: hasWideVectors(words) };
}
