/** A real browser for tests of pages: a Chromium of the system, told to ask nothing of the network. */
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { browserFlags, browserPath } from '../../support/browser-path.ts';

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath ?? '', headless: true, args: browserFlags });
}

export interface Opened {
  readonly page: Page;
  /** What the page said on its console, and what it threw. */
  readonly said: readonly string[];
  /** Every request but that of the page itself. */
  readonly requests: readonly string[];
}

interface Look {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens a page from disk; it closes with the test. */
export const open = (browser: Browser, path: string, look?: Look): Promise<Opened> =>
  openAddress(browser, pathToFileURL(path).href, look);

/** The same of a page that is served. */
export async function openAddress(
  browser: Browser,
  address: string,
  { width = 1440, colorScheme = 'light' }: Look = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const said: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => said.push(`thrown: ${error.message}`));
  page.on('request', (request) => {
    if (request.url() !== address && !request.url().startsWith('data:')) requests.push(request.url());
  });
  await page.goto(address);
  return { page, said, requests };
}

/** Walks down the page so that every figure comes near the window and is drawn; gives their states. */
export async function drawAll(page: Page): Promise<string[]> {
  const figures = page.locator('[data-figure]');
  const count = await figures.count();
  for (let index = 0; index < count; index++) {
    await figures.nth(index).scrollIntoViewIfNeeded();
    await page.locator(`[data-figure] >> nth=${index}`).and(page.locator('[data-state]')).waitFor();
  }
  return Promise.all(
    Array.from({ length: count }, async (_, index) => (await figures.nth(index).getAttribute('data-state')) ?? 'none'),
  );
}

/** The value of an expression inside the page. As text, because this program has no types of browsers. */
export const inPage = (page: Page, expression: string): Promise<unknown> => page.evaluate(expression);
