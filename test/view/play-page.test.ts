/** The bench in a real browser, over the real command: steps by hand, settings, a second variant, a link, what is kept. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { childrenOf, run, scratch, start } from '../cli/run-cli.ts';
import { inPage, launchBrowser, openAddress } from '../report/page/browser.ts';
import { browserPath } from '../support/browser-path.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 400_000 });

const why = browserPath === undefined ? ' (skipped: no Chromium on this system; CHROMIUM=/path names one)' : '';

/** The machine may be busy. */
const eventually = (value: () => unknown) => expect.poll(value, { timeout: 120_000 });

describe.skipIf(browserPath === undefined)(`the bench in a browser${why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it('plays, is a link, and keeps an experiment that runs', async () => {
    const store = scratch();
    const view = start('view', '--store', store);
    let printed = '';
    view.child.stdout?.on('data', (text) => {
      printed += text;
    });
    await eventually(() => printed).toMatch(/http:\S+/);
    const address = /http:\S+/.exec(printed)?.[0] ?? '';
    const begun = new URLSearchParams({ a: 'ring8/bigan-pgp nets.hidden=[8,8] training.batch=16 3' });
    const { page, said } = await openAddress(browser, `${address}#/~play?${begun}`);
    const variant = (place: string) => page.getByRole('region', { name: `variant ${place}` });
    const titleOf = (place: string) => variant(place).locator('h2').textContent();
    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();

    await eventually(() => titleOf('A')).toContain('step 3');
    await press('Step D');
    await eventually(() => titleOf('A')).toContain('step 4');
    await press('Step G');
    await eventually(() => titleOf('A')).toContain('step 5');
    await variant('A').getByLabel('λ, weight of the penalty').fill('3');
    await page.keyboard.press('Tab');
    await eventually(() => variant('A').locator('.said').textContent()).toContain('weights and the optimiser’s memory');
    await variant('A').getByLabel('learning rate').fill('much');
    await page.keyboard.press('Tab');
    await eventually(() => variant('A').locator('.said').textContent()).toContain('training.optimiser.rate: expected');
    await press('Step both');
    await eventually(() => titleOf('A')).toContain('step 6');
    const played = 'ring8/bigan-pgp nets.hidden=[8,8] training.batch=16 3 D1 G1 penalty.weight=3 1';
    const courseOf = (place: string) =>
      new URLSearchParams(new URL(page.url()).hash.split('?')[1]).get(place)?.replaceAll('+', ' ');
    await eventually(() => courseOf('a')).toBe(played);

    const picture = (place: number) =>
      inPage(page, `document.querySelectorAll('.stage canvas')[${place}]?.toDataURL() ?? ''`);
    const seen = await picture(0);
    await page.reload();
    await eventually(() => titleOf('A')).toContain('step 6');
    await eventually(() => picture(0)).toBe(seen);

    await press('Add a second variant from here');
    await eventually(() => titleOf('B')).toContain('step 6');
    await eventually(async () => (await picture(1)) === (await picture(0))).toBe(true);
    await variant('B').getByLabel('loss', { exact: true }).selectOption('logistic');
    await eventually(() => variant('B').locator('.said').textContent()).toContain('loss logistic: compiled again');
    await page.getByLabel('pace').selectOption('10');
    await press('Play');
    await eventually(() => titleOf('B')).not.toContain('step 6');
    await press('Pause');
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
    const stepOf = async (place: string) => /step \d+/.exec((await titleOf(place)) ?? '')?.[0];
    expect(await stepOf('A')).toBe(await stepOf('B'));
    await eventually(() => courseOf('b')).toMatch(/ loss=logistic \d+$/);

    const saved = page.waitForEvent('download');
    await variant('B').getByRole('button', { name: 'Keep as experiment' }).click();
    const file = join(scratch(), (await saved).suggestedFilename());
    await (await saved).saveAs(file);
    const kept = await run('exp', file, '--seeds', '1', '--set', 'training.steps=20', '--store', store);
    expect([kept.code, kept.stderr]).toEqual([0, '']);
    expect(readdirSync(store)).toEqual(['ring8-bigan-pgp-played']);

    await page.goto(`${address}#/~play?${new URLSearchParams({ a: 'ring8/gan nets.hidden=[8]', hide: 'curves' })}`);
    await page.getByText('Draw or paste data').click();
    await page.getByLabel('A plane to draw data in').click({ position: { x: 40, y: 40 } });
    await page.getByLabel('A plane to draw data in').click({ position: { x: 80, y: 80 } });
    await press('Train on it');
    await eventually(() => variant('A').locator('.bars figcaption').textContent()).toContain('of 2 reached');
    expect(await variant('A').locator('.curve').count()).toBe(0);

    await page.goto(`${address}#/~lessons`);
    await page.locator('.experiments a').filter({ hasText: 'Runaway' }).click();
    await page.getByRole('heading', { name: 'Runaway' }).waitFor();
    expect(said).toEqual([]);

    view.child.kill('SIGINT');
    expect((await view.ended).code).toBe(0);
    expect(childrenOf(view.child.pid).filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]);
  });
});
