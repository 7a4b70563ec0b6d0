/** What `npm run bundle` packs runs by itself: with its own Node, and without the project's modules, a path or a home. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fillBundle } from '../bin/bundle-folder.mjs';

const isHere = process.platform === 'linux' && process.arch === 'x64';
let place = '';
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'modebench-bundle-'));
  if (isHere) await fillBundle(join(place, 'modebench'));
}, 300_000);
afterAll(() => rmSync(place, { recursive: true, force: true }));

const run = (...words: string[]): string =>
  execFileSync(join(place, 'modebench/modebench'), words, {
    cwd: place,
    env: {},
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

it.skipIf(!isHere)(
  'a filled folder trains and evaluates',
  () => {
    const short = ['--preset', 'smoke', '--seeds', '1', '--methods', 'gan', '--jobs', '1'];
    const words = ['--set', 'training.steps=8', '--set', 'evaluation.every=8'];
    const { rows } = JSON.parse(run('exp', 'grid25', ...short, ...words, '--store', 'store', '--json'));
    expect(rows).toMatchObject([{ status: 'done', steps: 8 }]);
  },
  300_000,
);
