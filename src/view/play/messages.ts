/** Defines what page, server and worker process tell each other about what is played. Nothing else may stand here: the page imports it. */
import type { FilmFrame, WallGroup, WallTruth } from '../wire.ts';
import type { Turn } from './course.ts';

/** Page → worker. */
export type Order =
  /** @property steps absent: until it is told to pause. @property rate steps a second; absent: as fast as it can. */
  | { readonly kind: 'run'; readonly turn: Turn; readonly steps?: number; readonly rate?: number }
  | { readonly kind: 'pause' }
  | { readonly kind: 'set'; readonly path: string; readonly text: string };

/** What a page asks to be played: texts of `course.ts`. */
export interface Opening {
  readonly variant: string;
  readonly seed: number;
  /** Modes of drawn data in place of the experiment's. */
  readonly data?: string;
}

/** A setting that can be changed. */
export interface Setting {
  readonly path: string;
  readonly value: string;
  /** Where it is one of these. */
  readonly choices?: readonly string[];
  /** Whether it can be changed before the first step alone. */
  readonly isFixed: boolean;
}

/** What is played, as it stands. */
export interface Played {
  readonly kind: 'played';
  readonly group: WallGroup;
  readonly truth?: WallTruth;
  readonly latentDim: number;
  readonly settings: readonly Setting[];
  /** An experiment's file in these settings. */
  readonly file: { readonly name: string; readonly text: string };
}

export interface PlayedFrame {
  readonly kind: 'frame';
  readonly frame: FilmFrame;
  /** All that was done so far, as `course.ts` writes it, without what is played. */
  readonly course: string;
  readonly isRunning: boolean;
  readonly stepsPerSecond: number;
  /** Of the last step, and of the frame's samples; null where one is not defined. */
  readonly values: Readonly<Record<string, number | null>>;
}

/** Worker → page. */
export type Report =
  | Played
  | PlayedFrame
  /** One line: an order that was refused, or why nothing goes on. */
  | { readonly kind: 'refused'; readonly message: string }
  /** One line: what happened to the networks. */
  | { readonly kind: 'notice'; readonly message: string }
  /** It is over: the process is gone. */
  | { readonly kind: 'ended'; readonly message: string };

/** An experiment that can be played. */
export interface Playable {
  readonly experiment: string;
  readonly methods: readonly string[];
  readonly presets: readonly string[];
  /** The preset that it is begun with. */
  readonly usual: string;
}
