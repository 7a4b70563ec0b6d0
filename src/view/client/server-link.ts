/** Listens to the server: the wall of the experiment that is shown, as it changes, and panels when they are asked for. */
import { effect, signal } from '@preact/signals';
import type { ExperimentLine, Panel, TrialFilm, TrialRow, Wall, WallChange } from '../wire.ts';
import { address, isOwnPage } from './address.ts';

export type LinkState = 'waiting' | 'open' | 'lost' | 'missing';

export const linkState = signal<LinkState>('waiting');
export const wall = signal<Wall | undefined>(undefined);
export const experiments = signal<readonly ExperimentLine[] | undefined>(undefined);

/** Follows the address for ever: one stream at a time. */
export function listen(): void {
  let name: string | undefined;
  let stream: EventSource | undefined;
  effect(() => {
    const { experiment } = address.value;
    if (experiment === name) return;
    name = experiment;
    stream?.close();
    wall.value = undefined;
    linkState.value = 'waiting';
    if (experiment === '') void readExperiments();
    else if (isOwnPage(experiment)) linkState.value = 'open';
    else stream = open(experiment);
  });
}

export async function readExperiments(): Promise<void> {
  try {
    experiments.value = await answer<readonly ExperimentLine[]>('experiments');
    linkState.value = 'open';
  } catch {
    linkState.value = 'lost';
  }
}

function open(experiment: string): EventSource {
  const stream = new EventSource(`changes/${encodeURIComponent(experiment)}`);
  stream.addEventListener('wall', ({ data }) => {
    linkState.value = 'open';
    wall.value = JSON.parse(data);
  });
  stream.addEventListener('change', ({ data }) => {
    if (wall.value) wall.value = changed(wall.value, JSON.parse(data));
  });
  stream.addEventListener('error', () => {
    // Where it is closed the server gave an answer that is no stream: there is no such experiment.
    const isClosed = stream.readyState === EventSource.CLOSED;
    linkState.value = isClosed && wall.value === undefined ? 'missing' : 'lost';
  });
  return stream;
}

function changed(old: Wall, { changed, gone, table, problems, leader }: WallChange): Wall {
  const news = new Map<string, TrialRow>(changed.map((row) => [row.id, row]));
  const left = old.trials.filter(({ id }) => !gone.includes(id));
  const known = new Set(left.map(({ id }) => id));
  const { leader: _, ...rest } = old;
  return {
    ...rest,
    trials: [...left.map((row) => news.get(row.id) ?? row), ...changed.filter(({ id }) => !known.has(id))],
    ...{ table, problems },
    ...(leader !== undefined && { leader }),
  };
}

/** Panels that are asked for at once: a wall has many, and what is at work needs the machine. */
const atOnce = 4;
let asking = 0;
const queue: (() => void)[] = [];

export async function readPanel(experiment: string, id: string): Promise<Panel> {
  if (asking >= atOnce) await new Promise<void>((resolve) => queue.push(resolve));
  asking++;
  try {
    return await answer<Panel>(`panel/${encodeURIComponent(experiment)}/${encodeURIComponent(id)}`);
  } finally {
    asking--;
    queue.shift()?.();
  }
}

export const readFilm = (experiment: string, id: string): Promise<TrialFilm> =>
  answer(`film/${encodeURIComponent(experiment)}/${encodeURIComponent(id)}`);

export async function answer<T>(path: string): Promise<T> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** Throws an error of one line where it is refused. */
export async function post<T>(path: string, value: unknown): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  });
  if (response.ok) return response.json();
  const refusal: { readonly message?: string } = response.status === 400 ? await response.json() : {};
  throw new Error(refusal.message ?? `the server says ${response.status}`);
}
