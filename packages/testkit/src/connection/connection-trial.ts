/** What the contract of connections is checked with. */
import type { Awaitable } from 'dimp';
import {
  silentLogger,
  type Clock,
  type Connection,
  type ConnectionEnd,
  type IncomingPayload,
  type Logger,
} from 'dimsdk';
import type { ByteStream } from 'dimsdk/extend';
import type { Contract } from '../report/contract.ts';
import { breathe, ContractClock } from './contract-clock.ts';
import { bytesOf, type Framing } from './framing.ts';
import { MtpFraming } from './mtp-framing.ts';
import { Peer } from './peer.ts';
import { WebSocketFraming } from './web-socket-framing.ts';

/** How to open a connection for the contract. It has all that `ConnectOptions` has. */
export interface OpenLineOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** A connection, and the bytes on the other side of it. */
export interface OpenedLine {
  /** It may take an answer of the other side to come true. */
  readonly connection: Promise<Connection>;
  /** The other side, once there is one. Of a WebSocket it begins with the handshake. */
  readonly line: Promise<ByteStream>;
}

/** A transport for the contract, in a form that can be tried. */
export interface ConnectionSamples {
  /** What the report calls it: `tcpTransport`. */
  readonly name: string;
  /** What the other side is to speak. */
  readonly framing: 'mtp' | 'web-socket';
  /** The most bytes that a payload may have. Some tens of thousands make the contract quick. */
  readonly payloadBytes: number;
  /** Connects, to a listener of your own. The contract opens some hundreds, one after the other. */
  open(options: OpenLineOptions): Awaitable<OpenedLine>;
  /**
   * For how many seconds of real time to wait for what should happen at once: 10, if not given. Where all is well nothing
   * ever takes as long.
   */
  readonly patience?: number | undefined;
}

/** How the bytes of the peer come to the connection: as they are, or otherwise. */
export type LineChange = (line: ByteStream) => ByteStream;

/** A connection, and its other side. */
export interface Pair {
  readonly connection: Connection;
  readonly peer: Peer;
  readonly framing: Framing;
  readonly clock: ContractClock;
  /** One reader for all of a rule. */
  readonly reader: AsyncIterator<IncomingPayload>;
}

/** One run of the contract. */
export class ConnectionTrial {
  readonly contract: Contract;
  readonly samples: ConnectionSamples;

  constructor(contract: Contract, samples: ConnectionSamples) {
    this.contract = contract;
    this.samples = samples;
  }

  /** A new side of the framing. */
  framing(): Framing {
    return this.samples.framing === 'mtp' ? new MtpFraming() : new WebSocketFraming();
  }

  /** A payload that looks like a message, of so many bytes. */
  payload(number: number, size = 64): Uint8Array {
    const text = `{"time":${1_700_000_000 + number}.5,"signature":"signature-${number}","data":"`;
    return bytesOf(`${text.padEnd(size - 2, 'x')}"}`.slice(0, size));
  }

  /** Opens a pair, uses it, and ends it. */
  async with<T>(
    use: (pair: Pair) => Promise<T>,
    change: LineChange = (line) => line,
    signal = new AbortController().signal,
  ): Promise<T> {
    const clock = new ContractClock();
    const framing = this.framing();
    const opened = await this.samples.open({ clock, logger: silentLogger, signal });
    const peer = await this.soon('a line', Peer.greeting(change(await opened.line), framing));
    const connection = await this.soon('a connection', opened.connection);
    try {
      const found = await use({
        connection,
        peer,
        framing,
        clock,
        reader: connection.incoming[Symbol.asyncIterator](),
      });
      // What nobody writes breaks any rule.
      if (peer.fault !== undefined) throw peer.fault;
      return found;
    } finally {
      peer.cut();
      await this.ending({ connection, clock });
    }
  }

  /** Ends a connection, if it has not ended, and waits for it. */
  async ending({ connection, clock }: Pick<Pair, 'connection' | 'clock'>): Promise<ConnectionEnd> {
    const closed = watched((async () => connection.close())());
    await breathe(1);
    if (closed.state === 'pending') await clock.turn(10);
    await this.soon('the end of close()', closed.settled);
    return this.soon('the end of the connection', connection.ended);
  }

  /** What should be there without any time of the clock. @throws Error when it is not within some real seconds */
  async soon<T>(what: string, wanted: PromiseLike<T>): Promise<T> {
    const { patience = 10 } = this.samples;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`${what} does not come`)), patience * 1000);
    });
    try {
      return await Promise.race([wanted, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The next payloads that are given out. */
  async read({ reader }: Pair, count: number): Promise<readonly IncomingPayload[]> {
    const payloads: IncomingPayload[] = [];
    while (payloads.length < count) {
      const what = `payload ${payloads.length + 1} of ${count}`;
      const result = await this.soon(what, reader.next());
      if (result.done === true) throw new Error(`the end comes before ${what}`);
      payloads.push(result.value);
    }
    return payloads;
  }

  /** All payloads that are still given out, until the end. */
  async readAll({ reader }: Pair): Promise<readonly IncomingPayload[]> {
    const payloads: IncomingPayload[] = [];
    for (;;) {
      const result = await this.soon('the end of what comes in', reader.next());
      if (result.done === true) return payloads;
      payloads.push(result.value);
    }
  }
}

/** How a promise stands. */
export interface Watched<T> {
  state: 'pending' | 'fulfilled' | 'rejected';
  value: T | undefined;
  error: unknown;
  /** Settles with the promise, and does not reject. */
  readonly settled: Promise<void>;
}

/** Watches a promise, so that its failure is never unhandled. */
export function watched<T>(promise: Promise<T>): Watched<T> {
  const watch = { state: 'pending', value: undefined, error: undefined } as Omit<Watched<T>, 'settled'>;
  const settled = (async () => {
    try {
      watch.value = await promise;
      watch.state = 'fulfilled';
    } catch (error) {
      watch.error = error;
      watch.state = 'rejected';
    }
  })();
  return Object.assign(watch, { settled });
}
