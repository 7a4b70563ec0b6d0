/** The page in a real browser. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildReport } from '../../../src/report/build.ts';
import { grounds } from '../../../src/summary/palette.ts';
import { pictureRecords, pictureStore } from '../picture-store.ts';
import { dataOf, loadReport, sampleRecords, scratch } from '../sample-store.ts';
import { browserPath, drawAll, inPage, launchBrowser, open } from './browser.ts';
import { samplePage } from './sample-page.ts';

// Whole reports with all their pictures: seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

const why = browserPath === undefined ? ' (skipped: no Chromium on this system; CHROMIUM=/path names one)' : '';

describe.skipIf(browserPath === undefined)(`the page in a browser${why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each([390, 768, 1440])(
    'draws every figure at %d pixels without a word on the console or a request',
    async (width) => {
      const { page: path } = await buildReport(await dataOf(sampleRecords()), {
        out: scratch(),
        command: 'npm run report',
      });
      const { page, said, requests } = await open(browser, path, { width });
      const states = await drawAll(page);
      expect(states.length).toBeGreaterThan(3);
      expect(new Set(states)).toEqual(new Set(['drawn']));
      expect([said, requests]).toEqual([[], []]);
      // Nothing wider than the window but what scrolls in a box of its own.
      expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.title()).toBe('grid25 · modebench');
    },
  );

  it('shows sheets of pictures crisp, those of the chosen seed', async () => {
    const data = await loadReport(await pictureStore(pictureRecords()), 'frames');
    const { page: path } = await buildReport(data, { out: scratch(), command: 'npm run report' });
    const { page, said, requests } = await open(browser, path, { width: 390, colorScheme: 'dark' });
    expect(new Set(await drawAll(page))).toEqual(new Set(['drawn']));
    const images = page.locator('#sample-sheets image');
    const uris = () =>
      images.evaluateAll((all) => all.map((image) => image.getAttribute('xlink:href') ?? image.getAttribute('href')));
    const before = await uris();
    expect(before).toHaveLength(3);
    const rendering = "getComputedStyle(document.querySelector('#sample-sheets image')).imageRendering";
    expect(await inPage(page, rendering)).toBe('pixelated');
    await page.locator('#sample-sheets select').selectOption('1');
    await expect.poll(uris).not.toEqual(before);
    expect([said, requests]).toEqual([[], []]);
    expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  it('moves the picture with the slider, and picks a method', async () => {
    const { page, said } = await open(browser, await samplePage());
    await drawAll(page);
    const points = () =>
      page
        .locator('#moving .mark-symbol path')
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('transform')));
    const before = await points();
    expect(before).toHaveLength(5);
    await page.locator('#moving input[type=range]').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(points).not.toEqual(before);
    const moved = await points();
    await page.locator('#moving select').selectOption('bigan');
    await expect.poll(points).not.toEqual(moved);
    expect(said).toEqual([]);
  });

  it('keeps slider and choice when it draws again: dark, or narrow', async () => {
    const { page, said } = await open(browser, await samplePage());
    await drawAll(page);
    await page.locator('#moving select').selectOption('bigan');
    await page.locator('#moving input[type=range]').fill('2');
    const width = () => page.locator('#moving svg').evaluate((svg) => svg.getBoundingClientRect().width);
    const wide = await width();
    await page.locator('#theme').click();
    await page.setViewportSize({ width: 390, height: 900 });
    await expect.poll(width).toBeLessThan(wide / 2);
    expect(await page.locator('#moving select').inputValue()).toBe('bigan');
    expect(await page.locator('#moving input[type=range]').inputValue()).toBe('2');
    expect(await page.locator('#moving .controls .vega-bind').count()).toBe(2);
    expect(said).toEqual([]);
  });

  it('is dark where the system is, and turns at the button, figures too', async () => {
    const { page } = await open(browser, await samplePage(), { colorScheme: 'dark' });
    await drawAll(page);
    const ground = () => inPage(page, 'getComputedStyle(document.body).backgroundColor');
    const mark = () => page.locator('#moving .mark-symbol path').first().getAttribute('fill');
    const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    expect(await ground()).toBe(rgb(grounds.dark));
    const dark = await mark();
    await page.locator('#theme').click();
    expect(await ground()).toBe(rgb(grounds.light));
    await expect.poll(mark).not.toBe(dark);
  });

  it('shows exact values beside the pointer, as text', async () => {
    const { page } = await open(browser, await samplePage());
    await drawAll(page);
    expect(await page.locator('#tip').isHidden()).toBe(true);
    await page.locator('#moving .mark-symbol path').first().hover();
    await expect.poll(() => page.locator('#tip').isVisible()).toBe(true);
    expect(await page.locator('#tip').textContent()).toMatch(/^height\d+$/);
  });

  it('can be read and worked with a keyboard, and has words for every picture', async () => {
    const { page } = await open(browser, await samplePage());
    await drawAll(page);
    await inPage(page, 'scrollTo(0, 0)');
    await page.keyboard.press('Tab');
    expect(await inPage(page, 'document.activeElement.textContent')).toBe('Skip to the results');
    const reached = new Set<unknown>();
    const focused =
      "(({ tagName, id, className, name }) => [tagName, id || className || name].join(' '))(document.activeElement)";
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      reached.add(await inPage(page, focused));
    }
    for (const stop of ['BUTTON theme', 'INPUT step', 'SELECT method', 'DIV plot'])
      expect([...reached]).toContain(stop);
    const labels = await page
      .locator('.plot')
      .evaluateAll((plots) => plots.map((plot) => plot.getAttribute('aria-label')));
    for (const label of labels) expect(label?.length).toBeGreaterThan(20);
    expect(await page.locator('figure h3').first().textContent()).toBe('A figure <b>that</b> moves');
  });
});
