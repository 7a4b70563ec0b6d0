/** The report of a search, made from its file alone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildSearchReport } from '../../src/report/search/build.ts';
import { reportOf } from '../../src/report/search/search-data.ts';
import type { SearchFile } from '../../src/store/search-file.ts';
import { builtInColumns } from '../../src/summary/column-info.ts';
import { scratch } from '../cli/run-cli.ts';

const column = (name: string) => {
  const info = builtInColumns.get(name);
  if (info === undefined) throw new Error(`there is no column ${name}`);
  return info;
};

/** Eight draws of each method; the larger gan's rate, the more modes; of bigan nothing matters, and one draw diverged. */
const file: SearchFile = {
  of: 'grid25',
  columns: [column('modesCaptured'), column('highQuality')],
  searches: [
    {
      ...{ preset: 'smoke', set: ['training.batch=64'], space: [], seed: 0, seeds: [100], steps: 50, modes: 25 },
      methods: ['gan', 'bigan'].map((method) => ({
        ...{
          method,
          space: { 'training.optimiser.rate': 'log:0.001..0.01', 'critic.steps': '1,2' },
          base: 'a'.repeat(64),
        },
        draws: Array.from({ length: 8 }, (_, draw) => ({
          draw,
          settings: { 'training.optimiser.rate': String(0.001 * (draw + 1)), 'critic.steps': String(1 + (draw % 2)) },
          trials: [
            {
              ...{ seed: 100, id: `${method}-${draw}`, steps: 50, seconds: 3 },
              status: method === 'bigan' && draw === 5 ? ('diverged' as const) : ('done' as const),
              metrics: { modesCaptured: method === 'gan' ? 18 + draw : 25, highQuality: 0.5 },
            },
          ],
        })),
      })),
    },
  ],
};

it('has best settings, what k draws reach, which settings matter, and commands', async () => {
  const folder = scratch();
  const report = reportOf('grid25-search', file);
  const options = { out: folder, command: 'npm run report -- grid25-search', expOptions: ['--store', 'here'] };
  const { page, figures } = await buildSearchReport(report, options);
  expect(figures).toBe(2);
  expect(readdirSync(join(folder, 'grid25-search')).sort()).toEqual([
    ...['best-of-k.png', 'best-of-k.svg', 'best-of-k.vl.json', 'best.json', 'draws.csv'],
    ...['every-draw.png', 'every-draw.svg', 'every-draw.vl.json', 'index.html'],
  ]);
  const text = readFileSync(page, 'utf8');
  expect(text).toContain('npm run exp -- grid25 --preset smoke --set training.batch=64 --tuned --store here');
  expect(text).toContain(
    'npm run exp -- grid25 --preset smoke --methods gan --set training.batch=64 --set training.optimiser.rate=0.008 --set critic.steps=2 --store here',
  );
  expect(text).toContain('<td>1 (13 %)</td>'); // gan: one draw of eight
  expect(text).toContain('<td>7 (88 %)</td>'); // bigan: all but the one that diverged
  const gan = report.searches[0]?.importances.find(({ method }) => method === 'gan')?.found ?? [];
  expect(gan.map(({ path, correlation }) => [path, Number(correlation.toFixed(2))])).toEqual([
    ['critic.steps', 0.22],
    ['training.optimiser.rate', 1],
  ]);
  const [head, first] = readFileSync(join(folder, 'grid25-search/draws.csv'), 'utf8').split('\n');
  expect(head).toBe(
    'preset,searchSeed,seeds,method,place,draw,status,modesCaptured,highQuality,critic.steps,training.optimiser.rate',
  );
  expect(first).toBe('smoke,0,100,gan,1,7,done,25,0.5,2,0.008');
}, 120_000);
