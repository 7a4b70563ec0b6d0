/**
 * Trials of one process that do some of their work together: who is still there, and gates at which they wait for each
 * other. Knows nothing of the work, and imports nothing: a worker process makes it before it loads a trial's code.
 */

/** A trial's place in its company. */
export interface Berth {
  readonly company: Company;
  /** From 0 on. */
  readonly place: number;
}

export interface Gate<Brought, Taken> {
  /** Waits until all members that are still there have come, then has all of their work done at once. */
  pass(place: number, brought: Brought): Promise<Taken>;
}

/** What is done with everything that was brought, by place; what each of them takes. A fault of it is everybody's. */
export type Work<Brought, Taken> = (brought: ReadonlyMap<number, Brought>) => Promise<ReadonlyMap<number, Taken>>;

interface Waiting<Brought, Taken> {
  readonly brought: Brought;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
}

export class Company {
  readonly places: readonly number[];
  readonly #present: Set<number>;
  readonly #gates: (() => void)[] = [];

  constructor(size: number) {
    this.places = Array.from({ length: size }, (_, place) => place);
    this.#present = new Set(this.places);
  }

  /** For good, be it that the trial is done, diverged, stopped or failed: nobody waits for it any more. */
  leave(place: number): void {
    this.#present.delete(place);
    for (const open of this.#gates) open();
  }

  gate<Brought, Taken>(members: readonly number[], work: Work<Brought, Taken>): Gate<Brought, Taken> {
    const waiting = new Map<number, Waiting<Brought, Taken>>();
    const openIfAllAreHere = () => {
      if (waiting.size === 0 || members.some((place) => this.#present.has(place) && !waiting.has(place))) return;
      const here = new Map(waiting);
      waiting.clear();
      void serve(here, work);
    };
    this.#gates.push(openIfAllAreHere);
    return {
      pass: (place, brought) =>
        new Promise((resolve, reject) => {
          waiting.set(place, { brought, resolve, reject });
          openIfAllAreHere();
        }),
    };
  }
}

async function serve<Brought, Taken>(
  here: ReadonlyMap<number, Waiting<Brought, Taken>>,
  work: Work<Brought, Taken>,
): Promise<void> {
  try {
    const taken = await work(new Map([...here].map(([place, { brought }]) => [place, brought])));
    for (const [place, { resolve, reject }] of here) {
      if (taken.has(place))
        resolve(taken.get(place) as Taken); // it is there, be it undefined
      else reject(new Error(`internal: nothing was done for place ${place}`));
    }
  } catch (error) {
    for (const { reject } of here.values()) reject(error);
  }
}
