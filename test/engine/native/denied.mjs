/**
 * Runs the command line where Linux refuses executable memory to whoever asks for it (PR_SET_MDWE, from 6.3 on): V8 itself
 * then needs `--jitless`. Exit code 77 where the kernel has no such refusal. The words are those of the command.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import koffi from 'koffi';

const [setMdwe, refuseExecGain] = [65, 1];
const word = 'unsigned long';
const prctl = koffi.load(null).func(`int prctl(int, ${word}, ${word}, ${word}, ${word})`);
if (prctl(setMdwe, refuseExecGain, 0, 0, 0) !== 0) process.exit(77);
const command = fileURLToPath(new URL('../../../bin/modebench.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [command, ...process.argv.slice(2)], {
  env: { ...process.env, NODE_OPTIONS: '--jitless' },
  stdio: 'inherit',
});
process.exit(status ?? 1);
