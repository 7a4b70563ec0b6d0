/** Maps items concurrently with results in order: decoding keeps every core busy and the bytes are the same. */

/** At most `width` at once; a result is awaited before the item `width` places behind it is begun. */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const underWay: Promise<Result>[] = [];
  try {
    for (const item of items) {
      underWay.push(work(item));
      const first = underWay.length >= width ? underWay.shift() : undefined;
      if (first) yield await first;
    }
    for (let first = underWay.shift(); first; first = underWay.shift()) yield await first;
  } finally {
    // Nobody waits for these any more; a failure among them must not end the process.
    await Promise.allSettled(underWay);
  }
}
