/** Mutual exclusion between asynchronous callers. */

/** Lets one piece of work run at a time, in the order in which they are asked for. One that throws holds nobody up. */
export class Mutex {
  #last: Promise<unknown> = Promise.resolve();

  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work);
    this.#last = mine.catch(() => {}); // its caller's fault, not that of who comes after
    return mine;
  }
}
