/** What a shell completes: bash itself asks the command line, and fills in the word. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { runHere } from './run-here.ts';

/** What is offered for the last of some words. */
async function offered(...words: readonly string[]): Promise<string[]> {
  const { code, stdout } = await runHere('--get-yargs-completions', 'modebench', ...words);
  expect(code).toBe(0);
  return stdout.split('\n').filter((line) => line !== '');
}

it('offers commands, options, experiments and methods', async () => {
  expect(await offered('')).toEqual(expect.arrayContaining(['exp', 'report', 'score', 'completion']));
  expect(await offered('exp', 'ring8')).toEqual(['ring8', 'ring8-rare']);
  expect(await offered('exp', 'grid25', '--se')).toEqual(expect.arrayContaining(['--seeds', '--search']));
  expect(await offered('exp', 'grid25', '--methods', 'bigan-p')).toEqual(['bigan-pgp']);
  expect(await offered('exp', 'grid25', '--methods', '=', 'gan,bigan-r')).toEqual(['gan,bigan-rp']);
  expect(await offered('score', 'x.npy', '--against', 'ring8-')).toEqual(['ring8-rare']);
  expect(await offered('data', 'cel')).toEqual(['celeba']);
  expect(await offered('exp', 'none-such')).toEqual([]);
});

it('is what bash fills in', async () => {
  const { stdout } = await runHere('completion');
  const typed = `${stdout}
COMP_WORDS=(modebench exp ring8) COMP_CWORD=2
_modebench_yargs_completions
printf '%s\\n' "\${COMPREPLY[@]}"
declare -f modebench`;
  const said = await promisify(execFile)('bash', ['--norc', '-c', typed], {
    env: { ...process.env, SHELL: '/bin/bash' },
  });
  const [first, second, ...body] = said.stdout.trim().split('\n');
  expect([first, second]).toEqual(['ring8', 'ring8-rare']);
  expect(body.join('\n')).toMatch(/node .*bin\/modebench\.mjs "\$@"/);
}, 30_000);
