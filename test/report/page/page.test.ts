/** The page in a real browser. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildReport } from '../../../src/report/build.ts';
import { grounds } from '../../../src/summary/palette.ts';
import { browserPath } from '../../support/browser-path.ts';
import { sized } from '../../support/long.ts';
import { pictureRecords, pictureStore } from '../picture-store.ts';
import { loadReport, sampleRecords, scratch, storeOf } from '../sample-store.ts';
import { drawAll, inPage, launchBrowser, open } from './browser.ts';
import { samplePage } from './sample-page.ts';

// Whole reports with all their pictures: seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

const why = browserPath === undefined ? ' (skipped: no Chromium on this system; CHROMIUM=/path names one)' : '';

describe.skipIf(browserPath === undefined)(`the page in a browser${why}`, () => {
  let browser: Browser;
  /** A whole report. */
  let path: string;
  /** A page with figures that have controls. */
  let sample: string;
  const folder = mkdtempSync(join(tmpdir(), 'modebench-page-'));
  beforeAll(async () => {
    browser = await launchBrowser();
    const data = await loadReport(await storeOf(sampleRecords(), join(folder, 'store')), 'grid25');
    ({ page: path } = await buildReport(data, { out: join(folder, 'reports'), command: 'npm run report' }));
    sample = await samplePage(join(folder, 'sample'));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const widths = sized([390, 1440], [390, 768, 1440]);
  it.each(widths)(
    'draws every figure at %d pixels without a word on the console or a request, cuts none, runs nothing but its own',
    async (width) => {
      const { page, said, requests } = await open(browser, path, { width });
      const states = await drawAll(page);
      expect(states.length).toBeGreaterThan(3);
      expect(new Set(states)).toEqual(new Set(['drawn']));
      expect([said, requests]).toEqual([[], []]);
      // Nothing wider than the window but what scrolls in a box of its own.
      expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(await page.title()).toBe('grid25 · modebench');
      if (width !== 1440) return;
      await expectNothingCut(page);
      await expectOwnCodeAlone(page, said);
    },
  );

  it.each(sized([390], widths))(
    'puts the heading of every link at the top at %d pixels, though no figure on the way is drawn',
    async (width) => {
      const { page } = await open(browser, path, { width });
      const links = await page.locator('nav a').evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
      const figures = await page.locator('figure').evaluateAll((all) => all.map(({ id }) => `#${id}`));
      expect(links.length).toBeGreaterThan(4);
      expect(figures.length).toBeGreaterThan(3);
      /** Of the heading; pages that are too short below it stand at their end. */
      const misses = (link: string) =>
        inPage(
          page,
          `(() => {
            const top = document.querySelector('${link} :is(h2, h3)').getBoundingClientRect().top;
            const isAtEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 1;
            return (top >= 0 && top <= 80) || (isAtEnd && top > 0 && top < innerHeight) ? 'lands' : '${link} at ' + top;
          })()`,
        );
      for (const link of links) {
        await inPage(page, 'scrollTo({ top: 0, behavior: "instant" })');
        await page.locator(`nav a[href="${link}"]`).click();
        await expect.poll(() => misses(link), { timeout: 20_000 }).toBe('lands');
      }
      const { href } = new URL(page.url());
      // Every link is opened at one width, and some at every width: a page of this size takes half a second to load.
      const opened = links.filter((_, at) => at % widths.length === widths.indexOf(width));
      for (const link of [...opened, ...figures.slice(-2)]) {
        await page.goto('about:blank');
        await page.goto(href.replace(/#.*/, link));
        await expect.poll(() => misses(link), { timeout: 20_000 }).toBe('lands');
      }
    },
  );

  /** No figure and no table is cut, from phones to paper. */
  async function expectNothingCut(page: Page) {
    const wider = (selector: string) =>
      inPage(
        page,
        `[...document.querySelectorAll('${selector}')]
          .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
          .map((one) => one.closest('[id]')?.id + ' ' + one.tagName)`,
      );
    for (const width of [360, 520, 680, 700, 768, 900, 1000, 1440, 3840]) {
      await page.setViewportSize({ width, height: 900 });
      const cut = await inPage(
        page,
        `[...document.querySelectorAll('.plot svg')].filter((svg) =>
          svg.getBoundingClientRect().right > svg.closest('figure').getBoundingClientRect().right + 1).length`,
      );
      expect([width, cut, await wider('.plot, figcaption, .verdict')]).toEqual([width, 0, []]);
    }
    // What a table shows on a very wide window needs no box that scrolls.
    expect(
      await inPage(page, `document.querySelector('.broad').scrollWidth - document.querySelector('.broad').clientWidth`),
    ).toBe(0);
    const heads = (selector: string) =>
      page
        .locator(selector)
        .evaluateAll((all) => all.map((head) => head.textContent).filter((text) => text !== 'method'));
    const onScreen = await heads('.broad thead th');
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 718, height: 1000 }); // A4 within the margins that browsers leave
    expect(await wider('table, pre, .plot, .plot svg')).toEqual([]);
    expect(await page.locator('.broad').isVisible()).toBe(false);
    expect(await page.locator('.paper').isVisible()).toBe(true);
    expect(await heads('.paper thead th')).toEqual(onScreen);
  }

  /** It lets nothing run or look but its own: no code of text, no script or style that a hash does not name. */
  async function expectOwnCodeAlone(page: Page, said: readonly string[]) {
    const html = readFileSync(path, 'utf8');
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    expect(policy).toMatch(/script-src (&#39;sha256-|'sha256-)/);
    expect(policy).not.toContain('unsafe');
    expect(html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '')).not.toMatch(/\s(style|on\w+)=/);
    // Chromium tells the console of whatever a policy stops: nothing of the page's own.
    expect(said).toEqual([]);
    await inPage(
      page,
      "document.body.append(Object.assign(document.createElement('script'), { text: 'window.run = 1' }))",
    );
    expect(await inPage(page, 'window.run')).toBe(undefined);
    expect(said.join()).toContain('Content Security Policy');
    expect(said).toHaveLength(1);
  }

  it('shows sheets of pictures crisp, those of the chosen seed', async () => {
    const data = await loadReport(await pictureStore(pictureRecords()), 'frames');
    const { page: path } = await buildReport(data, { out: scratch(), command: 'npm run report' });
    const { page, said, requests } = await open(browser, path, { width: 390, colorScheme: 'dark' });
    expect(new Set(await drawAll(page))).toEqual(new Set(['drawn']));
    const images = page.locator('#figure-sample-sheets image');
    const uris = () =>
      images.evaluateAll((all) => all.map((image) => image.getAttribute('xlink:href') ?? image.getAttribute('href')));
    const before = await uris();
    expect(before).toHaveLength(3);
    const rendering = "getComputedStyle(document.querySelector('#figure-sample-sheets image')).imageRendering";
    expect(await inPage(page, rendering)).toBe('pixelated');
    await page.locator('#figure-sample-sheets').scrollIntoViewIfNeeded(); // a figure out of sight waits until it is seen
    await page.locator('#figure-sample-sheets select').selectOption('1');
    await expect.poll(uris).not.toEqual(before);
    expect([said, requests]).toEqual([[], []]);
    expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });

  it('shows exact values beside the pointer, as text; moves the picture with the slider, and picks a method', async () => {
    const { page, said } = await open(browser, sample);
    await drawAll(page);
    expect(await page.locator('#tip').isHidden()).toBe(true);
    const mark = page.locator('#figure-moving .mark-symbol path').first();
    // The page scrolls to it smoothly, and hides what it says as long as it moves.
    await expect
      .poll(async () => {
        await page.mouse.move(0, 0);
        await mark.hover();
        return page.locator('#tip').isVisible();
      })
      .toBe(true);
    expect(await page.locator('#tip').textContent()).toMatch(/^height\d+$/);
    const points = () =>
      page
        .locator('#figure-moving .mark-symbol path')
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('transform')));
    const before = await points();
    expect(before).toHaveLength(5);
    await page.locator('#figure-moving input[type=range]').focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(points).not.toEqual(before);
    const moved = await points();
    await page.locator('#figure-moving select').selectOption('bigan');
    await expect.poll(points).not.toEqual(moved);
    expect(said).toEqual([]);
  });

  it('keeps slider and choice when it draws again: dark, or narrow', async () => {
    const { page, said } = await open(browser, sample);
    await drawAll(page);
    await page.locator('#figure-moving select').selectOption('bigan');
    await page.locator('#figure-moving input[type=range]').fill('2');
    const width = () => page.locator('#figure-moving svg').evaluate((svg) => svg.getBoundingClientRect().width);
    const wide = await width();
    await page.locator('#theme').click();
    await page.setViewportSize({ width: 390, height: 900 });
    await expect.poll(width).toBeLessThan(wide / 2);
    expect(await page.locator('#figure-moving select').inputValue()).toBe('bigan');
    expect(await page.locator('#figure-moving input[type=range]').inputValue()).toBe('2');
    expect(await page.locator('#figure-moving .controls label').count()).toBe(2);
    expect(said).toEqual([]);
  });

  it('is dark where the system is, and turns at the button, figures too', async () => {
    const { page } = await open(browser, sample, { colorScheme: 'dark' });
    await drawAll(page);
    const ground = () => inPage(page, 'getComputedStyle(document.body).backgroundColor');
    const mark = () => page.locator('#figure-moving .mark-symbol path').first().getAttribute('fill');
    const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;
    expect(await ground()).toBe(rgb(grounds.dark));
    const dark = await mark();
    await page.locator('#theme').click();
    expect(await ground()).toBe(rgb(grounds.light));
    await expect.poll(mark).not.toBe(dark);
  });

  it('has one clock for all films: played, stopped, moved by keys, and told in steps', async () => {
    const { page, said } = await open(browser, sample);
    await drawAll(page);
    const slider = page.locator('.clock input[type=range]');
    const step = () => slider.getAttribute('aria-valuetext');
    const pictures = () =>
      inPage(page, `[...document.querySelectorAll('#films canvas')].map((canvas) => canvas.toDataURL())`);
    expect(await page.locator('.clock').count()).toBe(1);
    expect(await page.locator('#films .controls input').count()).toBe(0);
    expect(await step()).toBe('step 45');
    const [atEnd, ...rest] = (await pictures()) as string[];
    expect(rest).toHaveLength(1);
    // Arrow keys on a picture, and on the slider; every film follows.
    await page.locator('#figure-second .plot').focus();
    await page.keyboard.press('ArrowLeft');
    expect(await step()).toBe('step 20');
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    expect(await step()).toBe('step 5');
    expect(await page.locator('.clock output').textContent()).toBe('step 5 of 45');
    await expect.poll(async () => ((await pictures()) as string[]).includes(atEnd ?? '')).toBe(false);
    // Played to the end by the space bar, and stopped there.
    await page.getByLabel('loop').uncheck();
    await page.getByLabel('speed').selectOption('4');
    await page.locator('#figure-first .plot').focus();
    await page.keyboard.press(' ');
    await expect.poll(step).toBe('step 45');
    const button = page.locator('.clock button');
    await expect.poll(() => button.textContent()).toBe('Play');
    await expect.poll(async () => ((await pictures()) as string[])[0]).toBe(atEnd);
    // In a loop it goes on until somebody stops it.
    await page.getByLabel('loop').check();
    await button.click();
    expect(await button.textContent()).toBe('Pause');
    await expect.poll(step).not.toBe('step 45');
    await button.click();
    expect(await button.textContent()).toBe('Play');
    // A seed is chosen for all that have it.
    const seeds = () =>
      page.locator('#films .controls select').evaluateAll((all) => all.map((one) => (one as { value?: string }).value));
    await page.locator('#figure-first .controls select').selectOption('2');
    expect(await seeds()).toEqual(['2', '2']);
    await page.locator('#figure-first .controls select').selectOption('1');
    expect(await seeds()).toEqual(['1', '2']);
    expect(said).toEqual([]);
  });

  it('can be read and worked with a keyboard, and has words for every picture', async () => {
    const { page } = await open(browser, sample);
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
    for (const stop of ['BUTTON theme', 'INPUT step', 'SELECT method', 'BUTTON copy'])
      expect([...reached]).toContain(stop);
    const labels = await page
      .locator('.plot')
      .evaluateAll((plots) => plots.map((plot) => plot.getAttribute('aria-label')));
    for (const label of labels) expect(label?.length).toBeGreaterThan(20);
    expect(await page.locator('figure h3').first().textContent()).toBe('A figure <b>that</b> moves');
  });
});
