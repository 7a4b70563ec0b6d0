/** Holds the panels of the trials that were near the window, and reads them again as their trials go on. */
import { signal } from '@preact/signals';
import type { Panel } from '../wire.ts';
import { readPanel } from './server-link.ts';

/** By `keyOf`: what is known of a trial beside its row. */
export const panels = signal<ReadonlyMap<string, Panel>>(new Map());

/** Two stores may hold a trial of one id. */
export const keyOf = (experiment: string, id: string): string => `${experiment}/${id}`;

/** The newest version that is wanted of those that are being read. */
const wanted = new Map<string, string>();

/** Reads a panel unless it is there in this version; one read at a time, and the newest version last. */
export async function want(experiment: string, id: string, version: string): Promise<void> {
  const key = keyOf(experiment, id);
  const isReading = wanted.has(key);
  wanted.set(key, version);
  if (isReading) return;
  try {
    while (panels.peek().get(key)?.version !== wanted.get(key)) {
      const asked = wanted.get(key);
      const panel = await readPanel(experiment, id);
      panels.value = new Map(panels.peek()).set(key, panel);
      if (wanted.get(key) === asked) break; // the trial went on meanwhile, and its row will say so
    }
  } catch {
    // The row says what there is; its next version is asked for again.
  } finally {
    wanted.delete(key);
  }
}
