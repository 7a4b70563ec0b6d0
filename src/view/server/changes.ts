/**
 * Sends a page what changes on a wall, as server-sent events. A page that reads slowly gets fewer events and misses nothing:
 * each tells what differs from the last one that was sent, and none is made while the one before waits to be read.
 */
import type { ServerResponse } from 'node:http';
import type { Shown } from '../source.ts';
import type { Wall, WallChange } from '../wire.ts';

/** Milliseconds between two signs of life, so that a page notices that the server is gone. */
const beat = 15_000;

export function sendChanges(response: ServerResponse, shown: Shown): void {
  let sent = remembered(shown.wall());
  let version = shown.version;
  write(response, 'wall', shown.wall());
  const send = () => {
    if (shown.version === version || response.writableNeedDrain) return;
    const wall = shown.wall();
    version = shown.version;
    const now = remembered(wall);
    if (now.structure === sent.structure) write(response, 'change', changeOf(wall, sent, now));
    else write(response, 'wall', wall);
    sent = now;
  };
  const stop = shown.watch(send);
  response.on('drain', send);
  const beating = setInterval(() => response.writableNeedDrain || response.write(': beat\n\n'), beat);
  beating.unref();
  response.on('close', () => {
    stop();
    clearInterval(beating);
  });
}

interface Remembered {
  /** All but rows and table, as JSON. */
  readonly structure: string;
  /** Rows as JSON, by id. */
  readonly rows: ReadonlyMap<string, string>;
}

function remembered({ trials, table: _, problems: __, leader: ___, ...rest }: Wall): Remembered {
  return { structure: JSON.stringify(rest), rows: new Map(trials.map((row) => [row.id, JSON.stringify(row)])) };
}

function changeOf({ trials, table, problems, leader }: Wall, before: Remembered, now: Remembered): WallChange {
  return {
    changed: trials.filter(({ id }) => before.rows.get(id) !== now.rows.get(id)),
    gone: [...before.rows.keys()].filter((id) => !now.rows.has(id)),
    ...{ table, problems },
    ...(leader !== undefined && { leader }),
  };
}

function write(response: ServerResponse, event: string, data: unknown): void {
  response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
}
