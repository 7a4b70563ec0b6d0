/** A page is opened by a program of the test's own. */
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openFile } from '../../src/cli/open-file.ts';
import { scratch } from './run-cli.ts';

function browser(program: string): void {
  vi.stubEnv('BROWSER', program);
  onTestFinished(() => void vi.unstubAllEnvs());
}

it('is given to the program that BROWSER names', async () => {
  const folder = scratch();
  const [program, seen] = [join(folder, 'browser'), join(folder, 'seen')];
  writeFileSync(program, `#!/bin/sh\nprintf %s "$1" > '${seen}.part' && mv '${seen}.part' '${seen}'\n`);
  chmodSync(program, 0o755);
  browser(program);
  await openFile('/some where/index.html');
  await vi.waitUntil(() => existsSync(seen), 20_000);
  expect(readFileSync(seen, 'utf8')).toBe('/some where/index.html');
});

it('is a remark where there is no such program', async () => {
  browser('/nowhere/browser');
  const said = vi.spyOn(console, 'error').mockImplementation(() => {});
  onTestFinished(() => void said.mockRestore());
  await openFile('/page.html');
  expect(said.mock.calls).toEqual([[expect.stringMatching(/^modebench: cannot open \/page\.html: .*ENOENT/)]]);
});
