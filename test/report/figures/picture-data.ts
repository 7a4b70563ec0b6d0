/** Report data of pictures for tests of figures: tables and sheets of the shapes that trials leave, small and made up. */
import { truthOf } from '../../../src/catalogue/truth.ts';
import type { MethodName } from '../../../src/experiment/define.ts';
import type { ReportData, ReportTrial, Sheets } from '../../../src/report/report-data.ts';
import type { Sheet, SheetName } from '../../../src/report/sheet.ts';
import { recordOf, specOf } from '../../cli/records.ts';
import { reportOn, tableOf } from './example-data.ts';

export interface Pictured {
  /** Labelled with classes; else with attributes. */
  readonly classes?: boolean;
  readonly occupancy?: boolean;
  readonly simulated?: boolean;
  /** Without labels, and so without a scorer: what differs from the background is all that is measured. */
  readonly footage?: boolean;
}

/** A method without an encoder and one with, on two seeds. */
export function pictureReport(pictured: Pictured): ReportData {
  const trials = (['gan', 'bigan-pgp'] as const).flatMap((method) =>
    [0, 1].map((seed) => pictureTrial(method, seed, pictured)),
  );
  const sheets = new Map(trials.map((trial) => [trial.record.id, sheetsOf(trial)]));
  return { ...reportOn(trials), sheets };
}

export function pictureTrial(
  method: MethodName,
  seed: number,
  { classes = false, occupancy = false, simulated = false, footage = false }: Pictured,
): ReportTrial {
  const spec = specOf(method, seed, {
    experiment: 'example',
    data: { kind: 'images', set: 'frames', size: 32 },
    measures: footage
      ? [{ kind: 'foreground', threshold: 0.12, cells: 2 }]
      : [{ kind: classes ? 'class-coverage' : 'attribute-coverage' }, { kind: 'frechet' }],
  });
  const hasEncoder = method !== 'gan';
  const captured = hasEncoder ? 3 : 1 + seed;
  const judged = {
    modesCaptured: captured,
    modesCapturedReal: 3,
    ...(classes ? {} : { attributeGap: 0.1 / captured, attributeGapReal: 0.01 }),
    fid: 60 / captured + seed,
    fidReal: 2 + seed,
  };
  const metrics = footage ? { cellsCovered: captured / 4, cellsCoveredReal: 1, occupancyJS: 0.2 } : judged;
  const record = recordOf(spec, metrics, { origin: { says: 'frames, 0123abcd', simulated } });
  const real = [0.1, 0.6, 0.01];
  const nothing = [Number.NaN, Number.NaN, Number.NaN];
  return {
    record,
    seed,
    truth: truthOf(spec.data),
    history: [0.5, 1].map((share) => ({ step: 8000 * share, values: metrics })),
    samples: undefined,
    losses: undefined,
    landscape: undefined,
    lines: undefined,
    film: undefined,
    modes: footage
      ? undefined
      : tableOf(
          {
            real,
            generated: real.map((share, mode) => (mode < captured ? share * (0.5 + 0.2 * seed) : 0)),
            reconstructed: hasEncoder ? real.map((share) => 0.9 * share) : nothing,
          },
          { mode: ['van', 'car', 'bus'] },
        ),
    occupancy: occupancy
      ? tableOf({
          row: [0, 0, 1, 1],
          column: [0, 1, 0, 1],
          real: [0, 0.02, 0.1, 0.3],
          generated: [0, 0, 0.05, 0.1 * captured],
        })
      : undefined,
    sheet: () => Promise.resolve(undefined),
  };
}

/** Two pixels, yellow and blue, with a name in their URI that nobody decodes. */
const sheetOf = (name: SheetName, seed: number): Sheet => ({
  uri: `data:image/png;name=${name}-${seed};base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAIAAAB7QOjdAAAAD0lEQVR42mP4/5+BgeE/AAv7Av7isJzpAAAAAElFTkSuQmCC`,
  columns: 4,
  rows: 2,
  side: 64,
});

/** `samples 1`: what a sheet above says of itself. */
export const nameIn = (uri: string): string => (/name=(\w+-\d)/.exec(uri)?.[1] ?? '').replace('-', ' ');

function sheetsOf({ record: { spec }, seed }: ReportTrial): Sheets {
  return {
    data: sheetOf('data', seed),
    samples: sheetOf('samples', seed),
    ...(spec.method === 'gan' ? {} : { reconstructions: sheetOf('reconstructions', seed) }),
  };
}
