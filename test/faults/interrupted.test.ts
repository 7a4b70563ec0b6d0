/** Ctrl-C as a terminal sends it, to every process of the run at once, wherever the run happens to be. */

import seedrandom from 'seedrandom';
import { expect, it, vi } from 'vitest';
import { scratch, until } from '../cli/run-cli.ts';
import { contents, exp, isOver, killGroup, run, start, undisturbed } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 240_000 });

const command = (store: string) => exp(store, 2_500, '--methods', 'gan', '--seeds', '4', '--jobs', '2', '--quiet');

it('at ten random moments, the same command after each: in the end the bytes of an undisturbed run', async () => {
  const began = performance.now();
  const expected = await undisturbed(command)();
  const usual = performance.now() - began;

  const store = scratch();
  const random = seedrandom.alea('ten moments');
  const codes: (number | null)[] = [];
  for (let times = 0; times < 10; times++) {
    const { child, ended } = start(command(store));
    const timer = setTimeout(() => killGroup(child, 'SIGINT'), random() * 0.5 * usual);
    const { code, signal, stderr } = await ended;
    clearTimeout(timer);
    await until(() => isOver(child), 5);
    // Nobody listens yet where it hits the first tenths of a second, and little is left where it comes late.
    if (code === 130)
      expect(stderr).toMatch(/^Interrupted with \d of 4 trials done; go on with: npm run exp [^\n]*\n$/);
    else expect([code, signal, stderr]).toEqual([code === 0 ? 0 : null, code === 0 ? null : 'SIGINT', '']);
    codes.push(code);
  }
  expect(codes).toContain(130);

  expect(await run(command(store))).toMatchObject({ code: 0, stderr: '' });
  expect(contents(store)).toEqual(expected);
});
