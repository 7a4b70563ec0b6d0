/** Holds the panels of the trials that were near the window, and reads them again as their trials go on. */
import { signal } from '@preact/signals';
import type { Panel } from '../wire.ts';
import { readPanel } from './server-link.ts';

/** By trial: what is known of it beside its row. */
export const panels = signal<ReadonlyMap<string, Panel>>(new Map());

/** The newest version that is wanted of those that are being read. */
const wanted = new Map<string, string>();

/** Reads a panel unless it is there in this version; one read at a time, and the newest version last. */
export async function want(experiment: string, id: string, version: string): Promise<void> {
  const isReading = wanted.has(id);
  wanted.set(id, version);
  if (isReading) return;
  try {
    while (panels.peek().get(id)?.version !== wanted.get(id)) {
      const asked = wanted.get(id);
      const panel = await readPanel(experiment, id);
      panels.value = new Map(panels.peek()).set(id, panel);
      if (wanted.get(id) === asked) break; // the trial went on meanwhile, and its row will say so
    }
  } catch {
    // The row says what there is; its next version is asked for again.
  } finally {
    wanted.delete(id);
  }
}
