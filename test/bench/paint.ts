/** How soon the live page of a large store shows something, in a Chromium of the system: its first words, and the wall with its panels. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { UsageError } from '../../src/base/usage-error.ts';
import { describeExperiment } from '../../src/cli/experiment-metadata.ts';
import { loadExperiment } from '../../src/experiment/load.ts';
import { type PlannedTrial, planTrials } from '../../src/experiment/plan.ts';
import { writeMetadata } from '../../src/store/metadata.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { openStore } from '../../src/store/store.ts';
import { browserFlags, browserPath } from '../support/browser-path.ts';
import { madeUpRecord } from './made-up-record.ts';
import { type Spread, spread } from './statistics.ts';

export interface PaintResult {
  readonly trials: number;
  /** Milliseconds from the navigation on. The first round's server has read nothing of the store yet. */
  readonly firstWords: Spread;
  readonly wall: Spread;
}

export interface PaintOptions {
  readonly rounds: number;
  readonly trials: number;
  readonly root: string;
  readonly tell: (line: string) => void;
}

/** Throws UsageError where the system has no Chromium. */
export async function benchPaint({ rounds, trials, root, tell }: PaintOptions): Promise<PaintResult> {
  if (browserPath === undefined) throw new UsageError('expected a Chromium on this system; CHROMIUM=/path names one');
  // Not by an import: the archive of the program, which has no browser, would bring it.
  const { chromium }: typeof import('playwright-core') = createRequire(import.meta.url)('playwright-core');
  const store = mkdtempSync(join(tmpdir(), 'modebench-paint-'));
  const browser = await chromium.launch({ executablePath: browserPath, headless: true, args: browserFlags });
  const seen: { readonly words: number; readonly wall: number }[] = [];
  try {
    await fill(store, trials);
    for (let round = 0; round < rounds; round++) {
      const { address, close } = await serve(root, store);
      try {
        const one = await look(await (await browser.newContext()).newPage(), address);
        tell(`round ${round + 1}: first words ${one.words.toFixed(0)} ms, wall ${one.wall.toFixed(0)} ms`);
        seen.push(one);
      } finally {
        await close();
      }
    }
  } finally {
    await browser.close();
    rmSync(store, { recursive: true, force: true });
  }
  return {
    trials,
    firstWords: spread(seen.map(({ words }) => words)),
    wall: spread(seen.map(({ wall }) => wall)),
  };
}

async function fill(root: string, count: number): Promise<void> {
  const experiment = await loadExperiment('grid25');
  const seeds = String(Math.ceil(count / 2));
  const { trials } = planTrials(experiment, { seeds, methods: 'gan,bigan', set: [], sweep: [] });
  const store = openStore(root, experiment.name);
  await writeMetadata(store.path, describeExperiment(experiment, []));
  for (const trial of trials.slice(0, count)) await store.keep(recordOf(trial));
}

const recordOf = (trial: PlannedTrial): TrialRecord => {
  const { seed } = trial.spec;
  const metrics = { modesCaptured: seed % 26, highQuality: 1 / (seed + 3) };
  return madeUpRecord(trial, metrics, { engine: 'native', device: 'cpu' });
};

function serve(root: string, store: string): Promise<{ readonly address: string; close(): Promise<void> }> {
  const child = spawn(process.execPath, [join(root, 'bin/modebench.mjs'), 'view', '--store', store]);
  const close = async () => {
    child.kill('SIGINT');
    await once(child, 'exit');
  };
  let said = '';
  return new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      said += String(text);
      const address = /(http:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve({ address, close });
    });
    child.once('exit', () => reject(new Error(`view ended: ${said}`)));
  });
}

/** When the page has its first panel. These are texts, because this program has no types of browsers. */
const waitForWall = `new MutationObserver((_, observer) => {
  if (document.querySelector('.panel') === null) return;
  performance.mark('wall');
  observer.disconnect();
}).observe(document, { childList: true, subtree: true })`;

async function look(page: Page, address: string): Promise<{ readonly words: number; readonly wall: number }> {
  await page.addInitScript(waitForWall);
  await page.goto(`${address}#/grid25`);
  await page.locator('.panel').first().waitFor();
  const timeOf = async (name: string) =>
    Number(await page.evaluate(`performance.getEntriesByName('${name}')[0]?.startTime ?? NaN`));
  return { words: await timeOf('first-contentful-paint'), wall: await timeOf('wall') };
}

/** Lines for the terminal. */
export function paintText({ trials, firstWords, wall }: PaintResult): string {
  const range = ({ median, lowest, highest }: Spread) =>
    `${median.toFixed(0)} ms (from ${lowest.toFixed(0)} to ${highest.toFixed(0)})`;
  return `a store of ${trials} trials: first words after ${range(firstWords)}, the wall after ${range(wall)}`;
}
