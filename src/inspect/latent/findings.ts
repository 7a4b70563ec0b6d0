/** The results of exploring a latent space: files and lines. Writing and printing them is left to the command line. */
export interface Findings {
  /** Contents by name. */
  readonly files: Readonly<Record<string, Uint8Array | string>>;
  /** Lines: what was done, and its figures. */
  readonly lines: readonly string[];
}

/** Is called with lines that are printed at once. */
export type Tell = (line: string) => void;
