/** A disk that is full, wherever the run happens to be: one line, nothing half written, and on from there once there is room. */
import { readdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { scratch } from '../cli/run-cli.ts';
import { smallDisk, whyNoTmpfs } from './mounts.ts';
import { contents, exp, rowsOf, run, undisturbed } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const command = (store: string) => exp(store, 500, '--methods', 'gan', '--seeds', '2', '--jobs', '1', '--quiet');
const whole = undisturbed(command);
const noTmpfs = whyNoTmpfs();

/** What is in the store is what the undisturbed run left, though not all of it. */
function expectNothingHalf(store: string, expected: Record<string, unknown>): void {
  const { 'trials.csv': _, ...files } = contents(store);
  expect(expected).toMatchObject(files);
  const rows = 'trials.csv' in contents(store) ? rowsOf(store) : [];
  expect(expected['trials.csv']).toEqual(expect.arrayContaining(rows));
}

/** Fills a disk up until that many KiB are left. */
function leave(folder: string, kib: number): void {
  const filler = join(folder, 'filler');
  rmSync(filler, { force: true });
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(bavail * bsize - kib * 1024));
}

describe.skipIf(noTmpfs !== '')(`a full disk${noTmpfs && ` (${noTmpfs})`}`, () => {
  it('ends a run in one line wherever it gets full; with a little more room each time the same command gets on', async () => {
    const expected = await whole();
    const { folder } = smallDisk(512);
    const store = join(folder, 'results');
    const done: number[] = [];
    // A trial takes some 110 KiB: the last two get full around the first one's record, and in the second one.
    for (const kib of [0, 60, 84, 72]) {
      leave(folder, kib);
      const { code, stdout, stderr } = await run(command(store));
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(
        /^modebench: cannot (write|make|take) [^\n]*: no space left on the disk \(ENOSPC\); put that right and type the command again\n$/,
      );
      expectNothingHalf(store, expected);
      done.push(Object.keys(contents(store)).filter((path) => path.endsWith('trial.json')).length);
    }
    expect(done[0]).toBe(0);
    expect(done.at(-1)).toBe(1);
    leave(folder, 300);
    expect(await run(command(store))).toMatchObject({ code: 0, stderr: '' });
    expect(contents(store)).toEqual(expected);
  });

  it('while pictures are prepared: nothing of them stays, and with room they are made', async () => {
    const { folder } = smallDisk(2048);
    const prepare = ['data', 'shapes', '--count', '400', '--size', '32', '--data', join(folder, 'data')];
    leave(folder, 800);
    const { code, stdout, stderr } = await run(prepare);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^modebench: cannot write \S*\/data\/shapes: no space left on the disk \(ENOSPC\); [^\n]*\n$/m,
    );
    expect(readdirSync(join(folder, 'data'))).toEqual([]);
    leave(folder, 1800);
    expect((await run(prepare)).code).toBe(0);
    expect((await run(['data', 'shapes', '--verify', '--data', join(folder, 'data')])).code).toBe(0);
  });
});

it('a limit on the size of files (ulimit -f) is named, too', async () => {
  const expected = await whole();
  const store = scratch();
  // 40,960 bytes: enough for all but landscape.csv.
  const limited = await run(command(store), { under: ['sh', '-c', 'ulimit -f 80; exec "$@"', 'sh'] });
  expect(limited).toMatchObject({ code: 2, stdout: '' });
  expect(limited.stderr).toMatch(
    /^modebench: cannot write [^\n]*landscape\.csv: [^\n]*\(ulimit -f\) \(EFBIG\); [^\n]*\n$/,
  );
  expectNothingHalf(store, expected);
  expect(await run(command(store))).toMatchObject({ code: 0, stderr: '' });
  expect(contents(store)).toEqual(expected);
});
