/** What the admin port answers. */
import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { DimError, isDimError, type Dim, type ID, type JsonMap } from 'dimp';
import { textOf } from 'dimp/extend';
import { printable } from 'dimp/internal';
import type { Metrics } from '../metrics/metrics.ts';
import type { Blocking, RunningStation } from '../running-station.ts';
import { healthOf, type StationState } from './health.ts';

/** What is administered. */
export interface AdminSubject {
  readonly dim: Dim;
  readonly id: ID;
  readonly version: string;
  /** Seconds since 1970. */
  readonly startedAt: number;
  readonly state: StationState;
  readonly metrics: Metrics;
}

/** What was asked. */
export interface AdminRequest {
  readonly query: URLSearchParams;
  /** That of a GET is empty. */
  readonly body: JsonMap;
}

/** What is answered: JSON, or a text of a type of its own. */
export interface AdminAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly contentType?: string;
}

/** One thing that can be asked. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Whether it is for those without a token, too. */
  readonly isPublic: boolean;
  answer(request: AdminRequest): Promise<AdminAnswer>;
}

const DEFAULT_ROWS = 100;
const MAX_ROWS = 10_000;

/** All that can be asked. */
export function adminRoutes(subject: AdminSubject): readonly Route[] {
  const { dim, state, metrics } = subject;
  const health = async (): Promise<AdminAnswer> => {
    const { status } = await healthOf(state);
    return { status: status === 'ok' ? 200 : 503, body: { status } };
  };
  const text = async (): Promise<AdminAnswer> => {
    const { counts } = await healthOf(state);
    return { status: 200, body: await metrics.text(counts), contentType: metrics.contentType };
  };
  return [
    { method: 'GET', path: '/health', isPublic: true, answer: health },
    { method: 'GET', path: '/metrics', isPublic: true, answer: text },
    get('/status', async () => statusOf(subject)),
    get('/users', async ({ query }) => ({ users: await runningOf(state).users(rowsOf(query)) })),
    get('/sessions', async ({ query }) => ({ sessions: await runningOf(state).sessions(rowsOf(query)) })),
    get('/queues', async ({ query }) => ({ queues: await runningOf(state).queues(rowsOf(query)) })),
    get('/blocked', async ({ query }) => ({ blocked: blockingOf(state).list(rowsOf(query)) })),
    post('/block', async ({ body }) => ({ changed: await blockingOf(state).block(userOf(dim, body)) })),
    post('/unblock', async ({ body }) => ({ changed: await blockingOf(state).unblock(userOf(dim, body)) })),
    post('/backup', async ({ body }) => ({ file: await backup(runningOf(state), textOf(body, 'file')) })),
  ];
}

type Ask = (request: AdminRequest) => Promise<object>;

function get(path: string, ask: Ask): Route {
  return {
    method: 'GET',
    path,
    isPublic: false,
    answer: async (request) => ({ status: 200, body: await ask(request) }),
  };
}

function post(path: string, ask: Ask): Route {
  return { ...get(path, ask), method: 'POST' };
}

async function statusOf({ id, version, startedAt, state }: AdminSubject): Promise<object> {
  const { status, counts } = await healthOf(state);
  const { station } = state;
  const addresses = station?.addresses ?? [];
  const neighbors = station?.neighbors() ?? [];
  return { status, id: id.toString(), version, startedAt, addresses, neighbors, ...counts };
}

function runningOf({ station }: StationState): RunningStation {
  if (station === undefined) throw new DimError('CONNECTION_FAILED', 'the station is still starting');
  return station;
}

function blockingOf(state: StationState): Blocking {
  return runningOf(state).blocking;
}

function rowsOf(query: URLSearchParams): number {
  const given = query.get('limit');
  if (given === null) return DEFAULT_ROWS;
  const limit = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > MAX_ROWS)
    throw new DimError('INPUT_RANGE', `must be a whole number from 1 to ${MAX_ROWS}`, { path: 'limit' });
  return limit;
}

function userOf(dim: Dim, body: JsonMap): ID {
  const given = textOf(body, 'id');
  const id = dim.ID.tryParse(given);
  if (id === undefined)
    throw new DimError('INPUT_FORMAT', `must be an ID as \`users\` shows it, not "${printable(given, MAX_SHOWN)}"`, {
      path: 'id',
    });
  if (!id.isUser || id.isBroadcast) throw new DimError('INPUT_CONFLICT', 'must be that of a user', { path: 'id' });
  return id.entity;
}

const MAX_SHOWN = 60;

async function backup(station: RunningStation, path: string): Promise<string> {
  if (!isAbsolute(path)) throw new DimError('INPUT_FORMAT', 'must be an absolute path', { path: 'file' });
  // Whoever asks is told what is wrong; that nothing is overwritten, the store sees to.
  if (existsSync(path)) throw new DimError('INPUT_CONFLICT', `${printable(path)} is there already`, { path: 'file' });
  await station.backup(path);
  return path;
}

/** What went wrong, as an answer. */
export function failureAnswer(error: unknown): AdminAnswer {
  if (!isDimError(error)) return { status: 500, body: { error: 'the station has failed: its log says more' } };
  const status = error.code === 'CONNECTION_FAILED' ? 503 : /^(INPUT|UNSUPPORTED)_/.test(error.code) ? 400 : 500;
  const place = error.path === '' ? '' : `${error.path} `;
  return { status, body: { error: `${place}${error.reason}` } };
}
