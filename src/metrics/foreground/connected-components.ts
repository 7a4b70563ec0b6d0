/** Connected components of a binary picture: pixels that touch by a side or a corner (8 neighbours). */

/** What a labelling finds; its arrays are overwritten by the next call of the same labeller. */
export interface Components {
  readonly count: number;
  /** 1 … count in the order of each component's first pixel, row by row; 0 for the ground. `[height · width]` */
  readonly labels: Int32Array;
  /** Pixels of each label; of the ground, at 0, it says nothing. At least `[count + 1]`. */
  readonly areas: Int32Array;
}

/**
 * A labeller of `[height, width]` masks (row-major, anything but 0 is foreground), with its scratch space. Two passes with
 * union by the smaller label (Rosenfeld & Pfaltz 1966).
 */
export function componentLabeller(height: number, width: number): (mask: Uint8Array) => Components {
  const labels = new Int32Array(height * width);
  // of 8-neighbours at most every other pixel of every other row starts a label
  const most = Math.ceil(height / 2) * Math.ceil(width / 2) + 1;
  const parents = new Int32Array(most);
  const areas = new Int32Array(most);

  const rootOf = (label: number): number => {
    let root = label;
    while ((parents[root] as number) !== root) root = parents[root] as number;
    return root;
  };

  /** The label of both, when a pixel touches both; 0 is no label. */
  const joined = (a: number, b: number): number => {
    if (a === b || b === 0) return a;
    if (a === 0) return b;
    const rootA = rootOf(a);
    const rootB = rootOf(b);
    const root = Math.min(rootA, rootB);
    parents[Math.max(rootA, rootB)] = root;
    return root;
  };

  return (mask) => {
    let used = 0;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const at = y * width + x;
        if (mask[at] === 0) {
          labels[at] = 0;
          continue;
        }
        let label = x > 0 ? (labels[at - 1] as number) : 0;
        if (y > 0) {
          if (x > 0) label = joined(label, labels[at - width - 1] as number);
          label = joined(label, labels[at - width] as number);
          if (x + 1 < width) label = joined(label, labels[at - width + 1] as number);
        }
        if (label === 0) {
          label = ++used;
          parents[label] = label;
        }
        labels[at] = label;
      }
    // a root is the smallest label of its component, so it is renumbered before those that point at it
    let count = 0;
    for (let label = 1; label <= used; label++)
      parents[label] = parents[label] === label ? ++count : (parents[parents[label] as number] as number);
    areas.fill(0, 0, count + 1);
    for (let at = 0; at < labels.length; at++) {
      const label = labels[at] as number;
      if (label === 0) continue;
      const number = parents[label] as number;
      labels[at] = number;
      (areas[number] as number)++;
    }
    return { count, labels, areas };
  };
}
