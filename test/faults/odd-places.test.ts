/** Stores on disks that may not be written to, where files stand in the way, and on a file system without hard links. */
import { existsSync, linkSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { scratch, until } from '../cli/run-cli.ts';
import { exfatDisk, smallDisk, whyNoExfat, whyNoTmpfs } from './mounts.ts';
import { contents, exp, run, start, trialFolders, undisturbed } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 180_000 });

const trials =
  (count: number) =>
  (store: string, ...more: string[]) =>
    exp(store, 500, '--methods', 'gan', '--seeds', `${count}`, '--jobs', '1', '--quiet', ...more);
const command = trials(3);
const whole = undisturbed(command);
const [noTmpfs, noExfat] = [whyNoTmpfs(), whyNoExfat()];

const isDone = (store: string): boolean => trialFolders(store).some((folder) => existsSync(join(folder, 'trial.json')));

describe.skipIf(noTmpfs !== '')(`a read-only disk${noTmpfs && ` (${noTmpfs})`}`, () => {
  it('is refused before anything is done, by a dry run, too', async () => {
    const { folder, remount } = smallDisk(1024);
    remount('ro');
    for (const options of [[], ['--dry-run']]) {
      expect(await run(command(join(folder, 'results'), ...options))).toMatchObject({
        code: 2,
        stdout: '',
        stderr: `modebench: --store: cannot write to ${join(folder, 'results')} (EROFS)\n`,
      });
    }
  });

  it('from one moment on: one line; once it can be written to, the same command goes on to the same bytes', async () => {
    const command = trials(12); // so many that some are left when the first is seen done
    const expected = await undisturbed(command)();
    const { folder, remount } = smallDisk(4096);
    const { ended } = start(command(folder));
    await until(() => isDone(folder), 60);
    // Refused while a file is open for writing.
    await until(() => {
      try {
        remount('ro');
        return true;
      } catch {
        return false;
      }
    });
    const { code, stdout, stderr } = await ended;
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /^modebench: cannot (write|make|take) [^\n]*: the file system is read-only \(EROFS\); [^\n]*\n$/,
    );
    expect(isDone(folder)).toBe(true);
    remount('rw');
    expect(await run(command(folder))).toMatchObject({ code: 0, stderr: '' });
    // A lock that could not be given back is a dead process's, whose trial is done.
    const left = Object.entries(contents(folder)).filter(([name]) => !name.startsWith('.locks/'));
    expect(Object.fromEntries(left)).toEqual(expected);
  });
});

it.each(['grid25', 'grid25/trials', 'grid25/.locks'])(
  'a file where the folder %s should be: one line',
  async (name) => {
    const store = scratch();
    mkdirSync(join(store, name, '..'), { recursive: true });
    writeFileSync(join(store, name), 'mine');
    const { code, stdout, stderr } = await run(command(store));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      new RegExp(`^modebench: cannot make the folder ${join(store, name)}[^\\n]*: a file stands in [^\\n]*\\n$`),
    );
  },
);

it.skipIf(noExfat !== '')(
  `two runs on a file system without hard links${noExfat && ` (${noExfat})`}: every trial once`,
  async () => {
    const expected = await whole();
    const store = exfatDisk();
    writeFileSync(join(store, 'a'), '');
    expect(() => linkSync(join(store, 'a'), join(store, 'b'))).toThrow('EPERM');
    const both = await Promise.all([0, 1].map(() => start(command(store, '--json')).ended));
    expect(both.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const [rows, others] = both.map(({ stdout }) => JSON.parse(stdout).rows);
    expect(rows).toEqual(others);
    expect(contents(store)).toEqual(expected);
    expect(readdirSync(join(store, 'grid25/.locks'))).toEqual([]);
  },
);
