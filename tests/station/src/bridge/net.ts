/** A network in memory between stations and clients, on which each payload can be seen, and lost. */
import { DimError } from 'dimp';
import type { Connection, ConnectionEnd, IncomingPayload, StationAddress, Transport } from 'dimsdk';
import type { AcceptLink, LinkUser, OutgoingPayload } from 'dimstation';

/** A payload on its way. */
export interface Sent {
  readonly from: string;
  readonly to: string;
  readonly bytes: Uint8Array;
}

/** When a connection is cut. */
export type Cut =
  /** The payload does not arrive. */
  | 'before'
  /** It arrives, and its connection is gone. */
  | 'behind'
  /** It arrives and is kept; the other side is not told so. */
  | 'unheard';

/** Everybody who listens, by ports. */
export class Net {
  /** All that was sent. */
  readonly sent: Sent[] = [];
  /** Decides for each payload. */
  fault: (sent: Sent) => Cut | undefined = () => undefined;
  /** Whether somebody cannot connect to somebody. */
  isRefused: (from: string, to: string) => boolean = () => false;
  readonly #listeners = new Map<number, { readonly name: string; readonly accept: AcceptLink }>();
  readonly #pipes = new Set<Pipe>();

  listen(port: number, name: string, accept: AcceptLink | undefined): void {
    if (accept === undefined) this.#listeners.delete(port);
    else this.#listeners.set(port, { name, accept });
  }

  /** The way of somebody into the network. */
  from(name: string): Transport {
    return { connect: async (address) => this.#connect(name, address) };
  }

  /** Cuts connections: those between these two, or all of one. */
  cut(one: string, other?: string): void {
    for (const pipe of this.#pipes) {
      const ends = [pipe.name, pipe.to];
      if (ends.includes(one) && (other === undefined || ends.includes(other))) pipe.end({ reason: 'ended' });
    }
  }

  #connect(name: string, { port }: StationAddress): Connection {
    const listener = this.#listeners.get(port);
    if (listener === undefined || this.isRefused(name, listener.name))
      throw new DimError('CONNECTION_FAILED', 'nobody listens');
    const pipe = new Pipe(this, name, listener);
    this.#pipes.add(pipe);
    void pipe.ended.then(() => this.#pipes.delete(pipe));
    return pipe;
  }
}

/** One connection. */
class Pipe implements Connection {
  readonly name: string;
  readonly to: string;
  readonly ended: Promise<ConnectionEnd>;
  readonly #net: Net;
  readonly #user: LinkUser;
  readonly #incoming: IncomingPayload[] = [];
  readonly #lost = new Set<() => void>();
  #wake: () => void = () => undefined;
  #settle: (end: ConnectionEnd) => void = () => undefined;
  #isOver = false;

  constructor(net: Net, name: string, { name: to, accept }: { readonly name: string; readonly accept: AcceptLink }) {
    this.#net = net;
    this.name = name;
    this.to = to;
    this.ended = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#user = accept({
      framing: 'mtp',
      host: '127.0.0.1',
      port: 1,
      waitingBytes: 0,
      send: (payload) => this.#take(payload),
      close: () => this.end({ reason: 'ended' }),
    });
  }

  async send(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      const lost = (): void => reject(new DimError('CONNECTION_LOST', 'it has ended'));
      if (this.#isOver) return lost();
      this.#lost.add(lost);
      const acknowledge = (): void => {
        if (this.#lost.delete(lost)) resolve();
      };
      this.#carry(this.name, this.to, bytes, acknowledge, (acknowledged) => this.#user.receive(bytes, acknowledged));
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
    const acknowledge = (): void => {
      if (!this.#isOver) acknowledged?.();
    };
    this.#carry(this.to, this.name, bytes, acknowledge, (told) => {
      this.#incoming.push({ bytes, acknowledge: told });
      this.#wake();
    });
  }

  #carry(
    from: string,
    to: string,
    bytes: Uint8Array,
    acknowledge: () => void,
    arrive: (acknowledge: () => void) => void,
  ): void {
    const sent = { from, to, bytes };
    this.#net.sent.push(sent);
    const cut = this.#net.fault(sent);
    const end = (): void => this.end({ reason: 'ended' });
    if (cut !== 'before') arrive(cut === undefined ? acknowledge : end);
    if (cut === 'before' || cut === 'behind') end();
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
