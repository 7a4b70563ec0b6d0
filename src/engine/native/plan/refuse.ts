/** What planning has no rule for. */
import { NotCovered } from '../../engine.ts';

/** @throws NotCovered that names it. */
export function refuse(what: string): never {
  throw new NotCovered('native', what);
}
