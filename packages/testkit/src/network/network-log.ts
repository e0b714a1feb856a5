/** What went over the connections of a test network. */
import type { Dim, DimError, Envelope } from 'dimp';

/** What happened to a payload. */
export type NetworkEvent =
  /** The station has it, from a client. */
  | 'arrived'
  /** The station, or its router, has made nothing of it: see `why`. */
  | 'refused'
  /** A client has it, from the station. */
  | 'delivered'
  /** A client has said that it has it. */
  | 'acknowledged'
  /** It was on its way when the connection was lost. */
  | 'lost'
  /** A connection has begun. */
  | 'opened'
  /** A connection has ended. */
  | 'closed';

/** An entry of the log. */
export interface NetworkLogEntry {
  /** When, in seconds since 1970. */
  readonly at: number;
  readonly event: NetworkEvent;
  /** The number of the connection. */
  readonly connection: number;
  readonly bytes?: Uint8Array | undefined;
  /** The envelope, where the payload has one that can be read. */
  readonly envelope?: Envelope | undefined;
  readonly why?: DimError | undefined;
}

/** Keeps the newest entries. */
export class NetworkLog {
  readonly #dim: Dim;
  readonly #limit: number;
  #entries: NetworkLogEntry[] = [];

  constructor(dim: Dim, limit: number) {
    this.#dim = dim;
    this.#limit = limit;
  }

  add(entry: Omit<NetworkLogEntry, 'envelope'>): void {
    this.#entries.push(entry);
    // Cut off many at a time.
    if (this.#entries.length > 2 * this.#limit) this.#entries = this.#entries.slice(-this.#limit);
  }

  /** The entries, the oldest first. */
  entries(): readonly NetworkLogEntry[] {
    return this.#entries.slice(-this.#limit).map((entry) => ({ ...entry, envelope: this.#envelopeOf(entry.bytes) }));
  }

  #envelopeOf(bytes: Uint8Array | undefined): Envelope | undefined {
    if (bytes === undefined) return undefined;
    try {
      return this.#dim.Envelope.decode(bytes);
    } catch {
      return undefined;
    }
  }
}
