/** The leaderboard, from stores on disk to its files and its page in a browser. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readCsv } from '../../../src/disk/csv.ts';
import { buildLeaderboard } from '../../../src/report/leaderboard/build.ts';
import { boardsOf } from '../../../src/report/leaderboard/standings.ts';
import { browserPath } from '../../support/browser-path.ts';
import { inPage, launchBrowser, open } from '../page/browser.ts';
import { dataOf, sampleRecords, scratch, specOf, trialOf } from '../sample-store.ts';

vi.setConfig({ testTimeout: 60_000 });

async function boards() {
  const diverged = trialOf(specOf('gan', 2), Number.NaN, { status: 'diverged', metrics: {} });
  const gan = [trialOf(specOf('gan', 0), 5), trialOf(specOf('gan', 1), 15), diverged];
  return boardsOf(await dataOf([...sampleRecords(), ...gan]));
}

describe('a board', () => {
  it('has shares of the modes, ranks over common seeds, and the budget of each method', async () => {
    const [board, ...others] = await boards();
    expect(others).toEqual([]);
    const shown = board?.standings.map(({ method, family, values, rank, seeds, done, steps }) => [
      ...[method, family, values.coverage?.mean, values.quality?.seeds, rank?.ranks, seeds.length, done, steps],
    ]);
    expect(shown).toEqual([
      ['gan', 'paper', 0.4, 2, [3, 2, 3], 3, 2, 8_000],
      ['bigan', 'paper', expect.closeTo(0.52), 3, [2, 3, 2], 3, 3, 8_000],
      ['bigan-pgp', 'paper', 1, 3, [1, 1, 1], 3, 3, 8_000],
    ]);
    expect(board?.columns.coverage?.outOf).toBe(25);
    expect(board?.published.map(({ method }) => method)).toContain('PacGAN4');
  });

  it('has no published rows where none of them has a figure in its columns', async () => {
    const metrics = { latentPurity: 1, latentKS: 0.2 };
    const [board] = boardsOf(await dataOf([trialOf(specOf('bigan', 0), 0, { metrics })]));
    expect(board?.columns.coverage?.info.name).toBe('latentPurity');
    expect(board?.published).toEqual([]);
  });

  it('names a method with what the command line set of its own settings, but not what it set for all', async () => {
    const varied = ['critic.steps', 'training.steps'];
    const spec = { ...specOf('wgan-gp', 0), critic: { steps: 1, clip: 0 } };
    const data = await dataOf([
      trialOf(specOf('gan', 0), 5, { varied: ['training.steps'] }),
      trialOf(spec, 25, { varied }),
    ]);
    const labels = boardsOf(data).map(({ standings }) => standings.map(({ label }) => label));
    expect(labels).toEqual([['gan', 'wgan-gp critic.steps 1']]);
  });

  it('stands in Markdown and CSV, published figures as shares of the same modes', async () => {
    const out = scratch();
    await buildLeaderboard(await boards(), out, 'npm run report');
    const { rows } = readCsv(readFileSync(join(out, 'leaderboard.csv'), 'utf8'), 'leaderboard.csv');
    const published = rows.find((row) => row.get('method') === 'PacGAN4');
    expect([published?.get('coverage.mean'), published?.get('quality.mean')]).toEqual(['0.992', '0.9359999999999999']);
    const text = readFileSync(join(out, 'leaderboard.md'), 'utf8');
    expect(text).toContain('| gan | 40 % |');
    expect(text).toContain('0…2 (2 done)');
  });
});

describe.skipIf(browserPath === undefined)('the page in a browser', () => {
  it('sorts by a column, filters, fits a phone, and says nothing on the console', async () => {
    const out = scratch();
    const path = await buildLeaderboard(await boards(), out, 'npm run report');
    const browser = await launchBrowser();
    try {
      const { page, said, requests } = await open(browser, path, { width: 390 });
      expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
      const names = () => page.locator('#rows tbody tr:visible th').allInnerTexts();
      expect(await names()).toEqual(['gan', 'bigan', 'bigan-pgp']);
      await page.locator('#rows button.sort', { hasText: 'modes kept' }).click();
      expect(await names()).toEqual(['bigan-pgp', 'bigan', 'gan']);
      await page.locator('#rows button.sort', { hasText: 'modes kept' }).click();
      expect(await names()).toEqual(['gan', 'bigan', 'bigan-pgp']);
      await page.locator('input[name=seeds]').fill('3');
      expect(await names()).toEqual(['bigan', 'bigan-pgp']);
      expect(await page.locator('#overview tbody:first-of-type tr:visible th').allInnerTexts()).toEqual([
        'bigan',
        'bigan-pgp',
      ]);
      await page.locator('button[type=reset]').click();
      await expect.poll(names).toHaveLength(3);
      expect([said, requests]).toEqual([[], []]);
    } finally {
      await browser.close();
    }
  });
});
