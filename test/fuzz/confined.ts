/** Prepares a set beside its sources and looks at what lies there afterwards: the set, whole, or nothing; and nothing elsewhere. */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { verifyImageSet } from '../../src/datasets/pictures/image-set.ts';
import type { TypedOptions } from '../../src/datasets/prepare/recipe.ts';
import { put, scratch } from '../datasets/pictures/files.ts';
import { prepared } from '../datasets/pictures/sets.ts';
import { valueOrLine } from './outcome.ts';

export interface Box {
  /** Where a test puts its sources. */
  readonly source: string;
  /** Whether the set could be made of them. Whatever was made is removed again. */
  prepare(kind: string, typed: TypedOptions): Promise<boolean>;
}

/** A folder that goes with the test. What names lead out of is four folders deep in it, each with a file to be hit. */
export function openBox(): Box {
  const outermost = scratch();
  const box = join(outermost, 'a', 'b', 'c');
  const source = join(box, 'source');
  const data = join(box, 'data');
  mkdirSync(source, { recursive: true });
  for (const folder of ['', 'a', 'a/b', 'a/b/c']) put(join(outermost, folder), 'data_batch_1.bin', 'mine');
  const seen = () => readdirSync(outermost, { recursive: true }).sort();
  return {
    source,
    async prepare(kind, typed) {
      rmSync(data, { recursive: true, force: true }); // what an attempt that failed left behind
      const before = seen();
      const made = await valueOrLine(() => prepared(data, kind, typed, { name: kind }), { usage: true });
      const isMade = made !== undefined;
      expect(existsSync(join(data, kind))).toBe(isMade);
      if (isMade) await verifyImageSet(data, kind);
      rmSync(join(data, kind), { recursive: true, force: true });
      if (existsSync(data)) expect(readdirSync(data)).toEqual([]);
      rmSync(data, { recursive: true, force: true });
      expect(seen()).toEqual(before);
      return isMade;
    },
  };
}
