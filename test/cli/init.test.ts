/** A file of one's own outside of the project: written by `init`, typed by a compiler, run; and one that extends a built-in experiment. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot, scratch } from './run-cli.ts';
import { runHere } from './run-here.ts';

const typed = (folder: string): string => {
  const tsc = join(projectRoot, 'node_modules/typescript/bin/tsc');
  try {
    return execFileSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  } catch (error) {
    return String((error as { stdout: string }).stdout);
  }
};

it('writes an experiment that compiles and is planned', async () => {
  const folder = scratch();
  const file = join(folder, 'mine.ts');
  expect(await runHere('init', file)).toMatchObject({ code: 0, stderr: '' });
  expect(typed(folder)).toBe('');
  const { stdout } = await runHere('exp', file, '--dry-run', '--json', '--seeds', '1');
  expect(JSON.parse(stdout).plan.map(({ method }: { method: string }) => method)).toEqual(['gan', 'hinge']);
  const again = await runHere('init', file);
  expect(again).toMatchObject({ code: 2 });
  expect(again.stderr).toMatch(/is there already: give another name\n$/);
}, 120_000);

it('an experiment may extend one of the project’s, with its types', async () => {
  const folder = scratch();
  await runHere('init', join(folder, 'mine.ts'));
  const file = join(folder, 'small.ts');
  writeFileSync(
    file,
    `import { extend } from 'modebench';
import grid25 from 'modebench/experiments/grid25';
export default extend(grid25, { claim: 'nine', data: { side: 3 }, training: { steps: 20 }, methods: ['gan'] });
`,
  );
  expect(typed(folder)).toBe('');
  const { stdout } = await runHere('exp', file, '--dry-run', '--json', '--seeds', '1', '--set', 'training.batch=8');
  expect(JSON.parse(stdout)).toMatchObject({ claim: 'nine', plan: [{ method: 'gan' }] });
  writeFileSync(
    file,
    "import { extend } from 'modebench';\nimport grid from 'modebench/experiments/grid52';\nexport default extend(grid, {});\n",
  );
  expect(await runHere('exp', file, '--dry-run')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/there is no experiment modebench\/experiments\/grid52/),
  });
}, 120_000);
