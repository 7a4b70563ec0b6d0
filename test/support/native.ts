/** Whether machine code runs on this machine, for tests that need it. */
import { type EngineName, isEngine } from '../../src/engine/engines.ts';
import { type Library, nativeFault } from '../../src/engine/native/machine/system.ts';

const fault = await nativeFault();

/** ` (skipped: …)` where it does not, else ''. */
export const noNative = fault === undefined ? '' : ` (skipped: native ${fault})`;

/** What `--engine auto` takes here, in whose place a test may be. */
export const usualEngine: EngineName = fault === undefined ? 'native' : 'onnx';

/** Of these engines, those that run here. */
export const runningHere = <Name extends string>(names: readonly Name[]): Name[] =>
  names.filter((name) => !isEngine(name) || name !== 'native' || fault === undefined);

/** Undefined where it is not installed: there `noNative` says so, and the tests that use it are skipped. */
export const koffi = (await import('koffi').catch(() => undefined))?.default as Library; // as said
