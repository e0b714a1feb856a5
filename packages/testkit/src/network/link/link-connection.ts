/** The client's end of a connection of a test network. */
import type { Connection, ConnectionEnd, IncomingPayload } from 'dimsdk';
import type { Link } from './link.ts';

/** A connection to the station of a test network. */
export interface TestConnection extends Connection {
  /** Counts the connections of the network, from 1. */
  readonly number: number;
  /** Whether nothing comes through any more, though the connection has not ended yet. */
  readonly isSilent: boolean;
}

/** The client's end of a connection. */
export class LinkConnection implements TestConnection {
  readonly name: string;
  readonly #link: Link;

  constructor(link: Link, address: string) {
    this.name = `${address}/${link.number}`;
    this.#link = link;
  }

  get number(): number {
    return this.#link.number;
  }

  get isSilent(): boolean {
    return this.#link.isSilent;
  }

  get incoming(): AsyncIterable<IncomingPayload> {
    return this.#link.incoming;
  }

  get ended(): Promise<ConnectionEnd> {
    return this.#link.ended;
  }

  async send(bytes: Uint8Array): Promise<void> {
    await this.#link.send(bytes);
  }

  async close(): Promise<void> {
    this.#link.hangUp();
  }
}
