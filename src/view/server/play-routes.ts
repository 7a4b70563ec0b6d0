/** Answers the page that plays: what there is to play, openings and orders, and what is seen, as server-sent events. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { parseJson } from '../../disk/parse-json.ts';
import type { PlayedFrame, Report } from '../play/messages.ts';
import { playables } from '../play/subject.ts';
import type { PlayTable } from '../play/table.ts';
import { headers } from './guard.ts';

/** Bytes of an order. */
const largest = 64 * 1024;

/** An answer that is JSON, or the stream that was begun; `undefined` where there is no such thing. */
export async function playRoute(
  id: string,
  request: IncomingMessage,
  response: ServerResponse,
  table: PlayTable,
): Promise<{ readonly status: number; readonly value: unknown } | 'streaming' | undefined> {
  if (request.method === 'GET') {
    if (id === '') return { status: 200, value: await playables() };
    return sendPlayed(response, table, id) ? 'streaming' : undefined;
  }
  try {
    const given = await bodyOf(request);
    if (id === '') return { status: 200, value: { id: await table.open(given) } };
    return table.order(id, given) ? { status: 200, value: {} } : undefined;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return { status: 400, value: { message: error.message } };
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += part.length;
    if (size > largest) throw new UsageError(`expected at most ${largest} bytes`);
    parts.push(part);
  }
  try {
    return parseJson(Buffer.concat(parts).toString('utf8'));
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

/** A page that reads slowly is sent fewer frames: the newest waits until it has read the one before. */
function sendPlayed(response: ServerResponse, table: PlayTable, id: string): boolean {
  let held: PlayedFrame | undefined;
  let isBegun = false;
  const write = (report: Report) => response.write(`event: ${report.kind}\ndata: ${JSON.stringify(report)}\n\n`);
  const early: Report[] = [];
  const listener = (report: Report) => {
    if (!isBegun) early.push(report);
    else if (report.kind === 'frame' && response.writableNeedDrain) held = report;
    else write(report);
    if (isBegun && report.kind === 'ended') response.end();
  };
  const stop = table.listen(id, listener);
  if (stop === undefined) return false;
  response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
  isBegun = true;
  early.forEach(write);
  if (early.some(({ kind }) => kind === 'ended')) response.end();
  response.on('drain', () => {
    if (held) write(held);
    held = undefined;
  });
  response.on('close', stop);
  return true;
}
