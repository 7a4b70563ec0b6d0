/** Experiments' files that never say what they export, or that leave something running: one line, and an end. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { run, scratch } from '../run-cli.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

it.each([
  ['awaits what never comes', 'await new Promise(() => {});\nexport default {};\n'],
  ['exports what never comes', 'export default new Promise(() => {});\n'],
])('a file that %s', async (_, text) => {
  const path = join(scratch(), 'mine.ts');
  writeFileSync(path, text);
  expect(await run('exp', path)).toMatchObject({
    code: 2,
    stdout: '',
    stderr: `modebench: ${path}: an await in it, or the promise that it exports, does not end\n`,
  });
});

it('a file that leaves a timer behind does not keep the command', async () => {
  const path = join(scratch(), 'mine.ts');
  writeFileSync(
    path,
    `import grid25 from 'modebench/experiments/grid25';
setInterval(() => {}, 1_000);
export default grid25;
`,
  );
  const { code, stdout, stderr } = await run('exp', path, '--dry-run', '--store', scratch());
  expect(code).toBe(0);
  expect(stdout).toContain('mine');
  expect(stderr).toBe('modebench: ended, though something that a file started (a timer, a server) still runs\n');
});
