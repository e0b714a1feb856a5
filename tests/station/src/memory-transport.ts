/** Connections in memory between clients and a station: what a listener and a transport do, without a network. */
import { DimError } from 'dimp';
import type { Connection, ConnectionEnd, IncomingPayload, Transport } from 'dimsdk';
import type { AcceptLink, LinkUser, OutgoingPayload } from 'dimstation';

/** Leads to one station after the other: the same clients meet it again after a restart. */
export class MemoryNetwork implements Transport {
  #accept: AcceptLink | undefined;
  readonly #connections = new Set<MemoryConnection>();

  /** The station that answers from now on; none, where nothing is given. */
  serve(accept: AcceptLink | undefined): void {
    this.#accept = accept;
  }

  async connect(): Promise<MemoryConnection> {
    if (this.#accept === undefined) throw new DimError('CONNECTION_FAILED', 'no station listens');
    const connection = new MemoryConnection(this.#accept);
    this.#connections.add(connection);
    void connection.ended.then(() => this.#connections.delete(connection));
    return connection;
  }

  /** Cuts all connections. */
  cut(): void {
    for (const connection of this.#connections) connection.end({ reason: 'ended' });
  }
}

/** One connection. */
export class MemoryConnection implements Connection {
  readonly name = 'memory';
  readonly ended: Promise<ConnectionEnd>;
  /** Bytes that the client has not taken, as the station sees it. */
  untaken = 0;
  readonly #user: LinkUser;
  readonly #incoming: IncomingPayload[] = [];
  readonly #lost = new Set<() => void>();
  #wake: () => void = () => undefined;
  #settle: (end: ConnectionEnd) => void = () => undefined;
  #isOver = false;

  constructor(accept: AcceptLink) {
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    const untaken = (): number => this.untaken;
    this.#user = accept({
      framing: 'mtp',
      host: '127.0.0.1',
      port: 1,
      get waitingBytes() {
        return untaken();
      },
      send: (payload) => this.#take(payload),
      close: () => this.end({ reason: 'ended' }),
    });
  }

  async send(bytes: Uint8Array): Promise<void> {
    if (this.#isOver) throw new DimError('CONNECTION_LOST', 'it has ended');
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(new DimError('CONNECTION_LOST', 'it has ended'));
      this.#lost.add(lost);
      this.#user.receive(bytes, () => {
        this.#lost.delete(lost);
        resolve();
      });
    });
  }

  get incoming(): AsyncIterable<IncomingPayload> {
    return this.#all();
  }

  async close(): Promise<void> {
    this.end({ reason: 'closed' });
  }

  end(end: ConnectionEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#user.ended('left');
    for (const lost of this.#lost) lost();
    this.#settle(end);
    this.#wake();
  }

  #take({ bytes, acknowledged }: OutgoingPayload): void {
    if (this.#isOver) return;
    this.#incoming.push({ bytes, acknowledge: () => (this.#isOver ? undefined : acknowledged?.()) });
    this.#wake();
  }

  async *#all(): AsyncGenerator<IncomingPayload> {
    for (;;) {
      const next = this.#incoming.shift();
      if (next !== undefined) yield next;
      else if (this.#isOver) return;
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
    }
  }
}
