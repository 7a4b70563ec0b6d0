/**
 * Runs work on items as they come, a few at once. Why not p-limit: it knows no items, so that leaving out what waits already and
 * dropping what waits would be built around it.
 */

export interface Bounded<T> {
  /** Takes an item; one that waits or is at work already is left alone. */
  add(item: T): void;
  /** Drops what waits, and ends when what is at work has ended. */
  stop(): Promise<void>;
}

/** @param work must not throw. @param most items at work at once. */
export function bounded<T>(most: number, work: (item: T) => Promise<void>): Bounded<T> {
  const waiting = new Set<T>();
  const atWork = new Map<T, Promise<void>>();
  const next = () => {
    for (const item of waiting) {
      if (atWork.size >= most) return;
      waiting.delete(item);
      const working = work(item).finally(() => {
        atWork.delete(item);
        next();
      });
      atWork.set(item, working);
    }
  };
  return {
    add: (item) => {
      if (atWork.has(item)) return;
      waiting.add(item);
      next();
    },
    stop: async () => {
      waiting.clear();
      await Promise.all(atWork.values());
    },
  };
}
