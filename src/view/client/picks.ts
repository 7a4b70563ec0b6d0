/** What is compared, as the address lists it: `with=ring8/gan`, a method's trials by their label, or `with=ring8/gan-s0-01234567`, a trial. */
import { address, linkToPage, pages } from './address.ts';

export interface Pick {
  readonly experiment: string;
  /** Of a group or of a trial. */
  readonly name: string;
}

export const pickText = ({ experiment, name }: Pick): string => `${experiment}/${name}`;

/** Those of the address, each once. */
export function picksIn(options: URLSearchParams): Pick[] {
  return [...new Set(options.getAll('with'))].flatMap((text) => {
    const at = text.indexOf('/');
    return at > 0 ? [{ experiment: text.slice(0, at), name: text.slice(at + 1) }] : [];
  });
}

export const linkToCompare = (picks: readonly string[]): string =>
  `${linkToPage('compare')}${picks.length === 0 ? '' : `?${new URLSearchParams(picks.map((pick) => ['with', pick]))}`}`;

/** With others than before, as a step of its own in the browser's history. */
export function pick(picks: readonly Pick[]): void {
  if (address.value.experiment === pages.compare) location.hash = linkToCompare(picks.map(pickText));
}
