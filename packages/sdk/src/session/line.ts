/** The line: one session after the other, to one of several stations, for as long as it is wanted. */
import { DimError, isDimError, type Content, type ID } from 'dimp';
import { textOf } from 'dimp/extend';
import type { OwnDevice } from '../device/own-device.ts';
import { Signal } from '../device/signal.ts';
import type { IncomingPayload, StationAddress, Transport } from '../ports/connection.ts';
import { defineTable, type Table } from '../store/own-rows.ts';
import type { Connection } from '../ports/connection.ts';
import { Pauses, type PauseOptions } from './pauses.ts';
import { Session } from './session.ts';

/** How the connection to the network is. */
export type ConnectionState =
  /** There is none. `retryAt` says when the next attempt is, in seconds since 1970; undefined where there is none. */
  | { readonly is: 'offline'; readonly retryAt: number | undefined; readonly error: unknown }
  | { readonly is: 'connecting'; readonly address: StationAddress }
  | { readonly is: 'handshaking'; readonly address: StationAddress }
  | { readonly is: 'online'; readonly address: StationAddress; readonly station: ID };

/** What a line asks of the client around it. */
export interface LineHost<C extends Content> {
  receive(payloads: readonly IncomingPayload[]): Promise<void>;
  /** Works through a session that is let in, until the signal is aborted. @throws DimError `STORE_…` */
  work(session: Session<C>, connection: Connection, signal: AbortSignal): Promise<void>;
  /** The station let us in again, and has forgotten what it was told in between. */
  renewed(session: Session<C>): Promise<void>;
  changed(state: ConnectionState): void;
}

/** Where to connect, and how. */
export interface LineOptions {
  readonly transport: Transport;
  /** Tried one after the other. */
  readonly stations: readonly StationAddress[];
  readonly pauses?: PauseOptions | undefined;
}

/** The station that answered at an address first. */
interface KnownStation {
  readonly address: string;
  readonly id: ID;
}

/** How long an attempt to connect may take, in seconds. */
const CONNECT_TIME = 30;

/** How long a session lives, in seconds, until it counts as one that went well. A station may let us in, and end it at once. */
const LONG_ENOUGH = 60;

/** Connects, and connects again. */
export class Line<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #options: LineOptions;
  readonly #host: LineHost<C>;
  readonly #pauses: Pauses;
  readonly #stations: Table<KnownStation>;
  readonly #now = new Signal();
  #next = 0;
  #isWanted = true;
  #session: Session<C> | undefined;
  #connection: Connection | undefined;
  #state: ConnectionState = { is: 'offline', retryAt: undefined, error: undefined };

  constructor(device: OwnDevice<C>, options: LineOptions, host: LineHost<C>) {
    this.#device = device;
    this.#options = options;
    this.#host = host;
    this.#pauses = new Pauses(options.pauses);
    this.#stations = stationTable(device);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The session that is let in. */
  get session(): Session<C> | undefined {
    return this.#session?.isRunning === true ? this.#session : undefined;
  }

  /** The session that a handshake is for. */
  get current(): Session<C> | undefined {
    return this.#session;
  }

  /** Connects at once, where it waits to do so, or was told to be offline. */
  goOnline(): void {
    this.#isWanted = true;
    this.#pauses.reset();
    this.#now.set();
  }

  /** Ends the connection until it is told otherwise. */
  async goOffline(): Promise<void> {
    this.#isWanted = false;
    await this.#connection?.close();
  }

  /** Works until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let failure: unknown;
      try {
        if (this.#isWanted) await this.#once(signal);
      } catch (error) {
        failure = error;
      }
      if (signal.aborted) break;
      await this.#pause(failure, signal);
    }
    this.#change({ is: 'offline', retryAt: undefined, error: undefined });
  }

  async #once(signal: AbortSignal): Promise<void> {
    const { stations, transport } = this.#options;
    const address = stations[this.#next++ % stations.length];
    if (address === undefined) return;
    // Before there is a connection that would have to be ended where this fails.
    const known = await this.#stations.get(this.#device.store.kept, nameOf(address));
    this.#change({ is: 'connecting', address });
    const { clock, logger } = this.#device;
    const attempt = new AbortController();
    const abort = (): void => attempt.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const limit = clock.wait(CONNECT_TIME, attempt.signal).then(
      () => attempt.abort(new Error('it took too long')),
      () => undefined,
    );
    try {
      this.#connection = await transport.connect(address, { clock, logger, signal: attempt.signal });
    } finally {
      signal.removeEventListener('abort', abort);
      attempt.abort();
      await limit;
    }
    await this.#through(this.#connection, address, address.id ?? known?.id, signal);
  }

  async #through(
    connection: Connection,
    address: StationAddress,
    expected: ID | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock } = this.#device;
    let since = Infinity;
    let hasTaken = false;
    // What the session itself says at its beginning does not count: there is always something of that.
    const counted: Connection = {
      name: connection.name,
      incoming: connection.incoming,
      ended: connection.ended,
      close: async () => connection.close(),
      send: async (bytes) => {
        const most = session.payloadBytes ?? Infinity;
        // It would end the connection, and would come again.
        if (bytes.length > most)
          throw new DimError('USAGE_ARGUMENT', `the station takes no more than ${most} bytes`, { path: 'content' });
        await connection.send(bytes);
        hasTaken = true;
      },
    };
    const session: Session<C> = new Session(this.#device, connection, {
      expected,
      receive: async (payloads) => this.#host.receive(payloads),
      running: async (station, over) => {
        since = clock.now();
        if (expected === undefined) await this.#remember(address, station);
        this.#change({ is: 'online', address, station });
        await this.#host.work(session, counted, over);
      },
      renewed: async () => this.#host.renewed(session),
    });
    this.#session = session;
    this.#change({ is: 'handshaking', address });
    try {
      if (this.#isWanted) await session.run(signal);
      else await connection.close();
    } finally {
      if (hasTaken || clock.now() - since >= LONG_ENOUGH) this.#pauses.reset();
      this.#session = undefined;
      this.#connection = undefined;
    }
  }

  /** Whoever answered first is the station of this address from now on. */
  async #remember(address: StationAddress, id: ID): Promise<void> {
    const { store } = this.#device;
    await store.exclusive(async () => store.stage({ rows: [this.#stations.put({ address: nameOf(address), id })] }));
  }

  async #pause(failure: unknown, signal: AbortSignal): Promise<void> {
    const { clock, logger } = this.#device;
    const seconds = this.#pauses.next();
    const retryAt = this.#isWanted ? clock.now() + seconds : undefined;
    if (failure !== undefined)
      logger.info('the connection ended', { code: isDimError(failure) ? failure.code : 'other' });
    this.#change({ is: 'offline', retryAt, error: failure });
    const over = new AbortController();
    const abort = (): void => over.abort();
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    const untilTold = this.#now.wait(over.signal);
    const untilDue = retryAt === undefined ? untilTold : this.#due(seconds, over.signal);
    await Promise.race([untilTold, untilDue]);
    abort();
    await untilTold;
    await untilDue;
    signal.removeEventListener('abort', abort);
  }

  async #due(seconds: number, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#device.clock.wait(seconds, signal);
      return true;
    } catch {
      return false;
    }
  }

  #change(state: ConnectionState): void {
    this.#state = state;
    this.#host.changed(state);
  }
}

/** The station at an address, by what one dials. */
function nameOf({ host, port }: StationAddress): string {
  return `${host}:${port}`;
}

function stationTable({ dim }: Pick<OwnDevice<Content>, 'dim'>): Table<KnownStation> {
  return defineTable<KnownStation>({
    table: 'station',
    toRow: ({ address, id }) => ({ key: address, partition: '', order: 0, value: { id: id.toString() } }),
    fromRow: ({ key, value }) => ({ address: key, id: dim.ID.parse(textOf(value, 'id')) }),
  });
}
