/**
 * Finds the name that a mistyped word was probably meant to be. Edit distances count a swap of neighbours as one slip,
 * which fastest-levenshtein counts as two.
 */

/**
 * The candidate with the smallest edit distance to `word`, the first of several; `undefined` where none is near enough
 * to be a slip (more than `share` of the longer word's letters, but one at least, would have to change).
 */
export function nearestName(word: string, candidates: Iterable<string>, share = 1 / 3): string | undefined {
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  const typed = word.toLowerCase();
  for (const candidate of candidates) {
    const name = candidate.toLowerCase();
    const allowed = Math.max(1, Math.floor(Math.max(typed.length, name.length) * share));
    // A distance is a table of both lengths, and is never less than their difference.
    if (Math.abs(typed.length - name.length) > allowed) continue;
    const distance = editDistance(typed, name);
    if (distance <= allowed && distance < least) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** `; did you mean 'x'?`, or nothing where no candidate is near: the tail of an error message. */
export function didYouMean(word: string, candidates: Iterable<string>, share?: number): string {
  const nearest = nearestName(word, candidates, share);
  return nearest === undefined ? '' : `; did you mean '${nearest}'?`;
}

/** Insertions, deletions, substitutions and swaps of neighbours that lead from `a` to `b` (Damerau, restricted). */
export function editDistance(a: string, b: string): number {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => table[i * width + j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        table[i * width + j] = i + j;
        continue;
      }
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
      table[i * width + j] = cost;
    }
  }
  return at(a.length, b.length);
}
