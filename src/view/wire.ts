/** Types of what the live page is sent, as JSON. Nothing else may stand here: the page's own code imports it. */

export type TrialState = 'done' | 'diverged' | 'failed' | 'running' | 'waiting';

export interface ExperimentLine {
  readonly name: string;
  readonly trials: number;
  readonly claim: string;
}

/** What a method kept of a board's modes. */
export interface BoardCell {
  /** Share of the modes kept, where that is known. */
  readonly kept: number | null;
  readonly text: string;
  /** Well captured, quality; '' for nothing. */
  readonly rest: string;
  readonly rank?: string;
  /** What the wall calls these trials. */
  readonly label: string;
}

/** Methods × experiments, of all that a store holds. */
export interface Leaderboard {
  readonly boards: readonly { readonly experiment: string; readonly title: string; readonly columns: string }[];
  readonly methods: readonly {
    readonly method: string;
    readonly colour: readonly [light: string, dark: string];
    readonly description?: string;
    /** Mean place over its boards, with its interval; absent where it stands in none with others. */
    readonly place?: string;
    /** In the order of the boards. */
    readonly cells: readonly (BoardCell | null)[];
  }[];
  /** How ranks come about. */
  readonly note: string;
}

/** A column of what is shown of every trial, and of the table over seeds. */
export interface WallColumn {
  readonly name: string;
  readonly title: string;
  readonly unit: 'count' | 'share' | 'number';
  readonly digits: number;
  readonly better?: 'more' | 'less';
  /** What can be reached: so many modes, a perfect sampler's share. */
  readonly most?: number;
}

/** The trials that differ in nothing but their seed. */
export interface WallGroup {
  readonly key: string;
  readonly label: string;
  readonly method: string;
  /** `#rrggbb`, on a light ground and on a dark one. */
  readonly colour: readonly [light: string, dark: string];
  readonly description?: string;
}

/** One seed of one group. */
export interface TrialRow {
  readonly id: string;
  /** The group's key. */
  readonly group: string;
  readonly seed: number;
  readonly state: TrialState;
  readonly step: number;
  /** Absent where nobody knows. */
  readonly steps?: number;
  readonly stepsPerSecond?: number;
  /** In the order of the wall's columns; null where one is not defined, or not measured yet. */
  readonly values: readonly (number | null)[];
  /** Why it failed or diverged. */
  readonly reason?: string;
  /** Changes whenever its picture does. */
  readonly version: string;
}

/** A metric over the seeds of a group that are done. */
export interface TableCell {
  readonly mean: number;
  readonly standardError: number | null;
  readonly min: number;
  readonly max: number;
  /** The interquartile mean's bootstrap interval. */
  readonly low: number;
  readonly high: number;
  /** Seeds that have a value, of so many that are done. */
  readonly seeds: number;
  readonly of: number;
}

export interface TableRow {
  readonly group: string;
  readonly done: number;
  /** Seeds that are planned or begun. */
  readonly seeds: number;
  readonly diverged: number;
  readonly failed: number;
  readonly cells: readonly (TableCell | null)[];
  /** P(a run of it is better than one of the leader) in the first column; absent for the leader and where there is none. */
  readonly improvement?: { readonly probability: number; readonly low: number; readonly high: number };
}

/** Where points lie that are close to the data's modes, and the colours of the classes that points are of. */
export interface WallTruth {
  readonly dim: number;
  /** How data of more than two dimensions are seen in a plane, a sentence; absent where they have no more. */
  readonly seen?: string;
  /** Row by row. */
  readonly centres: readonly number[];
  /** Radius within which a sample counts as good; with shapes of their own modes are drawn as rings of the mean one. */
  readonly radius: number;
  /** Radius within which a sample is on its way to a mode, and to no other. */
  readonly reach: number;
  readonly colours: readonly string[];
  readonly weights: readonly number[];
}

export interface Wall {
  readonly experiment: string;
  readonly claim: string;
  readonly groups: readonly WallGroup[];
  readonly columns: readonly WallColumn[];
  readonly trials: readonly TrialRow[];
  readonly table: readonly TableRow[];
  readonly leader?: string;
  readonly truth?: WallTruth;
  /** Files that could not be read, one line each. */
  readonly problems: readonly string[];
  /** What each diagnosis means. */
  readonly rules: Readonly<Record<string, string>>;
}

/** What changed of a wall whose groups and columns are as they were. */
export interface WallChange extends Pick<Wall, 'table' | 'problems' | 'leader'> {
  readonly changed: readonly TrialRow[];
  readonly gone: readonly string[];
}

/** Float32 or bytes, in base64, little-endian. */
export type Packed = string;

export interface PanelAxis {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

export interface Finding {
  readonly name: string;
  readonly step: number;
  readonly because: string;
}

/** The share of pictures that are of a class or have an attribute. */
export interface ModeShare {
  readonly mode: string;
  readonly real: number;
  readonly generated: number;
}

/** What is drawn of a trial at one step. */
export type Picture =
  | {
      /** Points over two coordinates: of the data, or of the latents where there is no generator. */
      readonly kind: 'plane';
      readonly axes: readonly [PanelAxis, PanelAxis];
      readonly real?: Packed;
      readonly generated?: Packed;
      /** Bytes, 0 where D is surest that a place is generated, 255 where it is surest that it is real; last axis fastest. */
      readonly map?: Packed;
      readonly mapWords?: string;
    }
  | {
      /** One-dimensional points. */
      readonly kind: 'line';
      readonly axes: readonly [PanelAxis];
      readonly real?: Packed;
      readonly generated?: Packed;
      readonly map?: Packed;
      readonly mapWords?: string;
    }
  | {
      readonly kind: 'sheet';
      /** Data URI of a picture of `columns × rows` samples. */
      readonly uri: string;
      readonly columns: number;
      readonly rows: number;
      /** By class or attribute, where a classifier judged the samples. */
      readonly shares?: readonly ModeShare[];
    }
  | { readonly kind: 'none'; readonly why: string };

export interface Panel {
  readonly id: string;
  readonly version: string;
  readonly step: number;
  readonly picture: Picture;
  readonly findings: readonly Finding[];
}

/** How a trial looked after a step. */
export interface FilmFrame {
  readonly step: number;
  /** Of the weights that were evaluated at the end, not of those that were trained last. */
  readonly isEnd?: true;
  readonly picture: Picture;
  /** D's logits on the picture's grid, float32. */
  readonly score?: Packed;
  /** z of the picture's samples, `[count, latentDim]`. */
  readonly latents?: Packed;
  /** G of a lattice of latents, the last axis fastest, and the latents. */
  readonly lattice?: Packed;
  readonly latticeLatents?: Packed;
  /** E of the picture's data, `[count, latentDim]`. */
  readonly codes?: Packed;
  /** Rows of x and its reconstruction. */
  readonly reconstructions?: Packed;
  /** D's slope along lines from x̂ to x, in the units that networks see: eleven places a line, x last. */
  readonly slopes?: Packed;
  /** Of the samples, by mode. */
  readonly modeShare?: readonly (number | null)[];
  /** D's logit at the mode's centre. */
  readonly modeScore?: readonly (number | null)[];
}

export interface Curve extends WallColumn {
  readonly steps: readonly number[];
  readonly values: readonly (number | null)[];
}

export interface TrialFilm {
  readonly id: string;
  /** Training steps that it takes. */
  readonly steps: number;
  readonly latentDim: number;
  /** Whether a moving average of the weights is what is evaluated: frames before the end show the weights themselves. */
  readonly isAveraged: boolean;
  readonly frames: readonly FilmFrame[];
  readonly curves: readonly Curve[];
  readonly findings: readonly Finding[];
}
