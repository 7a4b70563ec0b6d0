/** Whole reports on disk, from stores of every condition. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildReport } from '../../src/report/build.ts';
import { compileFigure } from '../../src/report/render.ts';
import type { TrialRecord } from '../../src/store/record.ts';
import { pictureRecords, pictureStore, scorer } from './picture-store.ts';
import { loadReport, recordOf, sampleRecords, scratch, specOf, storeOf, trialOf } from './sample-store.ts';

// Whole reports with all their pictures: seconds alone, more beside other tests.
vi.setConfig({ testTimeout: 120_000 });

const command = 'npm run report -- grid25';

async function reportOf(records: readonly TrialRecord[], out: string = scratch(), store: string = scratch()) {
  const root = await storeOf(records, store);
  const built = await buildReport(await loadReport(root, 'grid25'), { out, command });
  return { ...built, root, out, html: readFileSync(built.page, 'utf8') };
}

const bytesIn = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('base64')]));

describe('a report', () => {
  const folder = mkdtempSync(join(tmpdir(), 'modebench-build-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  /** One for all that only read it. */
  let sample: Awaited<ReturnType<typeof reportOf>>;
  beforeAll(async () => {
    sample = await reportOf(sampleRecords(), join(folder, 'reports'), join(folder, 'store'));
  });

  it('is the same bytes when made of a store elsewhere that was written in another order', async () => {
    const bytes = bytesIn(sample.folder);
    const second = await reportOf([...sampleRecords()].reverse());
    expect(bytesIn(second.folder)).toEqual(bytes);
  });

  it('has every figure as Vega-Lite that compiles without a warning, as SVG and as PNG', async () => {
    const { folder, figures, faults } = sample;
    expect(faults).toEqual([]);
    expect(figures.length).toBeGreaterThan(3);
    for (const { name, alt } of figures) {
      const spec = JSON.parse(readFileSync(join(folder, `${name}.vl.json`), 'utf8'));
      expect(spec.$schema).toContain('vega-lite/v6');
      const warnings: string[] = [];
      compileFigure(spec, (message) => warnings.push(message));
      expect(warnings).toEqual([]);
      expect(alt.length).toBeGreaterThan(20);
      expect(readFileSync(join(folder, `${name}.svg`), 'utf8')).toMatch(/^<svg [^>]*xmlns=/);
      expect(
        readFileSync(join(folder, `${name}.png`))
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
    }
  });

  it('made again is the same bytes: figures and films that it no longer has are removed, and nothing of anybody else', async () => {
    const { root, out, folder } = sample;
    const bytes = bytesIn(folder);
    const owns = ['old.vl.json', 'old.svg', 'old.png', 'old.gif', 'samples.gif'];
    const others = ['notes.svg', 'holiday.gif'];
    for (const name of [...owns, ...others]) writeFileSync(join(folder, name), '{}');
    await buildReport(await loadReport(root, 'grid25'), { out, command });
    expect(others.map((name) => existsSync(join(folder, name)))).toEqual([true, true]);
    for (const name of others) rmSync(join(folder, name));
    expect(bytesIn(folder)).toEqual(bytes);
  });

  it('answers in the order that was asked for', () => {
    const { html } = sample;
    const titles = [...html.matchAll(/<h2 [^>]*>([^<]*)</g)].map(([, title]) => title);
    expect(titles).toEqual(['Headline', 'Compared', 'Modes and quality', 'Samples', 'Learning', 'How it was made']);
    // Sections that have nothing to show are not sections: the page says at its end what would fill them.
    expect([...html.matchAll(/<nav[\s\S]*?<\/nav>/g)].join()).not.toMatch(/Ablation|Films|discriminator/);
    expect(html.slice(html.indexOf('Not in this report'))).toMatch(/Ablation: no value was swept.*Films: no trial/s);
    expect(html).toContain('bigan-pgp captured 25 of 25 modes on 3 of 3 seeds.');
    expect(html).toContain('Srivastava et al. 2017, VEEGAN');
    expect(html).toContain('npm run exp -- grid25 --methods bigan,bigan-pgp --seeds 3');
    expect(html).toContain('a 2-D latent where the authors show 1-D');
  });

  it('loads nothing from anywhere', () => {
    const { html } = sample;
    const markup = html.replace(/<script[\s\S]*?<\/script>/g, '');
    expect(markup).not.toMatch(/(src|href)="(https?:)?\/\//);
    expect(markup).toContain("default-src 'none'");
  });
});

describe('a report of little', () => {
  it.each<[string, TrialRecord[], string]>([
    ['one trial', [trialOf(specOf('gan', 0), 9)], 'nothing to compare it with'],
    ['one method', [0, 1, 2].map((seed) => trialOf(specOf('gan', seed), 9)), 'nothing to compare it with'],
    [
      'trials that all diverged',
      [0, 1].map((seed) =>
        recordOf(
          specOf('bigan-pgp', seed),
          {},
          { status: 'diverged', steps: 40, reason: 'lossD is not finite at step 40' },
        ),
      ),
      'No trial of this experiment is done',
    ],
    [
      'trials that all failed, without a number',
      [recordOf(specOf('gan', 0), {}, { status: 'failed', steps: 0, reason: 'the worker died' })],
      'No trial of this experiment is done',
    ],
  ])('of %s is a page that says so', async (_, records, says) => {
    const { html, folder } = await reportOf(records);
    expect(html).toContain(says);
    const text = html.replace(/<(script|style)[\s\S]*?<\/\1>/g, '');
    expect(text).not.toMatch(/\bNaN\b|undefined|Infinity|\[object/);
    expect(readFileSync(join(folder, 'table.md'), 'utf8')).toContain(records[0]?.spec.method);
    for (const { reason } of records) if (reason) expect(html).toContain(reason);
  });

  it('names the files that could not be read', async () => {
    const root = await storeOf(sampleRecords());
    const id = sampleRecords()[0]?.id ?? '';
    writeFileSync(join(root, 'grid25/trials', id, 'samples.csv'), '');
    const { page } = await buildReport(await loadReport(root, 'grid25'), { out: scratch(), command });
    const html = readFileSync(page, 'utf8');
    expect(html).toContain('1 file in the store could not be read');
    expect(html).toContain(`grid25/trials/${id}/samples.csv: expected a header, got an empty file`);
  });
});

describe('a report on pictures', () => {
  const frames = async (root: string) => {
    const built = await buildReport(await loadReport(root, 'frames'), { out: scratch(), command });
    return { ...built, html: readFileSync(built.page, 'utf8') };
  };

  it('shows sheets, shares and maps that its trials left, all of them labelled simulated', async () => {
    const { figures, faults, html, folder } = await frames(await pictureStore(pictureRecords()));
    expect(faults).toEqual([]);
    expect(figures.map(({ name }) => name)).toEqual([
      'modes-captured',
      'quality-against-modes',
      'mode-shares',
      'occupancy',
      'coverage-over-training',
      'steps-to-modes',
      'sample-sheets',
      'rarest-modes',
      'reconstruction-sheets',
    ]);
    for (const { title, note } of figures)
      expect([title, note].join()).toMatch(/\(simulated data\).*The data are simulated\.$/);
    expect(html).toContain('<span class="tag">simulated data</span>');
    expect(html).toContain('<caption>Simulated data</caption>');
    expect(html).toContain(`Judged by ${scorer}.`);
    expect(html).toMatch(/<tr class="real"><th scope="row">real data<\/th><td><\/td><td>3\.0 ± 0\.0<\/td>/);
    expect(readFileSync(join(folder, 'sample-sheets.svg'), 'utf8').match(/href="data:image/g)).toHaveLength(3);
  });

  it('holds a sheet once, however many figures and layouts show it', async () => {
    const { html } = await frames(await pictureStore(pictureRecords()));
    const sheets = html.match(/data:image\/(png|jpeg);base64,[\w+/=]+/g) ?? [];
    // per seed: the data, two methods and what is rare of them, one method's reconstructions
    expect(sheets).toHaveLength(2 * 6);
    expect(new Set(sheets).size).toBe(2 * 6);
  });

  it('does without a sheet that cannot be read, and says so', async () => {
    const root = await pictureStore(pictureRecords());
    const id = pictureRecords()[0]?.id ?? '';
    writeFileSync(join(root, 'frames/trials', id, 'samples.png'), 'no picture');
    const { html, faults } = await frames(root);
    expect(faults).toEqual([]);
    expect(html).toContain(`frames/trials/${id}/samples.png: `);
    expect(html).toContain('1 file in the store could not be read');
  });
});

it('shows words of other people as text, wherever they stand', async () => {
  const evil = '<img src=x onerror="document.title=1">';
  const records = [
    trialOf(specOf('gan', 0), 9, { preset: evil, host: evil, engine: evil, commit: evil, versions: { node: evil } }),
    recordOf(specOf('gan', 1), {}, { preset: evil, status: 'failed', reason: evil }),
    trialOf(specOf('gan', 2), 9),
    trialOf(specOf('gan', 0, { loss: 'linear' }), 9, { preset: evil }),
  ];
  const root = await storeOf(records);
  const about = { claim: evil, source: evil, expects: {}, deviations: [evil] };
  writeFileSync(join(root, 'grid25/experiment.json'), JSON.stringify(about));
  const { page } = await buildReport(await loadReport(root, 'grid25'), { out: scratch(), command: `npm ${evil}` });
  const html = readFileSync(page, 'utf8');
  expect(html.match(/<img\b/g) ?? []).toEqual([]);
  expect(html).toContain('&#60;img src=x onerror=&#34;document.title=1&#34;&#62;');
});
