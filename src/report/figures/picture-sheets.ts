/** Draws sheets of pictures: what each method samples beside the data, and what it makes of real pictures. One seed at a time. */

import { paper } from '../../summary/palette.ts';
import { pathText } from '../../summary/spec-text.ts';
import type { Figure, Layout } from '../figure.ts';
import { simulatedWord } from '../judging.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import type { Sheet, SheetName } from '../sheet.ts';
import { compared, figureOf, labelsOf, panelsOf, type Row, samplesNote, spacing } from './chart.ts';
import { panelsAmong, seedChoice } from './seed-choice.ts';
import { aFigureAPath, sweepsOf, sweptPaths, valueLabel } from './sweep.ts';

/** A sheet weighs up to 100 kB: seeds to choose from. */
const mostSeeds = 5;
/** Values of a swept parameter that have a sheet. */
const mostValues = 12;

/** The data with the sheets of those trials that figures show; what cannot be read is in `problems`. */
export async function withSheets(data: ReportData): Promise<ReportData> {
  const sheets = new Map(data.sheets);
  const shown = [
    ...panelsOfSeeds(compared(data), mostSeeds),
    ...sweptPaths(data).flatMap((path) => panelsOfSeeds(valuesOf(data, path), 1)),
  ];
  for (const trial of new Set(shown)) {
    const found: Partial<Record<SheetName, Sheet>> = {};
    for (const name of ['data', 'samples', 'reconstructions', 'rarest-modes'] as const) {
      const sheet = await trial.sheet(name);
      if (sheet) found[name] = sheet;
    }
    sheets.set(trial.record.id, found);
  }
  return { ...data, sheets };
}

const panelsOfSeeds = (groups: readonly Group[], seeds: number): ReportTrial[] => {
  const choice = seedChoice(groups, () => true, seeds);
  return groups.flatMap((group) => choice.of(group));
};

/** The values of a swept parameter, under their names. */
function valuesOf(data: ReportData, path: string): Group[] {
  const sweeps = sweepsOf(data, path);
  const groups = sweeps.flatMap((sweep) => sweep.groups).slice(0, mostValues);
  return groups.map((group) => ({ ...group, label: valueLabel(data, group, path, sweeps.length) }));
}

/** The first seed's samples at each value of a swept parameter, the declared one called so. */
export const ablationSheetsFigures = aFigureAPath((data, layout, path) => {
  const name = pathText(path, data.swept);
  return sheetsFigure(data, layout, 'samples', {
    name: `ablation-sheets-${path.replaceAll('.', '-').toLowerCase()}`,
    section: 'ablation',
    groups: valuesOf(data, path),
    seeds: 1,
    title: `Samples at each value of ${name}`,
    alt: `A sheet of samples for each value of ${name}.`,
    note: ({ columns, rows }) => `The first ${columns * rows} pictures of each, of the first seed.`,
  });
});

/** A figure of one sheet a method, of several seeds. @param words what it says, given the word for simulated data, if they are. */
const ofEachMethod =
  (which: SheetName, words: (simulated: string) => Omit<Sheets, 'section' | 'groups' | 'seeds'>) =>
  (data: ReportData, layout: Layout): Figure | undefined =>
    sheetsFigure(data, layout, which, {
      ...words(simulatedWord(data)),
      section: 'samples',
      groups: compared(data),
      seeds: mostSeeds,
    });

/** The data's own pictures first, then each method's. */
export const sampleSheetsFigure = ofEachMethod('samples', (word) => ({
  name: 'sample-sheets',
  title: 'Samples beside the data',
  alt: 'A sheet of pictures of the data, then one of samples for each method.',
  note: ({ columns, rows }) =>
    `The first ${columns * rows} pictures of each; data.png and samples.png in the trial’s folder hold more.`,
  own: `data${word && ` (${word})`}`,
}));

/** For methods with an encoder. */
export const reconstructionSheetsFigure = ofEachMethod('reconstructions', (word) => ({
  name: 'reconstruction-sheets',
  title: 'Reconstructions below their originals',
  alt: 'For each method with an encoder a sheet of pictures: rows of real ones in turns with rows of their reconstructions G(E(x)).',
  note: ({ columns, rows }) =>
    `In turns a row of ${word && `${word} `}data and a row of what G(E(x)) makes of it: ${(columns * rows) / 2} pairs; reconstructions.png in the trial’s folder holds more.`,
}));

/** What was counted: the rarest modes that each method captures. */
export const rarestModesFigure = ofEachMethod('rarest-modes', (word) => ({
  name: 'rarest-modes',
  title: 'The rarest modes that were captured',
  alt: 'For each method a sheet of pictures: rows of real ones of a rare mode in turns with rows of the samples that count as it.',
  note: ({ rows }) =>
    `In turns a row of ${word && `${word} `}data of a captured mode and a row of the samples that count as it, the surest first, for the ${rows / 2} rarest; white where there are no more. rarest-modes.png in the trial’s folder holds more, modes.csv the shares.`,
}));

/** Rows of originals in turns with rows of a method's. */
const inPairs = (which: SheetName): boolean => which === 'reconstructions' || which === 'rarest-modes';

interface Sheets extends Pick<Figure, 'name' | 'section'> {
  readonly groups: readonly Group[];
  /** At most so many to choose from. */
  readonly seeds: number;
  readonly title: string;
  readonly alt: string;
  readonly note: (sheet: Sheet) => string;
  /** Label of the data's own sheet, where there is one. */
  readonly own?: string;
}

function sheetsFigure(data: ReportData, layout: Layout, which: SheetName, words: Sheets): Figure | undefined {
  const sheetOf = ({ record }: ReportTrial, name = which) => data.sheets.get(record.id)?.[name];
  const chosen = panelsAmong(words.groups, (trial) => sheetOf(trial) !== undefined, words.seeds);
  if (chosen === undefined) return undefined;
  const { groups, choice } = chosen;
  const trials = groups.flatMap((group) => choice.of(group).map((trial) => ({ group: group.label, trial })));
  const [sheet] = trials.flatMap(({ trial }) => sheetOf(trial) ?? []);
  if (sheet === undefined) return undefined;
  const { own } = words;
  // the data of a seed are those of every method
  const real = choice.seeds.flatMap((seed): Row[] => {
    const found = trials.find(({ trial }) => trial.seed === seed && sheetOf(trial, 'data'));
    const sheet = found && sheetOf(found.trial, 'data');
    return own === undefined || sheet === undefined ? [] : [{ group: own, seed, uri: sheet.uri, tall: tallOf(sheet) }];
  });
  const made = trials.map(({ group, trial }): Row => {
    const one = sheetOf(trial);
    return { group, seed: trial.seed, uri: one?.uri ?? null, tall: one ? tallOf(one) : 0 };
  });
  // some captured more modes than others, and have more rows of them
  const rows = Math.max(...trials.map(({ trial }) => sheetOf(trial)?.rows ?? 0));
  const [width, height] = [sheet.columns * sheet.side, rows * sheet.side];
  const columns = Math.max(1, Math.floor((layout.width + spacing) / (width + spacing)));
  return figureOf({
    name: words.name,
    section: words.section,
    title: words.title,
    alt: words.alt,
    note: `${words.note({ ...sheet, rows })}${choice.omitted}${samplesNote(data)}`,
    spec: {
      params: choice.params,
      data: { values: [...real, ...made] },
      ...panelsOf([...(real.length > 0 && own !== undefined ? [own] : []), ...labelsOf(groups)], columns),
      spec: {
        width,
        height,
        layer: [
          {
            transform: choice.filter,
            mark: {
              type: 'image' as const,
              width,
              height: { expr: 'datum.tall' },
              align: 'left' as const,
              baseline: 'top' as const,
              aspect: false,
              smooth: false,
            },
            encoding: { x: { value: 0 }, y: { value: 0 }, url: { field: 'uri', type: 'nominal' as const } },
          },
          between('x', sheet.columns, () => 2),
          between('y', rows, (row) => (inPairs(which) && row % 2 === 0 ? 6 : 2)),
        ],
      },
    },
  });
}

const tallOf = ({ rows, side }: Sheet): number => rows * side;

/** Lines where pictures meet, in the colour of the ground. */
function between(axis: 'x' | 'y', count: number, thickness: (at: number) => number) {
  const values = Array.from({ length: count - 1 }, (_, index) => ({ at: index + 1, width: thickness(index + 1) }));
  const place = {
    field: 'at',
    type: 'quantitative' as const,
    scale: axis === 'x' ? { domain: [0, count], nice: false } : { domain: [count, 0], nice: false },
    axis: null,
  };
  return {
    data: { values },
    mark: { type: 'rule' as const, color: paper },
    encoding: {
      ...(axis === 'x' ? { x: place } : { y: place }),
      strokeWidth: { field: 'width', type: 'quantitative' as const, scale: null },
    },
  };
}
