/** `npm run verify` as it is typed, against a store of its own. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratch } from '../run-cli.ts';
import { runHere } from '../run-here.ts';

const tiny = ['ring8', '--preset', 'smoke', '--methods', 'gan', '--seeds', '1'];

it('trains again, and says whether the results are the same', async () => {
  const store = scratch();
  await runHere('exp', ...tiny, '--store', store, '--quiet');
  const verify = () => runHere('verify', ...tiny, '--against', store, '--quiet');
  expect(await verify()).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Equal: 1 trial, \d+ values\n$/) });

  const path = join(store, 'ring8/trials.csv');
  const [head = '', row = ''] = readFileSync(path, 'utf8').split('\n');
  const changed = row.split(',').with(head.split(',').indexOf('modesCaptured'), '99').join(',');
  writeFileSync(path, `${head}\n${changed}\n`);
  const { code, stdout } = await verify();
  expect(code).toBe(1);
  expect(stdout).toMatch(
    /^Differs: 1 of \d+ values of 1 trial differ.*\n {2}gan-s0-[0-9a-f]{8} {2}modesCaptured: \d, reference 99\n$/,
  );
}, 180_000);

it.each([
  [['cifar10'], /cifar10\/trials.csv is not there: expected an experiment with reference results \(.*grid25, .*\)/],
  [
    ['grid25', '--seeds', '70..70'],
    /grid25\/trials.csv: no row of gan seed 70, preset default; presets there: default/,
  ],
])('%j has no reference: one line, exit code 2', async (words, message) => {
  const { code, stderr } = await runHere('verify', ...words);
  expect(stderr).toMatch(message);
  expect([code, stderr.trim().split('\n').length]).toEqual([2, 1]);
});
