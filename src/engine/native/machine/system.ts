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
  /** `none` takes the processor for one without AVX2, `avx2` for one without AVX-512: MODEBENCH_VECTORS. */
  readonly vectors?: string | undefined;
}

const thisHost = (): Host => ({
  platform: process.platform,
  arch: process.arch,
  loadKoffi: async () => (await import('koffi')).default,
  readProcessor,
  vectors: process.env.MODEBENCH_VECTORS,
});

/** @throws UsageError of one line where emitted code cannot run. */
export async function openSystem(host: Host = thisHost()): Promise<System> {
  const found = await look(host);
  if (typeof found === 'string') throw new UsageError(`engine native: ${found}; --engine onnx runs everywhere`);
  return found;
}

/** Why emitted code cannot run here, in a few words; none where it can. */
export async function nativeFault(host: Host = thisHost()): Promise<string | undefined> {
  const found = await look(host);
  return typeof found === 'string' ? found : undefined;
}

async function look(host: Host): Promise<System | string> {
  const { platform, arch, vectors } = host;
  if (arch !== 'x64') return `needs an x86-64 processor, this is ${arch}`;
  if (platform !== 'linux' && platform !== 'darwin') return `needs Linux or macOS, this is ${platform}`;
  const koffi = await host.loadKoffi().catch(() => undefined);
  if (koffi === undefined) return 'the package koffi is not installed (npm install)';
  let words: ArrayLike<number>;
  try {
    words = host.readProcessor(koffi);
  } catch (error) {
    return (error as Error).message;
  }
  if (vectors === 'none' || !hasVectors(words)) return 'needs AVX2 and FMA, which this processor lacks';
  return { koffi, wide: vectors !== 'avx2' && hasWideVectors(words) };
}
