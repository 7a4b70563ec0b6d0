/** Keeps what is shown in the address, behind its `#`: a link is what somebody looks at. */
import { effect, signal } from '@preact/signals';

export interface Address {
  /** '' for the list of experiments. */
  readonly experiment: string;
  /** '' for the wall. */
  readonly trial: string;
  readonly options: URLSearchParams;
}

export const address = signal<Address>(read());

/** `#/grid25/gan-s0-01234567?seeds=8` */
function read(): Address {
  const [path = '', query = ''] = location.hash.slice(1).split('?', 2);
  const [, experiment = '', trial = ''] = path.split('/').map(decoded);
  return { experiment, trial, options: new URLSearchParams(query) };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Whether this server lets anybody play: one of a run leaves the machine to it. */
export const plays = document.documentElement.dataset.plays !== undefined;

/** Pages that are of no experiment: no experiment's name begins so. */
export const pages = { play: '~play', lessons: '~lessons', compare: '~compare' } as const;

export const isOwnPage = (experiment: string): boolean => experiment.startsWith('~');

/** The address of a page of its own, with these options alone. */
export function linkToPage(page: keyof typeof pages, options: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams(options).toString();
  return `#/${pages[page]}${query === '' ? '' : `?${query}`}`;
}

/** Whether the address hides this part of a page: `hide=curves,settings`. */
export const isHidden = (part: string): boolean => option('hide', '').split(',').includes(part);

/** The address of a wall or of a trial, its options left as they are. */
export function linkTo(experiment: string, trial = ''): string {
  const isOther = isOwnPage(address.value.experiment) && address.value.experiment !== experiment;
  const query = isOther ? '' : address.value.options.toString();
  const path = [experiment, trial].filter((part) => part !== '').map(encodeURIComponent);
  return `#/${path.join('/')}${query === '' ? '' : `?${query}`}`;
}

/** What an option of the address says; `usual` where it says nothing. */
export const option = (name: string, usual: string): string => address.value.options.get(name) ?? usual;

/** Puts an option into the address, or takes it out where it is as usual. No step back in the browser's history. */
export function setOption(name: string, value: string, usual: string): void {
  const { experiment, trial } = address.value;
  const options = new URLSearchParams(address.value.options);
  if (value === usual) options.delete(name);
  else options.set(name, value);
  address.value = { experiment, trial, options };
  history.replaceState(null, '', linkTo(experiment, trial));
}

export function followAddress(): void {
  addEventListener('hashchange', () => {
    address.value = read();
  });
  effect(() => {
    const { experiment, trial } = address.value;
    document.title = [trial, experiment.replace('~', ''), 'modebench'].filter((part) => part !== '').join(' · ');
  });
}
