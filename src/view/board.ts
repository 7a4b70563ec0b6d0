/**
 * Holds what is known of an experiment's trials and makes its wall of it. Most changes are of a trial's own figures: then
 * rows alone are made again. Whoever watches hears of changes at most a share of the time.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { processorTime } from '../base/processor-time.ts';
import { type Clock, type Throttle, throttle } from '../disk/throttle.ts';
import type { ReportKinds } from '../report/kinds.ts';
import { curvesOf, type Shot, trialFilm } from './film.ts';
import { panelOf } from './panel.ts';
import type { Shown } from './source.ts';
import { isAtWork, type Seen, type Told, wallOf, withRows } from './summary.ts';
import type { Curve, Panel, Picture, TrialFilm, Wall } from './wire.ts';

/** On a full machine a moment's work takes seconds: a share is of processor time. */
const clock: Clock = {
  now: processorTime,
  rest: (milliseconds, signal) => sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {}),
};

/** Milliseconds by which pictures delay what a page is told next, at most. */
const mostRest = 3_000;

/** Panels that are kept. */
const mostPanels = 400;

/** The picture of a trial that is at work; `undefined` where it has files to be read. */
export type PictureOf = (id: string) => Promise<Picture> | undefined;

/** What was seen so far of a trial that is at work. */
export type ShotsOf = (id: string) => readonly Shot[];

export class Board implements Shown {
  readonly #pictureOf: PictureOf;
  readonly #shotsOf: ShotsOf | undefined;
  readonly #watchers = new Set<() => void>();
  readonly #telling: Throttle;
  /** By id and version. */
  readonly #panels = new Map<string, Promise<Panel>>();
  /** Milliseconds of processor time that panels of trials at work took since something was told last. */
  #spent = 0;
  #told: Told;
  #kinds: ReportKinds;
  #seen = new Map<string, Seen>();
  #wall: Wall | undefined;
  /** Rows that the wall has not yet. */
  #changed = new Set<string>();
  version = 0;

  /** @param share of the time that telling may take, between 0 and 1. */
  constructor(told: Told, kinds: ReportKinds, pictureOf: PictureOf, share: number, shotsOf?: ShotsOf) {
    this.#shotsOf = shotsOf;
    this.#told = told;
    this.#kinds = kinds;
    this.#pictureOf = pictureOf;
    this.#telling = throttle(
      async () => {
        for (const changed of this.#watchers) changed();
      },
      share,
      {
        now: clock.now,
        // Pages ask for pictures of what they are told: these count as telling.
        rest: (milliseconds, signal) => {
          const more = Math.min(mostRest, this.#spent * (1 / share - 1));
          this.#spent = 0;
          return clock.rest(milliseconds + more, signal);
        },
      },
    );
  }

  get isWatched(): boolean {
    return this.#watchers.size > 0;
  }

  /** Takes all that there is now. */
  replace(seen: readonly Seen[], told: Told, kinds: ReportKinds): void {
    this.#told = told;
    this.#kinds = kinds;
    this.#seen = new Map(seen.map((one) => [one.trial.record.id, one]));
    this.#wall = undefined;
    this.#tell();
  }

  /** Takes what is new of one trial. */
  put(one: Seen): void {
    const { id } = one.trial.record;
    const before = this.#seen.get(id);
    this.#seen.set(id, one);
    if (before && isAtWork(before) && isAtWork(one)) this.#changed.add(id);
    else this.#wall = undefined;
    this.#tell();
  }

  get(id: string): Seen | undefined {
    return this.#seen.get(id);
  }

  wall(): Wall {
    const old = this.#wall && withRows(this.#wall, [...this.#seen.values()], this.#changed, this.#kinds);
    this.#wall = old ?? wallOf(this.#told, [...this.#seen.values()], this.#kinds);
    this.#changed = new Set();
    return this.#wall;
  }

  async panel(id: string): Promise<Panel | undefined> {
    const seen = this.#seen.get(id);
    if (seen === undefined) return undefined;
    const key = `${id} ${seen.version}`;
    const known = this.#panels.get(key) ?? this.#made(seen);
    this.#panels.delete(key);
    this.#panels.set(key, known);
    const [oldest] = this.#panels.keys();
    if (this.#panels.size > mostPanels && oldest !== undefined) this.#panels.delete(oldest);
    return known;
  }

  async #made(seen: Seen): Promise<Panel> {
    const { columns } = this.#kinds;
    if (!isAtWork(seen)) return panelOf(seen, columns);
    const began = clock.now();
    const panel = await panelOf(seen, columns, this.#pictureOf(seen.trial.record.id));
    this.#spent += clock.now() - began;
    return panel;
  }

  async film(id: string): Promise<TrialFilm | undefined> {
    const seen = this.#seen.get(id);
    if (seen === undefined) return undefined;
    const film = await trialFilm(seen, this.#kinds.columns, isAtWork(seen) ? (this.#shotsOf?.(id) ?? []) : undefined);
    if (!isAtWork(seen) || film.frames.length > 0) return film;
    const picture = await this.#pictureOf(id);
    return picture ? { ...film, frames: [{ step: seen.step, picture }] } : film;
  }

  curves(id: string): readonly Curve[] | undefined {
    const seen = this.#seen.get(id);
    return seen && curvesOf(seen.trial, this.#kinds.columns);
  }

  watch(changed: () => void): () => void {
    this.#watchers.add(changed);
    return () => void this.#watchers.delete(changed);
  }

  /** Tells at once what is not told yet. */
  async tellNow(): Promise<void> {
    await this.#telling.stop();
    for (const changed of this.#watchers) changed();
  }

  #tell(): void {
    this.version++;
    this.#telling.request();
  }
}
