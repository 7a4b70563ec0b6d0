/**
 * How often a property is tried, and from which seed. The seed is fixed, so that every run tries the same; fast-check prints
 * it, and the path, of what it finds. By hand: `FUZZ=20 FUZZ_SEED=7 npx vitest run test/fuzz --testTimeout=900000` tries
 * twenty times as much, and other things.
 */
import { env } from 'node:process';

const times = Number(env.FUZZ ?? 1);
const seed = Number(env.FUZZ_SEED ?? 2018);

export const runs = (numRuns: number) => ({ numRuns: Math.ceil(numRuns * times), seed });
