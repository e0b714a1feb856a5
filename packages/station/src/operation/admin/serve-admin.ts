/** The admin port: HTTP, for the machine itself. */
import { chmodSync, existsSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createConnection, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';
import { DimError, type JsonMap } from 'dimp';
import { parseJsonMap } from 'dimp/extend';
import { printable } from 'dimp/internal';
import type { Logger } from 'dimsdk';
import { isLocalHost } from '../../link/networks.ts';
import { refusalOf } from './guard.ts';
import { failureAnswer, type AdminAnswer, type Route } from './routes.ts';

/** Where it listens: an address and a port, or a Unix socket. */
export type AdminPlace = { readonly host: string; readonly port: number } | { readonly socket: string };

/** What is served, where, and to whom. */
export interface AdminOptions {
  readonly place: AdminPlace;
  readonly token: string;
  readonly routes: readonly Route[];
  readonly logger: Logger;
}

/** An admin port that is open. */
export interface AdminServer {
  /** `http://127.0.0.1:9395`, or `unix:` and a path. */
  readonly address: string;
  close(): Promise<void>;
}

const MAX_CONNECTIONS = 100;
const MAX_BODY_BYTES = 16 * 1024;
const HEADERS_MILLISECONDS = 5000;
const REQUEST_MILLISECONDS = 10_000;

/** @throws DimError `CONNECTION_FAILED` where it cannot listen */
export async function serveAdmin(options: AdminOptions): Promise<AdminServer> {
  const { place } = options;
  const isOpen = 'host' in place && !isLocalHost(place.host);
  const server = createServer(
    { headersTimeout: HEADERS_MILLISECONDS, requestTimeout: REQUEST_MILLISECONDS },
    (request, response) => void respond(request, response, { ...options, isOpen }),
  );
  server.maxConnections = MAX_CONNECTIONS;
  await listen(server, place);
  return { address: addressOf(server, place), close: async () => closeServer(server) };
}

interface Serving extends AdminOptions {
  readonly isOpen: boolean;
}

async function respond(request: IncomingMessage, response: ServerResponse, serving: Serving): Promise<void> {
  let answer: AdminAnswer;
  try {
    answer = await answerTo(request, serving);
  } catch (error) {
    answer = failureAnswer(error);
    if (answer.status === 500)
      serving.logger.error('admin request failed', { path: request.url, reason: String(error) });
  }
  const { status, body, contentType = 'application/json' } = answer;
  const text = typeof body === 'string' ? body : `${JSON.stringify(body)}\n`;
  const isHead = request.method === 'HEAD';
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
    // What was not read of a body must not be taken for the next request.
    ...(status >= 400 && { connection: 'close' }),
  });
  response.end(isHead ? undefined : text);
}

async function answerTo(request: IncomingMessage, serving: Serving): Promise<AdminAnswer> {
  const url = `http://station${request.url ?? '/'}`;
  if (!URL.canParse(url)) return { status: 400, body: { error: 'the path cannot be read' } };
  const { pathname, searchParams: query } = new URL(url);
  const there = serving.routes.filter(({ path }) => path === pathname);
  const refusal = refusalOf(
    request,
    there.some(({ isPublic }) => isPublic),
    serving,
  );
  if (refusal !== undefined) return { status: refusal.status, body: { error: refusal.error } };
  if (there.length === 0) return { status: 404, body: { error: 'there is nothing here' } };
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const route = there.find((candidate) => candidate.method === method);
  if (route === undefined) return { status: 405, body: { error: `must be ${there[0]?.method ?? 'GET'}` } };
  return route.answer({ query, body: method === 'POST' ? await readBody(request) : {} });
}

async function readBody(request: IncomingMessage): Promise<JsonMap> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > MAX_BODY_BYTES)
      throw new DimError('INPUT_LIMIT', `is longer than ${MAX_BODY_BYTES} bytes`, { path: 'body' });
    parts.push(part);
  }
  return parseJsonMap(Buffer.concat(parts).toString('utf8'));
}

/** More than that, the systems cut off, and make it somewhere else. */
const MAX_SOCKET_BYTES = 103;

async function listen(server: Server, place: AdminPlace): Promise<void> {
  if ('socket' in place) {
    if (Buffer.byteLength(place.socket) > MAX_SOCKET_BYTES)
      throw new DimError(
        'USAGE_ARGUMENT',
        `admin-socket must be a path of ${MAX_SOCKET_BYTES} bytes or less: ${printable(place.socket)} is longer`,
      );
    await removeDeadSocket(place.socket);
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenFailure(error, place)));
    server.listen('socket' in place ? { path: place.socket } : place, resolve);
  });
  if ('socket' in place) chmodSync(place.socket, 0o600);
}

/** One that a station has left behind that was killed. */
async function removeDeadSocket(path: string): Promise<void> {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSocket() !== true) return;
  const code = await new Promise<unknown>((resolve) => {
    const probe = createConnection({ path }, () => {
      probe.destroy();
      resolve(undefined);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  if (code === 'ECONNREFUSED') rmSync(path, { force: true });
}

function listenFailure(error: NodeJS.ErrnoException, place: AdminPlace): DimError {
  const [what, where] =
    'socket' in place
      ? ['admin-socket cannot be made', printable(place.socket)]
      : ['the admin port cannot listen', `${place.host} port ${place.port}`];
  return new DimError('CONNECTION_FAILED', `${what} at ${where}: ${whyOf(error, place)}`, { cause: error });
}

function whyOf({ code, message }: NodeJS.ErrnoException, place: AdminPlace): string {
  if ('socket' in place) {
    const folder = dirname(place.socket);
    // The system says EACCES of both.
    if (!existsSync(folder)) return `the folder ${printable(folder)} is not there`;
    if (code === 'EACCES' || code === 'EPERM') return `the folder ${printable(folder)} is not for this user to write`;
    if (code === 'EADDRINUSE' && lstatSync(place.socket, { throwIfNoEntry: false })?.isSocket() !== true)
      return 'there is a file of that name, which is no socket';
  }
  if (code === 'EADDRINUSE') return 'another program has it';
  if (code === 'EADDRNOTAVAIL') return 'this machine has no such address';
  return code ?? message;
}

function addressOf(server: Server, place: AdminPlace): string {
  if ('socket' in place) return `unix:${place.socket}`;
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
