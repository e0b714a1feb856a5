/** A client over a home, while a command needs one. */
import { DimError, isDimError, type ID } from 'dimp';
import { createClient, httpFileService, type Client, type FileService } from 'dimsdk';
import { fileSpool, holdStore, tcpTransport, webSocketTransport } from 'dimsdk/node';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { allowedUrl } from './allowed-url.ts';
import { dim, type CliDim } from '../home/dim.ts';
import { withDeadline } from '../input/deadline.ts';
import { selfOf, withHome, type OpenHome } from '../home/open-home.ts';
import { readStationPlace, STATION_PORT, type StationPlace } from '../station/station-address.ts';
import { stationFiles, stationUrl } from './station-files.ts';
import { printable } from '../text/printable.ts';
import { ownVersion } from '../command/version.ts';

/** The contents that commands know. */
export type CliContent = ReturnType<CliDim['Content']['parse']>;

/** What commands with a client take. */
export interface ClientCallOptions {
  /** Another station than that of the home. */
  readonly station?: string | undefined;
  /** Another file service than that of the home. */
  readonly files?: string | undefined;
  /** Whether it only looks at what is here: no connection is made. */
  readonly isOffline?: boolean | undefined;
}

/** A client that works, and the home that it works over. */
export interface OpenClient extends OpenHome {
  readonly client: Client<CliContent>;
  /** The station that it connects to, as it was given. */
  readonly station: string;
}

/** Where a home that has chosen nothing looks for a station: on this machine. */
export const DEFAULT_STATION = `127.0.0.1:${STATION_PORT}`;

/** Says where the station is. */
export const STATION_VARIABLE = 'DIM_STATION';

/**
 * Does something with a client that has been started, and closes it, whatever comes of it. What is on its way stays in the
 * home, and goes on with the next client.
 *
 * @throws DimError `STORE_CONFLICT` where another process has a client over this home
 */
export async function withClient<T>(
  call: Call,
  options: ClientCallOptions,
  action: (open: OpenClient) => Promise<T>,
): Promise<T> {
  return withHome(call, async (open) => {
    const { home, store, settings } = open;
    const release = await holdStore(home.store);
    if (release === undefined)
      throw new DimError(
        'STORE_CONFLICT',
        `another dim is at work with ${printable(home.path)}: end it first, or write there`,
      );
    try {
      const given = call.context.environment[STATION_VARIABLE];
      const station = options.station ?? (given === '' ? undefined : given) ?? settings.station ?? DEFAULT_STATION;
      const place = readStationPlace(station);
      const { by, address } = place;
      const self = await deviceOf(await selfOf(call, open), open);
      const client = createClient({
        dim,
        store,
        self,
        transport: by === 'tcp' ? tcpTransport() : webSocketTransport(),
        stations: [address],
        agent: `dim/${ownVersion()}`,
        files: { service: fileServiceOf(options.files ?? settings.files, place), spool: fileSpool() },
      });
      try {
        if (options.isOffline === true) await client.goOffline();
        await client.start();
        return await action({ ...open, client, station });
      } finally {
        await client.close();
      }
    } finally {
      release();
    }
  });
}

/** The ID with the terminal that the keys of this home are for. Asks for the passphrase. */
export async function deviceOf(self: ID, { store }: Pick<OpenHome, 'store'>): Promise<ID> {
  const ring = await store.keys(self);
  const [first] = ring?.decrypt ?? [];
  const terminal = first?.terminal ?? undefined;
  return terminal === undefined ? self : self.at(terminal);
}

/** Downloading needs no service of one's own. Where none is chosen, the station may have one. */
function fileServiceOf(url: string | undefined, place: StationPlace): FileService {
  const station = stationUrl(place);
  const allowUrl = allowedUrl(url, station);
  if (url === undefined) return stationFiles(station, allowUrl);
  if (!URL.canParse(url))
    throw wrong(`a file service must be a URL, as https://files.example/upload/{ID}/file, not ${printable(url)}`);
  return httpFileService({ upload: { file: url }, allowUrl });
}

/** Done when the client is online. @throws DimError `CONNECTION_FAILED` as soon as an attempt has failed, or time is over */
export async function untilOnline(
  { client, station }: OpenClient,
  { signal, seconds = 30 }: { readonly signal: AbortSignal; readonly seconds?: number },
): Promise<void> {
  const isOnline = (): boolean => client.connection.is === 'online';
  if (isOnline()) return;
  await withDeadline(signal, seconds, async (over) => {
    for await (const state of client.events('connection', over)) {
      if (state.is === 'online') return;
      if (state.is === 'offline' && state.error !== undefined) throw unreachable(station, state.error);
    }
    if (!isOnline()) throw unreachable(station, undefined);
  });
}

/** The same for whoever goes on without. @returns why there is no connection; undefined once there is one */
export async function whyOffline(
  open: OpenClient,
  options: { readonly signal: AbortSignal; readonly seconds: number },
): Promise<DimError | undefined> {
  try {
    await untilOnline(open, options);
    return undefined;
  } catch (error) {
    if (!isDimError(error)) throw error;
    return error;
  }
}

/** Where the disk is full, that is what is wrong, and not the station. */
function unreachable(station: string, error: unknown): DimError {
  if (isDimError(error) && error.code.startsWith('STORE_')) return error;
  const reason = isDimError(error) ? `: ${error.reason}` : '';
  return new DimError('CONNECTION_FAILED', `no station answers at ${printable(station)}${printable(reason)}`, {
    cause: error,
  });
}
