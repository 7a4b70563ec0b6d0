/** Serves the live page on this machine alone: its document, its script, what it shows. What is played is held in memory. It writes nothing. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { asTyped } from '../../base/command-words.ts';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { errorCode } from '../../disk/files.ts';
import { documentText } from '../page/document.ts';
import { pageScript } from '../page/script.ts';
import { pageStyle } from '../page/style.ts';
import type { PlayTable } from '../play/table.ts';
import type { Source } from '../source.ts';
import type { Leaderboard } from '../wire.ts';
import { sendChanges } from './changes.ts';
import { admit, headers, newToken } from './guard.ts';
import { playRoute } from './play-routes.ts';

export interface LiveServer {
  /** The page's address, with its token. */
  readonly address: string;
  /** @param patience milliseconds that pages which listen may take to ask for what they still need. */
  close(patience?: number): Promise<void>;
}

export interface ServerOptions {
  readonly source: Source;
  /** 0 for a free one. */
  readonly port?: number;
  readonly token?: string;
  /** What is played; absent where the machine is a run's. */
  readonly table?: PlayTable;
}

/** Milliseconds without a question after which a page has all that it needs. */
const quiet = 700;
/** Milliseconds that the end of a stream may take. */
const farewell = 400;

/** Throws UsageError where the port is taken or not to be had. */
export async function startServer({ source, port = 0, token = newToken(), table }: ServerOptions): Promise<LiveServer> {
  let asked = 0;
  /** Answers that go on as long as a page is open. */
  const streams = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => fail(response, error));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { port: own } = server.address() as AddressInfo; // it listens
    asked = performance.now();
    const admission = admit(request, token, own);
    if ('refused' in admission) return reply(response, admission.refused, 'text/plain', 'Not here.\n');
    if (request.method === 'GET' && /^\/(changes|play)\/./.test(admission.path)) {
      streams.add(response);
      response.on('close', () => streams.delete(response));
    }
    const [, what = '', id = ''] = admission.path.split('/');
    if (what !== 'play') return route(admission.path, response, source, table !== undefined);
    const played = table && (await playRoute(id, request, response, table));
    if (played === undefined) missing(response);
    else if (played !== 'streaming') json(response, played.value, played.status);
  };
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UsageError(`--port: cannot listen on port ${port} (${errorCode(error)})`);
  }
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    async close(patience = 0) {
      const began = performance.now();
      const isAsked = () => performance.now() - Math.max(asked, began) < quiet;
      while (streams.size > 0 && isAsked() && performance.now() - began < patience) await sleep(50);
      table?.close();
      server.close();
      for (const stream of streams) stream.end();
      // Who does not hear of it is cut off.
      for (let waited = 0; streams.size > 0 && waited < farewell; waited += 20) await sleep(20);
      server.closeAllConnections();
    },
  };
}

async function route(path: string, response: ServerResponse, source: Source, plays: boolean): Promise<void> {
  const [, what = '', experiment = '', id = ''] = path.split('/');
  switch (what) {
    case '':
      return reply(response, 200, 'text/html; charset=utf-8', documentText(plays));
    case 'page.js':
      return reply(response, 200, 'text/javascript; charset=utf-8', asTyped(await pageScript()));
    case 'page.css':
      return reply(response, 200, 'text/css; charset=utf-8', pageStyle());
    case 'experiments':
      return json(response, await source.experiments());
    case 'boards':
      return json(response, (await source.leaderboard?.()) ?? noBoards);
    case 'wall': {
      const shown = await source.open(experiment);
      return shown ? json(response, shown.wall()) : missing(response);
    }
    case 'changes': {
      const shown = await source.open(experiment);
      if (shown === undefined) return missing(response);
      response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream; charset=utf-8' });
      return sendChanges(response, shown);
    }
    case 'panel': {
      const panel = await (await source.open(experiment))?.panel(id);
      return panel ? json(response, panel) : missing(response);
    }
    case 'film': {
      const film = await (await source.open(experiment))?.film(id);
      return film ? json(response, film) : missing(response);
    }
    case 'curves': {
      const curves = (await source.open(experiment))?.curves(id);
      return curves ? json(response, curves) : missing(response);
    }
    default:
      return missing(response);
  }
}

const noBoards: Leaderboard = { boards: [], methods: [], note: '' };

const json = (response: ServerResponse, value: unknown, status = 200): void =>
  reply(response, status, 'application/json; charset=utf-8', JSON.stringify(value));

const missing = (response: ServerResponse): void => reply(response, 404, 'text/plain', 'Not here.\n');

function reply(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { ...headers, 'Content-Type': type });
  response.end(body);
}

/** A fault of ours ends an answer, and nothing else. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy();
  else reply(response, 500, 'text/plain; charset=utf-8', `${messageOf(error)}\n`);
}
