/**
 * Every figure of the catalogue over small reports of every kind of data: golden as JSON, valid by Vega-Lite's own schema,
 * compiled and drawn without a warning, no wider than its layout. What the pictures look like is for eyes.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import sharp from 'sharp';
import { parse, View } from 'vega';
import { describe, expect, it } from 'vitest';
import type { MethodName } from '../../../src/experiment/define.ts';
import { figureMakers } from '../../../src/report/catalogue.ts';
import { type Figure, figureSections, type Layout, narrow, wide } from '../../../src/report/figure.ts';
import { samplesFigure } from '../../../src/report/figures/samples.ts';
import { compileFigure, pngOf } from '../../../src/report/render.ts';
import type { ReportData, Table } from '../../../src/report/report-data.ts';
import { darkOf, grounds, ink, strong } from '../../../src/summary/palette.ts';
import { sized } from '../../support/long.ts';
import { line, reportOf, reportOn, ring, roll, thin, trialOf, uneven, type Wanted } from './example-data.ts';
import { nameIn, pictureReport } from './picture-data.ts';

const both = (methods: readonly MethodName[], more: Partial<Wanted> = {}): Wanted[] =>
  methods.flatMap((method) => [0, 1].map((seed) => ({ method, seed, ...more })));

const weighted = (weight: number, batch = 128): Partial<Wanted> => ({
  change: (spec) => ({
    ...spec,
    penalty: { weight, form: 'squared' },
    training: { ...spec.training, batch },
  }),
});

const common = ['coverage-over-training', 'gradients', 'losses', 'modes-captured', 'scores'];
const captured = ['mode-histogram', 'quality-against-modes'];
const encoded = ['latent-prior', 'latent-space'];
const inPlane = ['discriminator-map', 'samples', 'samples-by-seed'];
const sheets = ['sample-sheets', 'reconstruction-sheets'];
const paired = [...encoded, 'lines', 'reconstructions'];

const reports: Readonly<Record<string, { data: ReportData; figures: readonly string[] }>> = {
  plane: {
    data: reportOf([...both(['gan', 'bigan', 'bigan-pgp']), { method: 'bigan', seed: 2, diverged: true }]),
    figures: [...common, ...captured, ...inPlane, ...paired, 'diagnoses'],
  },
  line: {
    data: reportOf(both(['gan', 'bigan-pgp'], { data: line, latent: thin })),
    figures: [...common, ...captured, ...paired, 'diagnoses', 'discriminator-xz', 'line-data'],
  },
  roll: {
    data: reportOf(both(['gan', 'bigan'], { data: roll })),
    figures: [...common, ...captured, ...inPlane, ...paired, 'diagnoses'],
  },
  uneven: {
    data: reportOf(both(['gan'], { data: uneven })),
    figures: [...common, ...captured, ...inPlane],
  },
  latents: {
    data: reportOf(both(['encoder-only'])),
    // no generator: no modes, no samples; D over latents
    figures: ['coverage-over-training', 'discriminator-map', 'gradients', 'losses', 'scores', ...encoded],
  },
  sweep: {
    data: reportOf([...both(['gan']), ...[0, 0.1, 1, 10].flatMap((weight) => both(['bigan-pgp'], weighted(weight)))]),
    figures: [
      ...common,
      ...captured,
      ...inPlane,
      ...paired,
      'ablation-penalty-weight',
      'ablation-samples-penalty-weight',
      'diagnoses',
    ],
  },
  grid: {
    data: reportOf(
      [0.1, 1].flatMap((weight) => [32, 128].flatMap((batch) => both(['bigan-pgp'], weighted(weight, batch)))),
    ),
    figures: [
      ...common,
      ...captured,
      ...inPlane,
      ...paired,
      'ablation-grid',
      'ablation-penalty-weight',
      'ablation-training-batch',
      'ablation-samples-penalty-weight',
      'ablation-samples-training-batch',
      'diagnoses',
    ],
  },
  bare: {
    // an older or broken store: records and histories alone, all diverged
    data: reportOf(
      both(['gan', 'wgan'], {
        diverged: true,
        parts: { samples: undefined, losses: undefined, landscape: undefined, lines: undefined },
      }),
    ),
    figures: ['coverage-over-training', 'diagnoses', 'modes-captured'],
  },
  frames: {
    data: pictureReport({ simulated: true, occupancy: true }),
    figures: [
      'coverage-over-training',
      'modes-captured',
      'quality-against-modes',
      ...sheets,
      'mode-shares',
      'occupancy',
      'steps-to-modes',
    ],
  },
  footage: {
    data: pictureReport({ footage: true, occupancy: true }),
    figures: ['coverage-over-training', 'modes-captured', 'quality-against-modes', ...sheets, 'occupancy'],
  },
  digits: {
    data: pictureReport({ classes: true }),
    figures: [
      'coverage-over-training',
      'modes-captured',
      'quality-against-modes',
      ...sheets,
      'mode-shares',
      'steps-to-modes',
    ],
  },
};

const schema: object = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('vega-lite/vega-lite-schema.json'), 'utf8'),
);
// The schema names formats (colours, URIs) that are checked nowhere else either.
const valid = new Ajv({ strict: false, validateFormats: false }).compile(schema);

const figuresOf = (data: ReportData, layout: Layout): Figure[] =>
  figureMakers.flatMap((make) => make(data, layout) ?? []);

for (const [name, { data, figures }] of Object.entries(reports)) {
  describe(`figures of a report on ${name}`, () => {
    it('has those that its trials have data for, and no others', () => {
      const names = figuresOf(data, wide).map((figure) => figure.name);
      expect(names.toSorted()).toEqual(figures.toSorted());
    });

    for (const [layoutName, layout] of Object.entries({ wide, narrow })) {
      it(`are valid, compile and draw without a warning, and fit (${layoutName})`, async () => {
        for (const figure of figuresOf(data, layout)) {
          expect(valid(figure.spec), `${figure.name}: ${JSON.stringify(valid.errors?.[0])}`).toBe(true);
          const { warnings, width, svg } = await drawn(figure);
          expect(warnings, figure.name).toEqual([]);
          expect(svg).not.toMatch(/NaN|Infinity|undefined/);
          // words are measured roughly where there is no canvas, so a label may stand out a little
          expect(width, figure.name).toBeLessThanOrEqual(layout.width * 1.2);
        }
      });
    }
  });
}

describe('golden figures', () => {
  /** Each figure on the first report that has it: the others differ in data alone. */
  const first = new Map<string, { report: string; figure: Figure }>();
  for (const [report, { data }] of Object.entries(reports))
    for (const figure of figuresOf(data, wide)) if (!first.has(figure.name)) first.set(figure.name, { report, figure });

  for (const [name, { report, figure }] of first) {
    it(`${name} of a report on ${report} is what it was`, async () => {
      await expect(printed(figure)).toMatchFileSnapshot(`golden/${name}.txt`);
    });
  }
});

describe('what is not defined on some seeds', () => {
  const undefinedAt = (weight: number, seed: number) => {
    const trial = trialOf({ method: 'bigan-pgp', seed, ...weighted(weight) });
    const reverseKL = weight === 1 && seed === 1 ? Number.NaN : 0.25;
    const metrics = { ...trial.record.metrics, reverseKL };
    const history = trial.history.map((row) => ({ ...row, values: { ...row.values, reverseKL } }));
    return { ...trial, record: { ...trial.record, metrics }, history };
  };
  const data = reportOn([0.1, 1, 10].flatMap((weight) => [0, 1].map((seed) => undefinedAt(weight, seed))));
  const figureNamed = (name: string) => figuresOf(data, wide).find((figure) => figure.name === name) as Figure; // it stands below

  it('breaks the line and the band of an ablation, and is marked at the worse edge', async () => {
    const figure = figureNamed('ablation-penalty-weight');
    expect(figure.note).toMatch(/Where a line breaks at a ×/);
    const text = JSON.stringify(figure.spec);
    expect(text).toContain('{"group":"bigan-pgp","at":1,"mean":null,"low":null,"high":null,"seeds":"1 of 2"}');
    expect(text).toContain('{"group":"bigan-pgp","at":10,"mean":0.25,"low":0.25,"high":0.25,"seeds":2}');
    const { svg, warnings } = await drawn(figure);
    expect(warnings).toEqual([]);
    expect(svg.match(/×/g)).toHaveLength(1);
  });

  it('breaks learning curves', () => {
    const alone = reportOn([0, 1].map((seed) => undefinedAt(1, seed)));
    const figure = figureMakers
      .flatMap((make) => make(alone, wide) ?? [])
      .find(({ name }) => name === 'coverage-over-training');
    expect(figure?.note).toMatch(/Where a line breaks at a ×/);
    expect(JSON.stringify(figure?.spec).match(/"mean":null,"low":null,"high":null,"seeds":"1 of 2"/g)).toHaveLength(12); // four steps: band, line, mark
  });
});

describe('all figures', () => {
  const all = Object.values(reports).flatMap(({ data }) => figuresOf(data, wide));

  it('have plain words: a section, a title, an alternative text, a file name', () => {
    for (const { name, section, title, alt } of all) {
      expect(figureSections).toContain(section);
      expect(name).toMatch(/^[a-z0-9-]+$/);
      expect(title.length).toBeGreaterThan(5);
      expect(alt).toMatch(/\.$/);
    }
  });

  it('are pure: the same data give the same figure', () => {
    const { data } = reports.plane as { data: ReportData }; // it stands above
    expect(figuresOf(data, wide)).toEqual(figuresOf(data, wide));
  });

  it('write words in colours that can be read on both grounds', () => {
    // a cross is a mark, and on a heat map the ground is the map's
    const coloured = all.flatMap(({ name, section, spec }) =>
      section === 'films' || name === 'ablation-grid' ? [] : textColours(spec).map((colour) => [name, colour] as const),
    );
    expect(coloured.filter(([, colour]) => typeof colour !== 'string')).toEqual([]);
    const words = new Set([ink, strong, ...coloured.map(([, colour]) => String(colour))]);
    for (const colour of words) {
      expect(contrast(colour, grounds.light), colour).toBeGreaterThanOrEqual(4.5);
      expect(contrast(darkOf[colour] ?? colour, grounds.dark), colour).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('mark no whole mark as translucent: a layer outside the picture stops resvg', () => {
    for (const { spec } of all) expect(JSON.stringify(spec)).not.toMatch(/"opacity":0\.\d/);
  });
});

describe('odd data', () => {
  const emptied = (table: Table | undefined): Table => ({
    count: 0,
    numbers: Object.fromEntries(Object.keys(table?.numbers ?? {}).map((name) => [name, new Float64Array()])),
    texts: { set: [] },
  });
  const changed = (table: Table | undefined, to: (value: number) => number): Table | undefined =>
    table && {
      ...table,
      numbers: Object.fromEntries(
        Object.entries(table.numbers).map(([name, values]) => [
          name,
          /step|^t$|line/.test(name) ? values : values.map(to),
        ]),
      ),
    };
  const bare = (table: Table | undefined): Table | undefined => table && { ...table, numbers: {}, texts: {} };
  const oddities: Readonly<Record<string, (table: Table | undefined) => Table | undefined>> = {
    'empty tables': emptied,
    'tables without a number': (table) => changed(table, () => Number.NaN),
    'tables without their columns': bare,
    'a generator far away': (table) => changed(table, (value) => 1e12 * (value + 1)),
    'a generator at infinity': (table) => changed(table, () => Number.POSITIVE_INFINITY),
    'all values the same': (table) => changed(table, () => 0.5),
  };

  for (const [name, odd] of Object.entries(oddities)) {
    for (const data of sized([ring, line], [ring, line, roll])) {
      it(`${name}, ${data.kind}: no figure, or one that can be drawn to its PNG`, async () => {
        const latent = data.kind === 'gaussian-line' ? thin : undefined;
        const wanted = both(['gan', 'bigan-pgp'], { data, ...(latent && { latent }) });
        const trials = wanted.map((one): Wanted => {
          const { samples, losses, landscape, lines } = trialOf(one);
          const parts = { samples: odd(samples), losses: odd(losses), landscape: odd(landscape), lines: odd(lines) };
          return { ...one, parts };
        });
        for (const figure of figuresOf(reportOf(trials), wide)) {
          const { svg, warnings } = await drawn(figure);
          expect(warnings, figure.name).toEqual([]);
          expect(svg, figure.name).not.toMatch(/NaN|Infinity/);
          expect(pngOf(svg).length, figure.name).toBeGreaterThan(500);
        }
      });
    }
  }
});

describe('sheets of pictures', () => {
  const { data } = reports.frames as { data: ReportData }; // it stands above
  const sheetsIn = async (figure: Figure, signals?: Readonly<Record<string, number>>) =>
    [...(await drawn(figure, signals)).svg.matchAll(/xlink:href="([^"]*)"/g)].map(([, uri]) => uri ?? '');

  it('stand in the picture one a method, the data first, those of the chosen seed', async () => {
    const figure = figuresOf(data, wide).find(({ name }) => name === 'sample-sheets') as Figure; // see above
    expect((await sheetsIn(figure)).map(nameIn)).toEqual(['data 0', 'samples 0', 'samples 0']);
    expect((await sheetsIn(figure, { chosenSeed: 1 })).map(nameIn)).toEqual(['data 1', 'samples 1', 'samples 1']);
  });

  it('are not smoothed in a PNG: a pixel keeps its colour up to its edge', async () => {
    const figure = figuresOf(data, wide).find(({ name }) => name === 'sample-sheets') as Figure; // see above
    const { data: pixels } = await sharp(pngOf((await drawn(figure)).svg))
      .raw()
      .toBuffer({ resolveWithObject: true });
    const colours = new Map<number, number>();
    for (let at = 0; at < pixels.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = pixels.subarray(at, at + 3);
      // between the yellow and the blue of the sheets lie colours that only smoothing makes
      if (red > 60 && red < 200 && Math.abs(red - green) < 3 && blue > 60 && blue + red > 245 && blue + red < 265)
        colours.set(red, (colours.get(red) ?? 0) + 1);
    }
    expect(colours.size).toBeLessThan(8);
  });
});

describe('choosing a seed', () => {
  it('shows other points', async () => {
    const { data } = reports.plane as { data: ReportData };
    const figure = samplesFigure(data, wide) as Figure; // the report has samples
    const [first, second] = [await drawn(figure), await drawn(figure, { chosenSeed: 1 })];
    expect(first.svg).not.toEqual(second.svg);
  });
});

/** Colours of the words in a figure: text or, where it follows a field, its encoding. Crosses are marks. */
function textColours(part: unknown): unknown[] {
  if (Array.isArray(part)) return part.flatMap(textColours);
  if (typeof part !== 'object' || part === null) return [];
  const { mark, encoding } = part as {
    mark?: { type?: string; text?: string; color?: string };
    encoding?: { color?: object };
  };
  const own = mark?.type === 'text' && mark.text !== '×' ? [encoding?.color ?? mark.color ?? ink] : [];
  return [...own, ...Object.entries(part).flatMap(([key, value]) => (key === 'config' ? [] : textColours(value)))];
}

/** WCAG 2: 1 to 21. */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, at) => {
      const value = Number.parseInt(hex.slice(1 + 2 * at, 3 + 2 * at), 16) / 255;
      return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    }, 0);
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** As JSON that reads well in a diff, without the theme that all share; innermost lists and objects on a line each. */
function printed(figure: Figure): string {
  const text = JSON.stringify(figure, (key, value: unknown) => (key === 'config' ? undefined : value), 1);
  return `${text.replace(/[[{][^[\]{}]*[\]}]/g, (inner) => inner.replace(/\s*\n\s*/g, ' '))}\n`;
}

async function drawn(figure: Figure, signals: Readonly<Record<string, number>> = {}) {
  const warnings: string[] = [];
  const compiled = compileFigure(figure.spec, (message) => warnings.push(message));
  const logger = {
    level: () => logger,
    error: (...words: readonly unknown[]) => told(words),
    warn: (...words: readonly unknown[]) => told(words),
    info: () => logger,
    debug: () => logger,
  };
  const told = (words: readonly unknown[]) => {
    warnings.push(words.map(String).join(' '));
    return logger;
  };
  const view = new View(parse(compiled), { renderer: 'none' }).logger(logger as never); // its type asks for a setter of levels too
  for (const [signal, value] of Object.entries(signals)) view.signal(signal, value);
  const svg = await view.toSVG();
  view.finalize();
  return { warnings, svg, width: Number(/width="([\d.]+)"/.exec(svg)?.[1]) };
}
