/** What a random search plans, beside its trials. */

export interface SearchRequest {
  /** Draws of each method, from the first on. */
  readonly draws: number;
  /** Of the draws. */
  readonly seed: number;
  /** `path=range`, each once: instead of what is declared. */
  readonly space: readonly string[];
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
