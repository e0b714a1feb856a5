/** Asks a station that runs on this machine. */
import { request } from 'node:http';
import { DimError, type JsonMap } from 'dimp';
import { optionalTextOf, parseJsonMap } from 'dimp/extend';
import { printable } from 'dimp/internal';
import { hostInUrl } from '../identity/station-visa.ts';
import type { AdminPlace } from './serve-admin.ts';

/** Whom to ask. */
export interface AdminClientOptions {
  readonly place: AdminPlace;
  readonly token: string;
  /** What says where that is, for whoever has to change it. */
  readonly placeFrom?: string | undefined;
}

/** A backup of a large store takes its time. */
const TIMEOUT_MILLISECONDS = 10 * 60 * 1000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/**
 * @param body makes it a POST
 * @throws DimError `CONNECTION_FAILED` where no station answers, or another one; `INPUT_FORMAT` for what it refuses, in its words;
 * `STORE_FAILED` for what it could not do
 */
export async function askStation(options: AdminClientOptions, path: string, body?: JsonMap): Promise<JsonMap> {
  const { status, text } = await send(options, path, body);
  if (status === 200) return parseJsonMap(text);
  const error = printable(errorOf(text));
  if (status === 401 || status === 403)
    throw new DimError(
      'CONNECTION_FAILED',
      `the program at ${placeText(options.place)} does not take the token in this data folder: is it another station?`,
    );
  if (status === 503) throw new DimError('CONNECTION_FAILED', error);
  throw new DimError(status < 500 ? 'INPUT_FORMAT' : 'STORE_FAILED', error);
}

function errorOf(text: string): string {
  try {
    return optionalTextOf(parseJsonMap(text), 'error') ?? 'no reason given';
  } catch {
    return 'the answer is none of a station';
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

async function send(
  { place, token, placeFrom = '' }: AdminClientOptions,
  path: string,
  body: JsonMap | undefined,
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const fail = (cause: Error) =>
      reject(
        new DimError(
          'CONNECTION_FAILED',
          `no station answers at ${placeText(place)}: is it running there? ${placeFrom}`.trimEnd(),
          { cause },
        ),
      );
    const outgoing = request(
      {
        ...('socket' in place ? { socketPath: place.socket } : { host: place.host, port: place.port }),
        path,
        method: text === undefined ? 'GET' : 'POST',
        headers: {
          host: 'localhost',
          authorization: `Bearer ${token}`,
          ...(text !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        },
        timeout: TIMEOUT_MILLISECONDS,
      },
      (incoming) => {
        const parts: Buffer[] = [];
        let length = 0;
        incoming.on('data', (part: Buffer) => {
          length += part.length;
          if (length > MAX_ANSWER_BYTES) incoming.destroy(new Error('too long'));
          else parts.push(part);
        });
        incoming.once('error', fail);
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(parts).toString('utf8') }),
        );
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('it took too long')));
    outgoing.once('error', fail);
    outgoing.end(text);
  });
}

function placeText(place: AdminPlace): string {
  return 'socket' in place ? printable(place.socket) : `${hostInUrl(place.host)}:${place.port}`;
}
