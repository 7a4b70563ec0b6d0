/**
 * What is kept of the bytes of reference trials, in results/reference/SHA256SUMS: the trial that `doctor` trains has them on
 * every machine, and a line is there for every row that machine code made. `UPDATE_HASHES=1` writes the lines of the trials
 * whose folders are there, and that of the short one.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { shortTrial } from '../../src/cli/doctor/reference-trial.ts';
import { referenceSums, sumsFile } from '../../src/store/reference-sums.ts';
import { decodeTrials } from '../../src/store/trials-csv.ts';
import { projectRoot } from '../cli/run-cli.ts';
import { noNative } from '../support/native.ts';

const store = join(projectRoot, 'results/reference');
const experiments = readdirSync(store).filter((name) => existsSync(join(store, name, 'trials.csv')));

/** Of the trials whose folders are in the reference store: where they were just made. */
function madeHere(): [place: string, sum: string][] {
  return experiments.flatMap((name) => {
    const trials = join(store, name, 'trials');
    if (!existsSync(trials)) return [];
    return readdirSync(trials).map((id): [string, string] => {
      const bytes = readFileSync(join(trials, id, sumsFile));
      return [`${name}/trials/${id}/${sumsFile}`, createHash('sha256').update(bytes).digest('hex')];
    });
  });
}

it.skipIf(noNative)(
  'a short trial has the bytes that are kept',
  async () => {
    const { place, sum } = await shortTrial();
    if (process.env.UPDATE_HASHES) {
      const known = new Map([...referenceSums(store), ...madeHere(), [place, sum]]);
      const lines = [...known].filter(([name]) => name !== '').sort(([a], [b]) => (a < b ? -1 : 1));
      writeFileSync(join(store, sumsFile), lines.map(([name, digits]) => `${digits}  ${name}\n`).join(''));
    }
    expect(sum).toBe(referenceSums(store).get(place));
  },
  60_000,
);

it.skipIf(noNative)(
  'it has them with the narrower vectors too',
  async () => {
    vi.stubEnv('MODEBENCH_VECTORS', 'avx2');
    onTestFinished(() => void vi.unstubAllEnvs());
    const { place, sum } = await shortTrial();
    expect(sum).toBe(referenceSums(store).get(place));
  },
  60_000,
);

it('every row that machine code made has its bytes there', () => {
  const known = referenceSums(store);
  const rows = experiments.flatMap((name) => {
    const path = join(store, name, 'trials.csv');
    return decodeTrials(readFileSync(path, 'utf8'), path)
      .filter(({ engine }) => engine === 'native')
      .map(({ method, seed, spec }) => `${name}/trials/${method}-s${seed}-${spec}`);
  });
  // behind the spec stands what pictures were drawn and judged by, where a trial is of pictures
  const places = new Set([...known.keys()].map((place) => /^.+-s\d+-[0-9a-f]{8}/.exec(place)?.[0]));
  expect(rows.filter((place) => !places.has(place))).toEqual([]);
});
