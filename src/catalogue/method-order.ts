/** The order of methods in files and tables: the project's as they are listed, then an experiment's own by their names. */
import { methods } from '../methods/methods.ts';

const places = new Map<string, number>(methods.map(({ name }, place) => [name, place]));

/** Negative where `a` stands before `b`. */
export function compareMethods(a: string, b: string): number {
  const [one, other] = [places.get(a) ?? places.size, places.get(b) ?? places.size];
  return one - other || (a < b ? -1 : a > b ? 1 : 0);
}
