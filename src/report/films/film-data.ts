/**
 * Gives the films of a report: for each method those of a few seeds, all over the same steps, so that one clock moves them all.
 * Few seeds and few frames keep pages and GIFs light.
 */

import { builtIn } from '../../catalogue/catalogue.ts';
import { type FilmKind, filmKindOf } from '../../methods/film-kind.ts';
import type { Film, Frame } from '../../store/film-file.ts';
import { compared } from '../figures/chart.ts';
import { type SeedChoice, seedChoice } from '../figures/seed-choice.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { levelOf, type Reading, readingOf, readingWords } from './decision-level.ts';

/** Frames of a film in a page and in a GIF; fewer where there are more seeds than two. */
export const mostFrames = 36;
const mostFramesOfAll = 2 * mostFrames;
const mostSeeds = 3;

/** One film. */
export interface MethodFilm {
  readonly group: Group;
  readonly trial: ReportTrial;
  readonly film: Film;
  /** For each position of the clock, the frame whose step is nearest to the clock's. */
  readonly frames: readonly Frame[];
  readonly reading: Reading;
}

/** A method's films, one a seed; there is one at least, and all have the same axes. */
export type Panel = readonly [MethodFilm, ...MethodFilm[]];

export interface Films {
  /** None where a view has nothing to show. */
  readonly panels: readonly Panel[];
  /** The first method's first film. */
  readonly first: MethodFilm;
  /** Training steps of the clock's positions. */
  readonly clock: readonly number[];
  readonly choice: SeedChoice;
}

/**
 * The films of the methods that figures compare. Where the places of their grids are drawn (`onGrid`), those alone that show the
 * same grid as the first. `usable` says whether a view can show a kind of film of a group. `undefined` where it can show none.
 * Films are read when asked for: only those of the seeds that are shown are, in a report of hundreds of trials too.
 */
export function filmsFor(
  data: ReportData,
  usable: (kind: FilmKind, group: Group) => boolean,
  onGrid = true,
): Films | undefined {
  const groups = compared(data);
  const choice = seedChoice(groups, ({ record }) => record.timings.film !== undefined, mostSeeds);
  const films = groups.map((group) =>
    choice.of(group).flatMap((trial) => {
      const { film } = trial;
      return film === undefined || film.frames.length === 0 || film.kind !== kindOf(group, film)
        ? []
        : [{ trial, film }];
    }),
  );
  const clock = clockOf(
    films.flat().map(({ film }) => film),
    Math.min(mostFrames, Math.floor(mostFramesOfAll / choice.seeds.length)),
  );
  const grid = JSON.stringify(
    groups.flatMap((group, at) => films[at]?.filter(({ film }) => usable(film.kind, group)) ?? [])[0]?.film.axes,
  );
  const panels = groups.flatMap((group, at): Panel[] => {
    const own = (films[at] ?? [])
      .filter(({ film }) => usable(film.kind, group) && (!onGrid || JSON.stringify(film.axes) === grid))
      .map((one) => ({ ...one, group, frames: framesAt(one.film, clock), reading: readingOf(group.spec.loss) }));
    const [first, ...others] = own;
    return first === undefined ? [] : [[first, ...others]];
  });
  const first = panels[0]?.[0];
  return first && { panels, first, clock, choice };
}

/** The kind that films of a group should have. */
function kindOf({ spec: { method, latent }, truth }: Group, film: Film): FilmKind | undefined {
  const card = builtIn.cards.methods.find(({ name }) => name === method);
  return card ? filmKindOf(card, truth.dim, latent.dim) : film.kind;
}

/** The steps of the film that has most of them, at most `most`, evenly taken, first and last among them. */
function clockOf(films: readonly Film[], most: number): number[] {
  const steps = films
    .map(({ frames }) => frames.map(({ step }) => step))
    .reduce((fullest, other) => (other.length > fullest.length ? other : fullest), []);
  if (steps.length <= most) return steps;
  return Array.from({ length: most }, (_, index) => steps[Math.round((index * (steps.length - 1)) / (most - 1))] ?? 0);
}

/** For each step the frame nearest to it: methods take their steps in runs of different lengths. */
function framesAt({ frames }: Film, clock: readonly number[]): Frame[] {
  const distance = (frame: Frame, step: number) => Math.abs(frame.step - step);
  return clock.map((step) => frames.reduce((best, one) => (distance(one, step) < distance(best, step) ? one : best)));
}

/** Every frame of a method's films as a row, with the positions of the clock that show it; what it shows is the view's. */
export const rowsOf = <Row extends object>(panel: Panel, row: (methodFilm: MethodFilm, frame: Frame) => Row) =>
  panel.flatMap((methodFilm) =>
    [...new Set(methodFilm.frames)].map((frame) => ({
      seed: methodFilm.trial.seed,
      from: methodFilm.frames.indexOf(frame),
      to: methodFilm.frames.lastIndexOf(frame),
      ...row(methodFilm, frame),
    })),
  );

/** D's values on the grid, 0 to 1. */
export const levelsIn = ({ reading }: MethodFilm, { score }: Frame): Float32Array => score.map(levelOf(reading, score));

/** The clock's position and the seed, set to the last and the first: what a still picture shows. */
export const controlsOf = ({ clock, choice }: Films) => {
  const last = clock.length - 1;
  const bind = { input: 'range' as const, min: 0, max: last, step: 1, name: 'frame ' };
  return [{ name: 'frame', value: last, bind }, ...choice.params];
};

/** Keeps the rows of the clock's position and of the chosen seed. */
export const atFrame = ({ choice }: Films) => [
  { filter: 'datum.from <= frame && frame <= datum.to' },
  ...choice.filter,
];

/** How D is read, method by method where they differ. */
export function readingNote({ panels }: Films): string {
  const [first, ...others] = [...new Set(panels.map(([{ reading }]) => reading))];
  if (first !== undefined && others.length === 0) return readingWords[first];
  return panels.map(([{ group, reading }]) => `${group.label}: ${readingWords[reading]}`).join('; ');
}

/** Which trials are shown, as a sentence. */
export function filmNote({ choice: { seeds, omitted } }: Films): string {
  const which = seeds.length > 1 ? `Seeds ${seeds.join(', ')} to choose from` : `Seed ${seeds.join('')}`;
  return `${which}; the weights of G and E that train, not their average.${omitted}`;
}
