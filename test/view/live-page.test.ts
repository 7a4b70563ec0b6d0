/** The live page in a real browser, over stores that the tests write. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { findBuiltIn } from '../../src/cli/experiment-metadata.ts';
import { encodeCheckpoint } from '../../src/store/checkpoint.ts';
import { encodeFilm } from '../../src/store/film-file.ts';
import { writeMetadata } from '../../src/store/metadata.ts';
import { encodeRecord, type TrialRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { grounds } from '../../src/summary/palette.ts';
import { type LiveServer, startServer } from '../../src/view/server/server.ts';
import { StoreSource } from '../../src/view/store-source.ts';
import { start } from '../cli/run-cli.ts';
import { uneven } from '../report/figures/example-data.ts';
import { filmedTrial } from '../report/films/example-film.ts';
import { inPage, launchBrowser, openAddress } from '../report/page/browser.ts';
import { pictureRecords, pictureStore } from '../report/picture-store.ts';
import { recordOf, sampleRecords, scratch, specOf, storeOf, trialOf } from '../report/sample-store.ts';
import { browserPath } from '../support/browser-path.ts';
import { sized } from '../support/long.ts';

// Seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

const why = browserPath === undefined ? ' (skipped: no Chromium on this system; CHROMIUM=/path names one)' : '';

/** Trials of the large store. */
const many = sized(200, 10_000);

/** The machine may be busy. */
const eventually = (value: () => unknown) => expect.poll(value, { timeout: 60_000 });

describe.skipIf(browserPath === undefined)(`the live page in a browser${why}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function serve(
    root: string,
    at: { readonly port?: number; readonly token?: string } = {},
  ): Promise<LiveServer> {
    const server = await startServer({ source: new StoreSource(root, findBuiltIn), ...at });
    onTestFinished(() => server.close());
    return server;
  }

  /** What a panel shows, as text; '' before it is drawn. */
  const drawnOn = (page: Page, panel: number) =>
    inPage(
      page,
      `(() => {
        const text = document.querySelectorAll('.panel')[${panel}]?.querySelector('canvas')?.toDataURL() ?? '';
        return text.length > 2_000 ? text : '';
      })()`,
    );

  it('shows a store: leaderboard, comparison, wall; panels, table, keyboard, without a word or a foreign request, from 360 pixels on', async () => {
    const server = await serve(await storeOf(sampleRecords()));
    const { page, said, requests } = await openAddress(browser, server.address, { colorScheme: 'dark' });
    const fits = async () => {
      const height = 900;
      for (const width of [360, 3840, 1440]) {
        await page.setViewportSize({ width, height });
        expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      }
    };
    await eventually(() => page.locator('.leaderboard tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/^bigan100\s% .*52 %.*rank 2.0$/),
      expect.stringMatching(/^bigan-pgp0\s% .*100 %.*rank 1.0$/),
    ]);
    await fits();
    await page.getByRole('link', { name: 'bigan', exact: true }).click();
    await eventually(() => drawnOn(page, 2)).not.toBe('');
    await page.getByLabel('experiment').selectOption('grid25');
    await page.getByLabel('method or trial').selectOption('bigan-pgp, seed 1');
    await eventually(() => page.locator('tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/^grid25: bigan313.0 ± 0.6 of 25/),
      expect.stringMatching(/^grid25: bigan-pgp, seed 1125 of 25/),
    ]);
    await eventually(() => page.locator('.overlaid .curve').first().locator('polyline').count()).toBe(4);
    expect(await page.locator('.keys span').allTextContents()).toEqual(['grid25: bigan', 'grid25: bigan-pgp, seed 1']);
    await fits();
    await page.getByRole('link', { name: 'modebench' }).click();
    await page.locator('.experiments a').click();
    await page.locator('.panel').nth(5).waitFor();
    await eventually(() => drawnOn(page, 0)).not.toBe('');
    expect(await page.locator('.panel').first().getAttribute('aria-label')).toContain(
      'bigan, seed 0, done, modes captured 12 of 25',
    );
    expect(await page.locator('.over-seeds tbody tr').allTextContents()).toEqual([
      expect.stringContaining('bigan3 of 313.0 ± 0.6'),
      expect.stringContaining('bigan-pgp3 of 325.0 ± 0.0'),
    ]);
    expect(await inPage(page, 'getComputedStyle(document.body).backgroundColor')).toBe(rgb(grounds.dark));
    await page.locator('#theme').press('Enter');
    expect(await inPage(page, 'getComputedStyle(document.body).backgroundColor')).toBe(rgb(grounds.light));
    const before = await drawnOn(page, 0);
    await page.getByLabel('data', { exact: true }).press(' ');
    await eventually(() => drawnOn(page, 0)).not.toBe(before);
    expect(page.url()).toContain('#/grid25?data=off');
    await fits();
    const hosts = new Set(requests.map((url) => new URL(url).host));
    expect([said, [...hosts]]).toEqual([[], [new URL(server.address).host]]);
  });

  it('follows a trial in every page that is open: begun, going on, over; and in one that comes in the middle', async () => {
    const { root, spec, at } = await begun();
    const server = await serve(root);
    const address = `${server.address}#/grid25`;
    const [one, two] = [await openAddress(browser, address), await openAddress(browser, address)];
    const running = (page: Page) => page.locator('.panel.running .figures');
    await eventually(() => running(one.page).textContent()).toContain('step 400');
    await one.page.close();
    at(800);
    await eventually(() => running(two.page).textContent()).toContain('step 800');
    const late = await openAddress(browser, address);
    await eventually(() => running(late.page).textContent()).toContain('step 800');
    await openStore(root, 'grid25').keep(trialOf(spec, 24));
    for (const { page, said } of [two, late]) {
      await eventually(() => page.locator('.panel.running').count()).toBe(0);
      expect(await page.locator('.progress').textContent()).toBe('7 of 7 trials done');
      expect(said).toEqual([]);
    }
  });

  it('shows a run while it trains, from its start to its end, and the store has the bytes of a run that nobody watched', async () => {
    const [watched, unwatched] = [scratch(), scratch()];
    // Seconds of training, so that a browser that is slow to start finds it at work, however fast the machine.
    const words = ['exp', 'ring8', '--seeds', '1', '--methods', 'bigan', '--set', 'training.steps=80000'];
    words.push('--set', 'nets.hidden=[16,16]', '--set', 'evaluation.samples=500');
    const run = start(...words, '--set', 'evaluation.every=2000', '--watch', '--store', watched);
    let said = '';
    run.child.stdout?.on('data', (text) => {
      said += text;
    });
    await eventually(() => said).toMatch(/Live page: http:\S+\n/);
    const opened = await openAddress(browser, /Live page: (\S+)/.exec(said)?.[1] ?? '');
    const { page } = opened;
    await eventually(() => drawnOn(page, 0)).not.toBe('');
    await eventually(() => page.locator('.progress').textContent()).toContain('1 of 1 trial done');
    expect((await run.ended).code).toBe(0);
    await eventually(() => page.locator('.link').textContent()).toContain('server stopped');
    expect(await page.locator('.over-seeds tbody').textContent()).toContain('bigan1 of 1');
    expect(opened.said.filter((line) => !line.includes('ERR_CONNECTION_REFUSED'))).toEqual([]);
    expect((await start(...words, '--set', 'evaluation.every=2000', '--store', unwatched).ended).code).toBe(0);
    expect(sumsIn(watched)).toEqual(sumsIn(unwatched));
  });

  it('plays a trial: layers, the clock by slider, keys and itself, what lies under the pointer, a link to what is seen', async () => {
    const root = scratch();
    const { record, film } = filmedTrial({ method: 'bigan', seed: 0, data: uneven, steps: [0, 10, 40] });
    const folder = openStore(root, 'grid25').folder(record.id);
    await mkdir(folder, { recursive: true });
    if (film) writeFileSync(join(folder, 'film.json'), encodeFilm(film));
    await openStore(root, 'grid25').keep(record);
    const { address } = await serve(root);
    const { page, said } = await openAddress(browser, `${address}#/grid25`);
    await page.getByRole('link', { name: 'Open bigan, seed 0' }).click();
    const stage = () => inPage(page, `document.querySelector('.stage canvas')?.toDataURL() ?? ''`);
    const slider = page.getByLabel('Training step');
    const step = () => slider.getAttribute('aria-valuetext');
    await eventually(step).toBe('step 8,000 of 8,000, evaluated weights');
    await page.locator('#main').focus();
    await page.keyboard.press('ArrowLeft');
    await eventually(step).toBe('step 40 of 8,000');
    const atForty = await stage();
    await slider.press('ArrowLeft');
    await eventually(step).toBe('step 10 of 8,000');
    await eventually(stage).not.toBe(atForty);
    expect(page.url()).toContain('step=10');
    for (const layer of ['contours', 'gradient', 'G’s manifold']) {
      const before = await stage();
      await page.getByRole('checkbox', { name: layer }).check();
      await eventually(stage).not.toBe(before);
    }
    await page.locator('.stage canvas').hover();
    await eventually(() => page.locator('.tip').textContent()).toMatch(/mode 5, 0.0 % of the samples, D 2.00/);
    const another = await openAddress(browser, page.url());
    await eventually(() => another.page.getByLabel('Training step').getAttribute('aria-valuetext')).toBe(
      'step 10 of 8,000',
    );
    expect(await another.page.getByRole('checkbox', { name: 'contours' }).isChecked()).toBe(true);
    await page.getByLabel('loop').uncheck();
    await page.getByLabel('speed').selectOption('4');
    await page.getByRole('button', { name: 'Play' }).click();
    await eventually(step).toBe('step 8,000 of 8,000, evaluated weights');
    await page.getByRole('button', { name: 'Play' }).waitFor();
    await slider.press('ArrowLeft');
    await eventually(step).toBe('step 40 of 8,000');
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save PNG' }).click();
    expect((await saved).suggestedFilename()).toBe(`${record.id}-step-40.png`);
    const moving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save GIF' }).click();
    const gif = await sharp(await (await moving).path(), { animated: true }).metadata();
    expect([gif.pages, gif.delay]).toEqual([4, [33, 33, 33, 225].map((delay) => 10 * Math.round(delay / 10))]);
    await eventually(step).toBe('step 40 of 8,000');
    expect(said).toEqual([]);
  });

  it('shows hostile texts as texts, failures first, and the rules; says that the server has stopped, and goes on when there is one again', async () => {
    const hostile = '<img src=x onerror="window.run = 1"><script>window.run = 1</script>';
    const failed = trialOf(specOf('bigan', 3), 0, { status: 'failed', reason: hostile, metrics: {} });
    const root = await storeOf([...sampleRecords(), failed]);
    await writeMetadata(join(root, 'grid25'), { claim: hostile, source: '', expects: {}, deviations: [] });
    writeFileSync(join(root, 'grid25/trials', failed.id, 'checkpoint'), hostile);
    const first = await startServer({ source: new StoreSource(root, findBuiltIn) });
    const { page, said } = await openAddress(browser, `${first.address}#/grid25`);
    await eventually(() => page.locator('.claim').textContent()).toBe(hostile);
    expect(await page.getByRole('alert').textContent()).toContain(`bigan, seed 3 failed at step 8,000: ${hostile}`);
    expect(await inPage(page, 'window.run')).toBe(undefined);
    expect(await page.locator('.rules').textContent()).toContain('a loss or a parameter is not finite');
    await eventually(() => page.locator('.link').textContent()).toBe('live');
    expect(said).toEqual([]);
    await first.close();
    await eventually(() => page.locator('.link').textContent()).toContain('server stopped');
    expect(await page.locator('.panel').count()).toBe(7);
    const { port, pathname } = new URL(first.address);
    await serve(root, { port: Number(port), token: pathname.slice(1, -1) });
    await eventually(() => page.locator('.link').textContent()).toBe('live');
  });

  it('shows sheets of samples, and what a store without a word of an experiment has', async () => {
    const server = await serve(await pictureStore(pictureRecords()));
    const { page, said } = await openAddress(browser, `${server.address}#/frames`, { width: 390 });
    await page.locator('img.sheet').first().waitFor();
    expect(await inPage(page, 'document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    await page.goto(`${server.address}#/nothing`);
    await eventually(() => page.locator('main').textContent()).toBe('The store has no trials of nothing.');
    expect(said.filter((line) => !line.includes('404'))).toEqual([]);
  });

  it(`shows ${many} trials a few at a time`, async () => {
    const root = scratch();
    for (let seed = 0; seed < many / 2; seed++) {
      for (const method of ['bigan', 'bigan-pgp'] as const) await put(root, trialOf(specOf(method, seed), 20));
    }
    const { address } = await serve(root);
    const { page, said, requests } = await openAddress(browser, `${address}#/grid25`);
    await page.locator('.panel').first().waitFor({ timeout: 100_000 });
    expect(await page.locator('.panel').count()).toBe(20);
    // What makes its first sight quick: three small answers, and pictures of what is shown alone.
    const [panels, rest] = [true, false].map((isPanel) =>
      requests.map((url) => url.slice(address.length)).filter((path) => path.startsWith('panel/') === isPanel),
    );
    expect(rest).toEqual(['', 'page.css', 'page.js', 'changes/grid25']);
    expect(panels?.length).toBeLessThanOrEqual(20);
    const sizeOf = async (path: string) => (await (await fetch(address + path)).text()).length;
    expect(gzipSync(await (await fetch(`${address}page.js`)).text()).length).toBeLessThan(60_000);
    expect(await sizeOf('wall/grid25')).toBeLessThan(20_000 + 300 * many);
    await page.getByRole('button', { name: /later seeds/ }).click();
    await eventually(() => page.locator('.seed').first().textContent()).toBe('seed 10');
    expect(said).toEqual([]);
  });
});

const rgb = (hex: string) => `rgb(${[1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(', ')})`;

/** As `keep` leaves it, without waiting for the disk. */
async function put(root: string, record: TrialRecord): Promise<void> {
  const folder = openStore(root, record.spec.experiment).folder(record.id);
  await mkdir(folder, { recursive: true });
  writeFileSync(join(folder, 'trial.json'), encodeRecord(record));
}

/** Names and checksums of all that the trials of a store left, but for the times in their records. */
function sumsIn(root: string): readonly string[] {
  const trials = join(root, 'ring8/trials');
  const sums = readdirSync(trials).map((id) => `${id}\n${readFileSync(join(trials, id, 'SHA256SUMS'), 'utf8')}`);
  expect(sums).toHaveLength(1);
  return [...sums, ...readdirSync(join(root, 'ring8')), readFileSync(join(root, 'ring8/experiment.json'), 'utf8')];
}

/** A store of which one trial is at work: `at` moves it on. */
async function begun() {
  const root = await storeOf(sampleRecords());
  const spec = specOf('bigan', 7);
  const { id, hash } = recordOf(spec, {});
  const folder = openStore(root, 'grid25').folder(id);
  await mkdir(folder, { recursive: true });
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const at = (step: number) => {
    const history = [{ step, values: { modesCaptured: step / 100 } }];
    const bytes = encodeCheckpoint({ hash, step, elapsed: step / 100, history, arrays: {} });
    writeFileSync(join(folder, 'checkpoint'), bytes);
  };
  at(400);
  return { root, spec, at };
}
