/** Gives the films of a report: one trial a method, the same few frames for all views, so that pages and GIFs stay light. */

import { builtIn } from '../../catalogue/catalogue.ts';
import { type FilmKind, filmKindOf } from '../../methods/film-kind.ts';
import type { Film, Frame } from '../../store/film-file.ts';
import { compared } from '../figures/chart.ts';
import type { Group, ReportData, ReportTrial } from '../report-data.ts';
import { levelOf, type Reading, readingOf, readingWords } from './decision-level.ts';

/** Frames of a film in a page and in a GIF. */
export const mostFrames = 36;

export interface MethodFilm {
  readonly group: Group;
  readonly trial: ReportTrial;
  readonly film: Film;
  readonly frames: readonly Frame[];
  readonly reading: Reading;
}

/**
 * The films of the methods that figures compare, each of the first seed that was filmed. Where the places of its grid are drawn
 * (`onGrid`), those alone that show the same grid as the first. `usable` says whether a view can show a kind of film of a group.
 * The kind is known without reading the file, so that a report of hundreds of trials opens few.
 */
export function methodFilms(
  data: ReportData,
  usable: (kind: FilmKind, group: Group) => boolean,
  onGrid = true,
): MethodFilm[] {
  const films = compared(data).flatMap((group) => {
    const { method, latent } = group.spec;
    const card = builtIn.cards.methods.find(({ name }) => name === method);
    const kind = card
      ? filmKindOf(card, group.truth.dim, latent.dim)
      : group.trials.find((one) => one.film)?.film?.kind;
    if (kind === undefined || !usable(kind, group)) return [];
    // Films are read when asked for: only those of trials that have one are.
    const trial = group.trials.find((one) => one.record.timings.film !== undefined && one.film?.kind === kind);
    const film = trial?.film;
    if (trial === undefined || film === undefined || film.frames.length === 0) return [];
    return [{ group, trial, film, frames: fewer(film.frames), reading: readingOf(group.spec.loss) }];
  });
  const grid = JSON.stringify(films[0]?.film.axes);
  return films.filter(({ film }) => !onGrid || JSON.stringify(film.axes) === grid);
}

/** At most `mostFrames`, evenly taken, first and last among them. */
function fewer(frames: readonly Frame[]): readonly Frame[] {
  if (frames.length <= mostFrames) return frames;
  return Array.from({ length: mostFrames }, (_, index) => {
    return frames[Math.round((index * (frames.length - 1)) / (mostFrames - 1))] as Frame; // within the list
  });
}

/** Every frame of a film as a row; what a row shows of it is the view's. */
export const rowsOf = <Row extends object>(
  methodFilm: MethodFilm,
  row: (methodFilm: MethodFilm, frame: Frame) => Row,
) =>
  methodFilm.frames.map((frame, index) => ({
    frame: index,
    last: methodFilm.frames.length - 1,
    ...row(methodFilm, frame),
  }));

/** D's values on the grid, 0 to 1. */
export const levelsIn = ({ reading }: MethodFilm, { score }: Frame): Float32Array => score.map(levelOf(reading, score));

/** The slider over frames, set to the last one: what a still picture shows. */
export const slider = (films: readonly MethodFilm[]) => {
  const last = Math.max(...films.map(({ frames }) => frames.length)) - 1;
  return { name: 'frame', value: last, bind: { input: 'range' as const, min: 0, max: last, step: 1, name: 'frame ' } };
};

/** Keeps the rows of the slider's frame. A film with fewer frames stays at its last. */
export const atFrame = { filter: 'datum.frame === min(frame, datum.last)' };

/** How D is read, method by method where they differ. */
export function readingNote(films: readonly MethodFilm[]): string {
  const [first, ...others] = [...new Set(films.map(({ reading }) => reading))];
  if (first !== undefined && others.length === 0) return readingWords[first];
  return films.map(({ group, reading }) => `${group.label}: ${readingWords[reading]}`).join('; ');
}

/** Which trials are shown, as a sentence. */
export function filmNote(films: readonly MethodFilm[]): string {
  const seeds = [...new Set(films.map(({ trial }) => trial.seed))];
  return `Seed ${seeds.join(', ')}; the weights of G and E that train, not their average.`;
}
