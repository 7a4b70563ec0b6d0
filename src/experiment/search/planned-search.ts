/** What a random search plans, beside its trials. */

export interface SearchRequest {
  /** Draws of each method, from the first on. */
  readonly draws: number;
  /** Of the draws. */
  readonly seed: number;
  /** `path=range`, each once: instead of what is declared. */
  readonly space: readonly string[];
  /** Successive halving's next rung; absent: every draw trains to the end. */
  readonly rung?: Rung;
}

/** A part of a search by successive halving: all draws for a few steps, the better half of them for more, and so on. */
export interface Rung {
  /** Steps after which draws are compared, of this rung and of the later ones, ascending; none: they train to the end. */
  readonly stops: readonly number[];
  /** The draws of each method that take part; absent: all of them. */
  readonly draws?: ReadonlyMap<string, ReadonlySet<number>>;
}

/** What tells one search of an experiment from another; more draws, seeds and methods are of the same. */
export interface SearchIdentity {
  readonly preset: string;
  /** `path=value`, as typed. */
  readonly set: readonly string[];
  /** `path=range`, as typed. */
  readonly space: readonly string[];
  readonly seed: number;
}

export interface PlannedSearch extends SearchIdentity {
  /** The experiment that is searched. */
  readonly of: string;
  /** The column that orders draws before all others, where the experiment names one. */
  readonly by?: string;
  readonly seeds: readonly number[];
  /** Steps of a draw that trains to the end, where all draws of all methods have as many. */
  readonly steps?: number;
  /** Of successive halving: steps at which this rung and the later ones end before that. */
  readonly stops?: readonly number[];
  readonly methods: readonly SearchedMethod[];
}

export interface SearchedMethod {
  readonly method: string;
  /** Ranges by path, as `--search-space` takes them. */
  readonly space: Readonly<Record<string, string>>;
  /** SHA-256 of its spec as it is before anything is drawn, and of the space: draws of another one are of another search. */
  readonly base: string;
  readonly draws: readonly Draw[];
}

export interface Draw {
  /** From 0; with the search's seed and the method it decides the settings. */
  readonly draw: number;
  /** What was drawn, by path, as `--set` takes it. */
  readonly settings: Readonly<Record<string, string>>;
  /** The hash of its trial for each seed. */
  readonly hashes: readonly string[];
}
