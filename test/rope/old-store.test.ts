/**
 * `test/fixtures/store-0.1` was written by version 0.1.0 (521b64d): two finished trials and one that was interrupted at
 * its first steps. It is found, gone on with and reported, and nothing finished is trained again.
 */
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scratch } from '../cli/run-cli.ts';
import { runHere } from '../cli/run-here.ts';

const fixture = new URL('../fixtures/store-0.1', import.meta.url).pathname;
const tiny = ['--set', 'evaluation.samples=100', '--set', 'nets.hidden=[8]', '--set', 'training.batch=8'];
const longer = ['--set', 'training.steps=3000', '--set', 'evaluation.every=1000'];

it('a store of version 0.1.0 is read, resumed and reported', async () => {
  const store = join(scratch(), 'store');
  cpSync(fixture, store, { recursive: true });
  const trials = join(store, 'ring8', 'trials');
  const finished = ['gan-s0-f7c19677', 'bigan-pgp-s0-e527efb1'].map((id) => join(trials, id, 'trial.json'));
  const before = finished.map((file) => readFileSync(file, 'utf8'));
  const exp = ['exp', 'ring8', '--preset', 'smoke', '--store', store, '--json', ...tiny];

  const again = await runHere(...exp, '--methods', 'gan,bigan-pgp', '--seeds', '1');
  expect(again).toMatchObject({ code: 0 });
  expect(JSON.parse(again.stdout).outcome).toMatchObject({ done: 2, missing: 0 });
  expect(finished.map((file) => readFileSync(file, 'utf8'))).toEqual(before);

  const plan = await runHere(...exp, ...longer, '--methods', 'bigan-pgp', '--seeds', '1..1', '--dry-run');
  const { id } = JSON.parse(plan.stdout).plan[0];
  expect(readdirSync(join(trials, id))).toEqual(['checkpoint']);
  const resumed = await runHere(...exp, ...longer, '--methods', 'bigan-pgp', '--seeds', '1..1');
  expect(resumed).toMatchObject({ code: 0 });
  expect(resumed.stderr).not.toMatch(/starts again/);
  const record = JSON.parse(readFileSync(join(trials, id, 'trial.json'), 'utf8'));
  expect(record).toMatchObject({ status: 'done', steps: 3000 });

  const out = join(store, 'reports');
  expect(await runHere('report', 'ring8', '--store', store, '--out', out)).toMatchObject({ code: 0 });
  expect(statSync(join(out, 'ring8', 'index.html')).size).toBeGreaterThan(100_000);
  expect(readFileSync(join(out, 'ring8', 'table.md'), 'utf8')).toMatch(/gan[\s\S]*bigan-pgp/);
}, 120_000);
