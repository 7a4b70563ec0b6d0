/** Films over small reports of every kind: golden as JSON, valid, drawn without a warning; the slider moves what it should. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { parse, resetSVGDefIds, View } from 'vega';
import { describe, expect, it } from 'vitest';
import type { MethodName } from '../../../src/experiment/define.ts';
import { type Figure, narrow, wide } from '../../../src/report/figure.ts';
import { filmMakers } from '../../../src/report/films/catalogue.ts';
import { mostFrames } from '../../../src/report/films/film-data.ts';
import { filmDensityFigure } from '../../../src/report/films/film-density.ts';
import { forgettingFigure } from '../../../src/report/films/forgetting.ts';
import { compileFigure, pngOf } from '../../../src/report/render.ts';
import type { ReportData } from '../../../src/report/report-data.ts';
import type { Section as DataSpec } from '../../../src/schema/kind.ts';
import { methodColours } from '../../../src/summary/palette.ts';
import { line, reportOn, roll, thin, trialOf, type Wanted } from '../figures/example-data.ts';
import { filmedTrial } from './example-film.ts';

const makers = [...filmMakers, forgettingFigure];
const clusters: DataSpec = { kind: 'gaussian-grid', side: 3, spacing: 1.5, std: 0.1, heavy: 0, scale: 1 };

const filmed = (methods: readonly MethodName[], more: Partial<Wanted> = {}): ReportData =>
  reportOn(methods.map((method) => filmedTrial({ method, ...more })));

const reports: Readonly<Record<string, { data: ReportData; figures: readonly string[] }>> = {
  plane: { data: filmed(['gan', 'bigan-pgp']), figures: ['film-arrows', 'film-density', 'film-surface', 'forgetting'] },
  threads: {
    data: filmed(['gan'], { latent: thin, data: clusters }),
    figures: ['film-arrows', 'film-density', 'film-surface', 'forgetting'],
  },
  curve: { data: filmed(['bigan'], { data: roll }), figures: ['film-arrows', 'film-density', 'film-surface'] },
  line: { data: filmed(['gan', 'bigan'], { data: line }), figures: ['film-line', 'forgetting'] },
  pairs: { data: filmed(['bigan', 'bigan-pgp'], { data: line, latent: thin }), figures: ['film-pairs', 'forgetting'] },
  latents: { data: filmed(['encoder-only']), figures: ['film-density'] },
};

const schema: object = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json'), 'utf8'),
);
const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);

const figuresOf = (data: ReportData, layout = wide): Figure[] => makers.flatMap((make) => make(data, layout) ?? []);

async function drawn({ spec }: Figure, signals: Readonly<Record<string, number>> = {}) {
  const warnings: string[] = [];
  const view = new View(parse(compileFigure(spec, (message) => warnings.push(message))), { renderer: 'none' });
  view.logger({
    warn: (message: string) => warnings.push(message),
    error() {},
    info() {},
    debug() {},
    level() {},
  } as never); // Vega's type wants chaining, which nobody uses
  for (const [name, value] of Object.entries(signals)) view.signal(name, value);
  resetSVGDefIds();
  const svg = await view.toSVG();
  view.finalize();
  return { svg, warnings, width: Number(/width="([\d.]+)"/.exec(svg)?.[1]) };
}

for (const [name, { data, figures }] of Object.entries(reports)) {
  describe(`films of a report on ${name}`, () => {
    it('are those that its trials have, and no others', () => {
      expect(figuresOf(data).map((figure) => figure.name)).toEqual(figures);
    });

    for (const [layoutName, layout] of Object.entries({ wide, narrow })) {
      it(`are valid, draw without a warning, and fit (${layoutName})`, async () => {
        for (const figure of figuresOf(data, layout)) {
          expect(valid(figure.spec), `${figure.name}: ${JSON.stringify(valid.errors?.[0])}`).toBe(true);
          const { svg, warnings, width } = await drawn(figure);
          expect(warnings, figure.name).toEqual([]);
          expect(svg, figure.name).not.toMatch(/NaN|Infinity|undefined/);
          expect(width, figure.name).toBeLessThanOrEqual(layout.width * 1.2);
          expect(pngOf(svg).length).toBeGreaterThan(500);
        }
      });
    }

    it('start at their end; the slider goes back to the untrained networks', async () => {
      for (const figure of figuresOf(data).filter((one) => one.name !== 'forgetting')) {
        const [still, last, first] = [
          await drawn(figure),
          await drawn(figure, { frame: 2 }),
          await drawn(figure, { frame: 0 }),
        ];
        expect(still.svg).toContain('step 40');
        expect(last.svg).toBe(still.svg);
        expect(first.svg).toContain('step 0');
        expect(first.svg.replace('step 0', 'step 40')).not.toBe(still.svg);
      }
    });
  });
}

describe('films', () => {
  it.each(
    Object.entries(reports).flatMap(([report, { data }]) =>
      figuresOf(data).map((figure) => [report, figure.name, figure] as const),
    ),
  )('are what they were: %s, %s', async (report, name, figure) => {
    const text = JSON.stringify(figure, (key, value: unknown) => (key === 'config' ? undefined : value), 1);
    const short = text.replace(/[[{][^[\]{}]*[\]}]/g, (inner) => inner.replace(/\s*\n\s*/g, ' '));
    await expect(`${short}\n`).toMatchFileSnapshot(`golden/${report}-${name}.txt`);
  });

  it('show in each panel the points of its own method', async () => {
    const figure = filmDensityFigure(filmed(['gan', 'bigan-pgp']), wide);
    const { svg } = await drawn(figure as Figure); // the report has films
    for (const method of ['gan', 'bigan-pgp'] as const) {
      const dots = svg.split(`fill="${methodColours[method]}"`).length - 1;
      expect(dots).toBe(12);
    }
  });

  it('are of the seeds that were filmed, the first ones; trials that were not are not asked for one', () => {
    const seeds = [7, 2, 1, 5].map((seed) => filmedTrial({ method: 'gan', seed }));
    const trials = [trialOf({ method: 'gan', seed: 0 }), ...seeds];
    for (const [trial, why] of [
      [trials[0], 'of a trial without one'],
      [seeds[0], 'that is not shown'],
    ] as const)
      Object.defineProperty(trial, 'film', { get: () => expect.unreachable(`a film ${why} was read`) });
    for (const { note } of figuresOf(reportOn(trials))) {
      expect(note).toContain('Seeds 1, 2, 5 to choose from;');
      expect(note).toContain('The first 3 of 4 seeds.');
    }
  });

  it('show the chosen seed, and say where a method was not filmed on it', async () => {
    const steps = { 1: [0, 10, 40], 2: [0, 10, 41] };
    const trials = [
      filmedTrial({ method: 'gan', seed: 1, steps: steps[1] }),
      filmedTrial({ method: 'gan', seed: 2, steps: steps[2] }),
      filmedTrial({ method: 'bigan', seed: 1, steps: steps[1] }),
    ];
    for (const figure of figuresOf(reportOn(trials)).filter(({ name }) => name !== 'forgetting')) {
      const [first, second] = [await drawn(figure, { chosenSeed: 1 }), await drawn(figure, { chosenSeed: 2 })];
      expect(first.svg).toBe((await drawn(figure)).svg);
      expect(first.svg).toContain('gan, step 40');
      expect(first.svg).toContain('bigan, step 40');
      expect(second.svg).toContain('gan, step 41');
      expect(second.svg).toContain('bigan: seed 2 was not filmed');
    }
  });

  it('move by one clock: methods whose frames lie elsewhere show those nearest to its steps', async () => {
    const trials = [
      filmedTrial({ method: 'gan', steps: [0, 8, 24, 40] }),
      filmedTrial({ method: 'wgan', steps: [0, 25, 40] }),
    ];
    const moving = figuresOf(reportOn(trials)).filter(({ name }) => name !== 'forgetting');
    for (const figure of moving) {
      expect(figure.spec.usermeta).toEqual({ clock: [0, 8, 24, 40] });
      const titles = async (frame: number) => [
        ...new Set((await drawn(figure, { frame })).svg.match(/w?gan, step \d+/g)),
      ];
      expect(await titles(1)).toEqual(['gan, step 8', 'wgan, step 0']);
      expect(await titles(2)).toEqual(['gan, step 24', 'wgan, step 25']);
      expect(await titles(3)).toEqual(['gan, step 40', 'wgan, step 40']);
    }
  });

  it('of another grid than the first one’s are left out: their places would not be comparable', () => {
    const [gan, wgan] = (['gan', 'wgan'] as const).map((method) => filmedTrial({ method }));
    const other = wgan?.film && {
      ...wgan,
      film: { ...wgan.film, axes: wgan.film.axes.map((axis) => ({ ...axis, high: 3 })) },
    };
    const figure = filmDensityFigure(reportOn([gan, other].flatMap((trial) => trial ?? [])), wide);
    expect(JSON.stringify(figure?.spec)).toContain('gan');
    expect(JSON.stringify(figure?.spec)).not.toContain('"wgan');
  });

  it('of what D forgets compare methods whatever their grids, and fit a phone with many methods', () => {
    const data = filmed(['gan', 'wgan', 'bigan', 'bigan-l2', 'bigan-pgp'], { data: line, latent: thin });
    for (const layout of [wide, narrow]) {
      const spec = JSON.stringify(forgettingFigure(data, layout)?.spec);
      for (const method of ['gan', 'wgan', 'bigan', 'bigan-l2', 'bigan-pgp']) expect(spec).toContain(`"${method}`);
    }
    expect(Object.keys(forgettingFigure(data, wide)?.spec ?? {})).toContain('facet');
    expect(Object.keys(forgettingFigure(data, narrow)?.spec ?? {})).toContain('concat');
  });

  it('have at most so many frames, the first and the last among them', async () => {
    const steps = Array.from({ length: 100 }, (_, frame) => frame * frame);
    const figure = filmDensityFigure(reportOn([filmedTrial({ method: 'gan', steps })]), wide) as Figure; // filmed
    expect(figure.spec.params?.[0]).toMatchObject({
      name: 'frame',
      value: mostFrames - 1,
      bind: { max: mostFrames - 1 },
    });
    expect((await drawn(figure, { frame: 0 })).svg).toContain('step 0');
    expect((await drawn(figure)).svg).toContain('step 9,801');
  });

  it('of a generator that is not finite, or a D that says the same everywhere, can still be drawn', async () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, 1e30]) {
      const trial = filmedTrial({ method: 'bigan' });
      const film = trial.film && {
        ...trial.film,
        frames: trial.film.frames.map((frame) => ({
          ...frame,
          generated: frame.generated.map(() => bad),
          lattice: frame.generated.map(() => bad),
          score: frame.score.map(() => bad),
          modeScore: [bad, 0, 0, 0],
        })),
      };
      for (const figure of figuresOf(reportOn([{ ...trial, film }]))) {
        const { svg } = await drawn(figure);
        expect(svg, figure.name).not.toMatch(/NaN|Infinity/);
        expect(pngOf(svg).length).toBeGreaterThan(500);
      }
    }
  });
});
