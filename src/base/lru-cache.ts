/** LRU cache of expensive objects that are disposed of when they leave it. */

interface Disposable {
  dispose(): Promise<void>;
}

/** The package lru-cache neither waits for a disposal nor grows: what one trial uses must not be disposed of by another. */
export class LruCache<Value extends Disposable> {
  /** The least recently used first. */
  readonly #values = new Map<string, Promise<Value>>();
  #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** For callers that use so many values at once. */
  growTo(capacity: number): void {
    this.#capacity = Math.max(this.#capacity, capacity);
  }

  /** The value of this key, made where there is none; who asks while it is being made gets the same one. */
  async get(key: string, make: () => Promise<Value>): Promise<Value> {
    const value = this.#values.get(key) ?? make();
    this.#values.delete(key);
    this.#values.set(key, value);
    const [oldest] = this.#values;
    if (this.#values.size > this.#capacity && oldest) {
      this.#values.delete(oldest[0]);
      await (await oldest[1]).dispose();
    }
    try {
      return await value;
    } catch (error) {
      this.#values.delete(key);
      throw error;
    }
  }
}
