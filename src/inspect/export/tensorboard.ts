/** The trials of an experiment as runs of TensorBoard: a folder each, with curves, samples and hyperparameters. */
import { join } from 'node:path';
import sharp from 'sharp';
import type { Group, ReportData, ReportTrial } from '../../report/report-data.ts';
import { judgedColumns } from '../../summary/column-info.ts';
import { flattenSpec } from '../../summary/spec-text.ts';
import { coordinatesOf } from './arrays.ts';
import { type Event, eventFile, experimentOf, picture, scalar, sessionEnd, sessionStart } from './events.ts';
import { evaluations } from './tidy-table.ts';

/** Files by their paths below the log folder. */
export type LogFiles = Readonly<Record<string, Uint8Array>>;

/** The same data give the same bytes: times are those of the records. */
export async function tensorboardFiles(data: ReportData): Promise<LogFiles> {
  const files: Record<string, Uint8Array> = {};
  const metrics = judgedColumns(
    new Set(data.groups.flatMap(({ trials }) => trials.flatMap(({ record }) => Object.keys(record.metrics)))),
    data.columns,
  ).map(({ name }) => name);
  for (const group of data.groups)
    for (const trial of group.trials) files[nameIn(trial.record.id)] = eventFile(await eventsOf(trial, group, data));
  const [group] = data.groups;
  const [trial] = group?.trials ?? [];
  if (group && trial) {
    const time = endOf(trial);
    const settings = settingsOf(trial, group, data);
    files[nameIn('.')] = eventFile([{ time, step: 0, values: [experimentOf(settings, metrics, time)] }]);
  }
  return files;
}

const nameIn = (folder: string): string => join(folder, 'events.out.tfevents.0.modebench');

/** Seconds; records that are made of trials.csv do not know. */
function endOf({ record }: ReportTrial): number {
  const time = Date.parse(record.finishedAt) / 1_000;
  return Number.isFinite(time) ? time : 0;
}

type Settings = Record<string, string | number | boolean>;

/** What tells groups apart: method, preset, and what was swept; trials of other seeds are one group there. */
function settingsOf({ record }: ReportTrial, { method, preset, settings }: Group, { swept }: ReportData): Settings {
  const flat = flattenSpec(record.spec);
  const own = swept.map((path) => {
    const value = settings[path];
    return [path, typeof value === 'number' || typeof value === 'boolean' ? value : (flat.get(path) ?? '')] as const;
  });
  return { method, preset, ...Object.fromEntries(own) };
}

async function eventsOf(trial: ReportTrial, group: Group, data: ReportData): Promise<Event[]> {
  const { record } = trial;
  const end = endOf(trial);
  const timeAt = (step: number) => end - record.wallSeconds * (1 - step / Math.max(1, record.steps));
  const curves = evaluations(trial).map(({ step, values }) => ({
    time: timeAt(step),
    step,
    values: Object.entries(values).flatMap(([name, value]) => (Number.isNaN(value) ? [] : [scalar(name, value)])),
  }));
  const pictures = await picturesOf(trial);
  return [
    { time: timeAt(0), step: 0, values: [sessionStart(settingsOf(trial, group, data), group.label, timeAt(0))] },
    ...curves,
    ...(pictures.length > 0 ? [{ time: end, step: record.steps, values: pictures }] : []),
    { time: end, step: record.steps, values: [sessionEnd(record.status === 'done', end)] },
  ];
}

const sheets = ['data', 'samples', 'reconstructions', 'rarest-modes'] as const;

async function picturesOf(trial: ReportTrial) {
  const made = await Promise.all(
    sheets.map(async (name) => {
      const found = await trial.sheet(name);
      return found && { name, png: Buffer.from(found.uri.replace(/^[^,]*,/, ''), 'base64') };
    }),
  );
  const points = scatter(trial);
  const all = [...made.flatMap((one) => one ?? []), ...(points ? [{ name: 'samples', png: await points }] : [])];
  return Promise.all(
    all.map(async ({ name, png }) => {
      const { width, height } = await sharp(png).metadata();
      return picture(name, png, width, height);
    }),
  );
}

/** Pixels of a side, and of a dot. */
const side = 384;
const dot = 2;

/** The first two dimensions of a trial's points: data in grey, samples in orange over them. */
function scatter({ samples }: ReportTrial): Promise<Buffer> | undefined {
  if (samples === undefined) return undefined;
  const { places: real, coordinates } = coordinatesOf(samples, 'real');
  const { places: generated } = coordinatesOf(samples, 'generated');
  const [xs, ys = new Float64Array(xs?.length ?? 0)] = coordinates;
  if (xs === undefined || real.length === 0) return undefined;
  const pixels = new Uint8Array(3 * side * side).fill(255);
  const [across, down] = [placing(xs, real), placing(ys, real)];
  const draw = (places: readonly number[], colour: readonly number[]) => {
    for (const at of places) {
      const [left, top] = [across(xs[at] as number), side - dot - down(ys[at] as number)];
      if (!(left >= 0 && left <= side - dot && top >= 0 && top <= side - dot)) continue;
      for (let y = 0; y < dot; y++)
        for (let x = 0; x < dot; x++) pixels.set(colour, 3 * ((Math.floor(top) + y) * side + Math.floor(left) + x));
    }
  };
  draw(real, [180, 180, 180]);
  draw(generated, [213, 94, 0]);
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}

/** Where coordinates lie on a side that holds the data with a fifth of room about them. */
function placing(values: Float64Array, places: readonly number[]): (value: number) => number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const at of places) {
    low = Math.min(low, values[at] as number);
    high = Math.max(high, values[at] as number);
  }
  const width = Math.max(high - low, 1e-9) * 1.4;
  return (value) => ((value - (low + high) / 2) / width + 0.5) * side;
}
