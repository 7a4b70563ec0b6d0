/** The last few of what is dear to make, by name. */

interface Disposable {
  dispose(): Promise<void>;
}

export class Kept<Thing extends Disposable> {
  readonly #things = new Map<string, Promise<Thing>>();
  #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** For callers that use so many at once: what one of them uses is not to be disposed of by another. */
  atLeast(count: number): void {
    this.#most = Math.max(this.#most, count);
  }

  /** The thing of this name, made where there is none; who asks while it is being made gets the same one. */
  async get(name: string, make: () => Promise<Thing>): Promise<Thing> {
    const thing = this.#things.get(name) ?? make();
    this.#things.delete(name);
    this.#things.set(name, thing);
    const [oldest] = this.#things;
    if (this.#things.size > this.#most && oldest) {
      this.#things.delete(oldest[0]);
      await (await oldest[1]).dispose();
    }
    try {
      return await thing;
    } catch (error) {
      this.#things.delete(name);
      throw error;
    }
  }
}
