/** `report` as its users call it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { sampleRecords, specOf, storeOf, trialOf } from '../report/sample-store.ts';
import { scratch } from './run-cli.ts';
import { runHere } from './run-here.ts';

// Whole reports with all their pictures: seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

describe('report', () => {
  it('makes the named report, prints the table and the verdict, and says where the page is', async () => {
    const [store, out] = [await storeOf(sampleRecords()), scratch()];
    const { code, stdout, stderr } = await runHere('report', 'grid25', '--store', store, '--out', out);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^bigan-pgp +25\.0 ±0\.0 +25 /m);
    expect(stdout).toContain('bigan-pgp captured 25 of 25 modes on 3 of 3 seeds.');
    expect(stdout).toContain(`Page: ${join(out, 'grid25/index.html')}`);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(110);
    for (const file of ['index.html', 'table.csv', 'table.md', 'modes-captured.svg']) {
      expect(existsSync(join(out, 'grid25', file))).toBe(true);
    }
    expect(readFileSync(join(out, 'grid25/index.html'), 'utf8')).toContain('npm run report -- grid25 --store ');
  });

  it('without a name reports on all there is, past one that cannot be read', async () => {
    const store = await storeOf([trialOf(specOf('gan', 0), 9), trialOf({ ...specOf('gan', 0), experiment: 'own' }, 3)]);
    mkdirSync(join(store, 'broken/trials/gan-s0-0'), { recursive: true });
    writeFileSync(join(store, 'broken/trials/gan-s0-0/trial.json'), '{');
    const out = scratch();
    const { code, stdout, stderr } = await runHere('report', '--store', store, '--out', out);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^modebench: .*broken holds no trial of broken \(1 unreadable, first .*not JSON.*\)$/m);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    for (const name of ['grid25', 'own']) expect(stdout).toContain(join(out, name, 'index.html'));
  });

  it('compares with another store, and says what is not fair', async () => {
    const spec = specOf('bigan', 0);
    const longer = { ...spec, training: { ...spec.training, steps: 9000 } };
    const other = await storeOf([trialOf(longer, 10), trialOf(specOf('bigan-pgp', 1), 24)]);
    const store = await storeOf(sampleRecords());
    const args = ['report', 'grid25', '--store', store, '--out', scratch(), '--against', other];
    const { code, stdout } = await runHere(...args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/bigan-pgp: modes captured \+1\.0 \[1\.0, 1\.0\].*seeds 1/s);
    expect(stdout.replace(/\s+/g, ' ')).toContain('not a fair comparison: training.steps 8000 here, 9000 there');
  });

  it('goes on past a file that is broken, and names it', async () => {
    const store = await storeOf(sampleRecords());
    const id = sampleRecords()[0]?.id ?? '';
    writeFileSync(join(openStore(store, 'grid25').folder(id), 'samples.csv'), 'set,x0\ngenerated\n');
    const { code, stderr } = await runHere('report', 'grid25', '--store', store, '--out', scratch());
    expect(code).toBe(0);
    expect(stderr).toBe(`modebench: grid25/trials/${id}/samples.csv: row 1: expected 2 cells, got 1 (cut short?)\n`);
  });

  it.each<[string[], RegExp]>([
    [['grid52'], /holds no trials of 'grid52'; did you mean 'grid25'\?/],
    [['./mine.ts'], /holds no trials of '\.\/mine\.ts'; it has grid25/],
    [['grid25', '--stor', 'x'], /unknown option --stor; did you mean --store\?/],
    [['grid25', '--against', '/nowhere/at/all'], /--against: there is no store at \/nowhere\/at\/all/],
    [['grid25', '--against', 'package.json'], /--against: expected a folder/],
    [['grid25', '--out', 'package.json'], /--out: expected a folder/],
    [['grid25', '--out', '/proc/reports'], /--out: cannot write to/],
    [['grid25', '--out'], /--out: expected a value/],
    [['grid25', '--out', 'a', '--out', 'b'], /--out was given more than once/],
  ])('refuses %j in one line', async (args, message) => {
    const store = await storeOf([trialOf(specOf('gan', 0), 9)]);
    const { code, stdout, stderr } = await runHere('report', ...args, '--store', store);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('says what to do about a store that is not there, or is empty', async () => {
    const missing = await runHere('report', '--store', '/nowhere/at/all');
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('npm run exp -- grid25')]);
    const empty = await runHere('report', '--store', scratch());
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringMatching(/holds no trials.*npm run exp/)]);
  });
});
