/** Makes what the page plays of one trial: the frames of its film, its end, its curves. */
import { finiteOrNull } from '../base/representable.ts';
import { modeShares } from '../metrics/numerics/mode-share.ts';
import { diagnose } from '../report/diagnoses.ts';
import type { ReportTrial, Table } from '../report/report-data.ts';
import { trainingLog } from '../report/training-log.ts';
import type { Film, Frame } from '../store/film-file.ts';
import { type Columns, columnInfo } from '../summary/column-info.ts';
import { packFloats } from './pack.ts';
import { framePicture, lastPicture, seenSamples } from './picture.ts';
import type { Seen } from './summary.ts';
import type { Curve, FilmFrame, TrialFilm } from './wire.ts';

/** Reconstructions that are drawn. */
const mostPairs = 300;

/** One frame of a film that was kept, or that somebody watched. */
export interface Shot {
  readonly film: Omit<Film, 'frames'>;
  readonly frame: Frame;
}

/** @param shots those of a trial that is at work; of one that has ended its file has them. */
export async function trialFilm(seen: Seen, columns: Columns, shots?: readonly Shot[]): Promise<TrialFilm> {
  const { trial } = seen;
  const { film, record } = trial;
  const { loss, training, latent } = record.spec;
  const kept = shots ?? (film ? film.frames.map((frame) => ({ film, frame })) : []);
  return {
    id: record.id,
    steps: training.steps,
    latentDim: latent.dim,
    isAveraged: training.average > 0,
    frames: [...kept.map((shot) => frameOf(shot, loss)), ...(shots ? [] : [await endOf(trial)])],
    curves: curvesOf(trial, columns),
    findings: diagnose(trial, columns),
  };
}

/** A film that grows is asked for again and again: each frame is packed once. */
const packed = new WeakMap<Frame, FilmFrame>();

function frameOf(shot: Shot, loss: ReportTrial['record']['spec']['loss']): FilmFrame {
  const known = packed.get(shot.frame) ?? packedFrame(shot, loss);
  packed.set(shot.frame, known);
  return known;
}

/** @param reconstructed G(E(x)) of the film's real points. @param slopes of D along the lines from there to x. */
export function packedFrame(
  { film, frame }: Shot,
  loss: ReportTrial['record']['spec']['loss'],
  reconstructed?: Float32Array,
  slopes?: Float32Array,
): FilmFrame {
  const { latents, lattice } = film;
  const { step, score, encoded, modeShare, modeScore } = frame;
  return {
    step,
    picture: framePicture(film, frame, loss),
    score: packFloats(score),
    latents: packFloats(latents),
    ...(frame.lattice && { lattice: packFloats(frame.lattice), latticeLatents: packFloats(lattice) }),
    ...(encoded && { codes: packFloats(encoded) }),
    ...(reconstructed && film.dim === 2 && { reconstructions: packFloats(besideEachOther(film.real, reconstructed)) }),
    ...(slopes && { slopes: packFloats(slopes) }),
    ...(modeShare && { modeShare: modeShare.map(finiteOrNull) }),
    ...(modeScore && { modeScore: modeScore.map(finiteOrNull) }),
  };
}

/** Rows of two sets of points in the plane side by side. */
const besideEachOther = (from: Float32Array, to: Float32Array): Float32Array =>
  Float32Array.from({ length: from.length * 2 }, (_, at) =>
    Number((at % 4 < 2 ? from : to)[2 * Math.floor(at / 4) + (at % 2)]),
  );

/** The last frame: of the weights that were evaluated, which are an average where there is one. */
async function endOf(trial: ReportTrial): Promise<FilmFrame> {
  const { record, landscape } = trial;
  const samples = seenSamples(trial);
  const picture = await lastPicture(trial);
  const codes = samples && columnsIn(samples, 'real', ['z0', 'z1']);
  const latents = samples && columnsIn(samples, 'generated', ['z0', 'z1']);
  const pairs = samples && columnsIn(samples, 'real', ['x0', 'x1', 'reconstructed0', 'reconstructed1'], mostPairs);
  const coordinates = Array.from({ length: trial.truth.dim }, (_, axis) => `x${axis}`);
  const made =
    picture.kind === 'plane' && trial.samples ? columnsIn(trial.samples, 'generated', coordinates) : undefined;
  const shares = made && endShares(made, trial);
  const isOver = (name: string) => landscape !== undefined && name in landscape.numbers;
  const slopes = trial.lines?.numbers.slope;
  const score = isOver('x0') && isOver('x1') && !isOver('z0') ? landscape?.numbers.score : undefined;
  return {
    step: record.steps,
    isEnd: true,
    picture,
    ...(score && { score: packFloats(score) }),
    ...(latents && { latents: packFloats(latents) }),
    ...(codes && { codes: packFloats(codes) }),
    ...(slopes && { slopes: packFloats(Float32Array.from(slopes, (slope) => slope / trial.truth.scale)) }),
    ...(pairs && { reconstructions: packFloats(pairs) }),
    ...(shares && { modeShare: [...shares] }),
  };
}

function endShares(values: Float32Array, { truth: { modes, dim } }: ReportTrial): Float64Array | undefined {
  return modes && dim >= 2 ? modeShares({ values, count: values.length / dim, dim }, modes) : undefined;
}

/** Those columns of the rows of one set that are there, row by row; `undefined` where the first is not. */
function columnsIn(table: Table, set: string, names: readonly string[], most = 1_000): Float32Array | undefined {
  const { numbers, texts, count } = table;
  const there = names.flatMap((name) => numbers[name] ?? []);
  if (names.some((name) => name.startsWith('reconstructed') && !(name in numbers)) || there.length === 0)
    return undefined;
  const rows: number[] = [];
  for (let row = 0, taken = 0; row < count && taken < most; row++) {
    if (texts.set?.[row] !== set) continue;
    rows.push(...there.map((column) => column[row] ?? Number.NaN));
    taken++;
  }
  return rows.some(Number.isFinite) ? Float32Array.from(rows) : undefined;
}

/** What was logged, and what judges. */
export function curvesOf(trial: ReportTrial, columns: Columns): Curve[] {
  const { history } = trial;
  const judged = [...columns.values()].filter(({ better, name }) => better !== undefined && !name.endsWith('Real'));
  const measured = judged.flatMap(({ name, title, unit, digits }) => {
    const rows = history.filter(({ values }) => name in values);
    const steps = rows.map(({ step }) => step);
    const values = rows.map((row) => finiteOrNull(row.values[name]));
    return rows.length === 0 ? [] : [{ name, title, unit, digits, steps, values }];
  });
  const log = trainingLog(trial);
  const logged = ['lossD', 'lossG', 'scoreReal', 'scoreFake', 'gradientG'].flatMap((name) => {
    const values = log.columns[name];
    const { title } = columnInfo(name, columns);
    return values
      ? [{ name, title, unit: 'number' as const, digits: 3, steps: log.steps, values: values.map(finiteOrNull) }]
      : [];
  });
  return [...measured, ...logged];
}
