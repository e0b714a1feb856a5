/** What a link needs of its connection: sockets of TCP, TLS and WebSockets have it, and so have tests. */
import type { LinkEnd } from '../ports/link.ts';

/** A connection to a client, for one link. None of it throws. */
export interface LinkSocket {
  readonly host: string;
  readonly port: number;
  /**
   * Writes packets or frames, in order and in one go. The link waits with the next until these are taken.
   * @param taken called once the network has taken them; never, where it fails
   */
  write(units: readonly Uint8Array[], taken: () => void): void;
  /** No more is to come until {@link resume}. */
  pause(): void;
  resume(): void;
  /** Ends it behind what was written. The other side gets a moment to end it, too. @param end why */
  end(end: LinkEnd): void;
  /** Ends it now. */
  destroy(): void;
}

/** That of a WebSocket, which has frames beside those of payloads. */
export interface PingingSocket extends LinkSocket {
  /** Writes a ping behind what was written. Clients answer by themselves. */
  ping(payload: Uint8Array): void;
}
