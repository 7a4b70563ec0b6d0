/** Serves the live page on this machine alone: its document, its script, what it shows. It writes nothing. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messageOf } from '../../base/one-line.ts';
import { UsageError } from '../../base/usage-error.ts';
import { errorCode } from '../../disk/files.ts';
import { documentText } from '../page/document.ts';
import { pageScript } from '../page/script.ts';
import { pageStyle } from '../page/style.ts';
import type { Source } from '../source.ts';
import { sendChanges } from './changes.ts';
import { admit, headers, newToken } from './guard.ts';

export interface LiveServer {
  /** The page's address, with its token. */
  readonly address: string;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly source: Source;
  /** 0 for a free one. */
  readonly port?: number;
  readonly token?: string;
}

/** Throws UsageError where the port is taken or not to be had. */
export async function startServer({ source, port = 0, token = newToken() }: ServerOptions): Promise<LiveServer> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error) => fail(response, error));
  });
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { port: own } = server.address() as AddressInfo; // it listens
    const admission = admit(request, token, own);
    if ('refused' in admission) return reply(response, admission.refused, 'text/plain', 'Not here.\n');
    await route(admission.path, response, source);
  };
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    throw new UsageError(`--port: cannot listen on port ${port} (${errorCode(error)})`);
  }
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${token}/`,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function route(path: string, response: ServerResponse, source: Source): Promise<void> {
  const [, what = '', experiment = '', id = ''] = path.split('/');
  switch (what) {
    case '':
      return reply(response, 200, 'text/html; charset=utf-8', documentText());
    case 'page.js':
      return reply(response, 200, 'text/javascript; charset=utf-8', pageScript());
    case 'page.css':
      return reply(response, 200, 'text/css; charset=utf-8', pageStyle());
    case 'experiments':
      return json(response, await source.experiments());
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
    default:
      return missing(response);
  }
}

const json = (response: ServerResponse, value: unknown): void =>
  reply(response, 200, 'application/json; charset=utf-8', JSON.stringify(value));

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
