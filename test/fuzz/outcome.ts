/** What every reader owes to whatever it is fed: a value that holds no surprise, or one clear line. */
import { expect } from 'vitest';
import { UsageError } from '../../src/base/usage-error.ts';

export interface Refusal {
  /** What a refusal's line must hold: the name of the file or of the option. */
  readonly says?: string;
  /** Whether it must be a UsageError, as where nothing above the reader makes it one. */
  readonly usage?: boolean;
}

/** Runs a reader: its value, checked to be plain, or `undefined` where it refused in one clear line. */
export async function valueOrLine<T>(read: () => T | Promise<T>, refusal: Refusal = {}): Promise<T | undefined> {
  try {
    const value = await read();
    expectPlain(value);
    return value;
  } catch (error) {
    if (error instanceof Error && error.name === 'AssertionError') throw error;
    expectClearLine(error, refusal);
    return undefined;
  } finally {
    expect(inherited()).toEqual(before);
  }
}

/** What every object of the process inherits. */
const inherited = () => [Object.prototype, Array.prototype].map((shared) => Reflect.ownKeys(shared));
const before = inherited();

/** What JavaScript says when code goes wrong, and what it prints of things that are no texts. */
const faults =
  /^internal:|is not a function|is not iterable|cannot read prop|array length|call stack|circular|\[object|native code|allocation failed|out of range/i;

function expectClearLine(error: unknown, { says = '', usage = false }: Refusal): void {
  const kind: unknown = error instanceof Error ? error.constructor : typeof error;
  const { message } = error instanceof Error ? error : { message: String(error) };
  if (kind !== UsageError && (usage || kind !== Error)) throw error; // with its stack: it says where
  expect(message).toMatch(/\S/);
  expect(message).not.toMatch(/\p{Cc}/u);
  expect(message).not.toMatch(faults);
  expect(message).toContain(says);
  expect(message.length).toBeLessThan(600 + says.length);
}

const plainKinds: readonly unknown[] = [null, Object.prototype, Array.prototype];

/** Objects inherit from nothing of the input's choice. RecipeArguments arrays, maps and instances are the reader's own making. */
function expectPlain(value: unknown, seen = new Set<unknown>()): void {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || seen.has(value)) return;
  seen.add(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (value instanceof Map) return;
  if (!plainKinds.includes(prototype)) {
    expect(Object.hasOwn(prototype as object, 'constructor'), 'an object inherits from a value').toBe(true); // null is among the plain
    return;
  }
  for (const part of Object.values(value)) expectPlain(part, seen);
}
