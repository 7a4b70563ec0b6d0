/** Ctrl-C as a terminal sends it, to every process of the run at once, wherever the run happens to be. */

import seedrandom from 'seedrandom';
import { expect, it, vi } from 'vitest';
import { scratch, until } from '../cli/run-cli.ts';
import { sized } from '../support/long.ts';
import { contents, exp, isOver, killGroup, run, start } from './runs.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 240_000 });

const command = (store: string) => exp(store, 2_500, '--methods', 'gan', '--seeds', '4', '--jobs', '2', '--quiet');

const moments = sized(3, 10);

it(`at ${moments} random moments, the same command after each: in the end the bytes of an undisturbed run`, async () => {
  const [whole, store] = [scratch(), scratch()];
  const began = performance.now();
  expect(await start(command(whole)).ended).toMatchObject({ code: 0, stderr: '' });
  const usual = performance.now() - began;

  const random = seedrandom.alea('moments');
  const codes: (number | null)[] = [];
  for (let times = 0; times < moments; times++) {
    const { child, ended } = start(command(store));
    const timer = setTimeout(() => killGroup(child, 'SIGINT'), ((times + random()) / moments) * 0.9 * usual);
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
  expect(contents(store)).toEqual(contents(whole));
});
