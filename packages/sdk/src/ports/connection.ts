/** Connections to stations: payloads each way, and who has what. */
import type { ID } from 'dimp';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

/** Where a station listens. */
export interface StationAddress {
  /** A host name or an IP address. */
  readonly host: string;
  /** 1 to 65535. */
  readonly port: number;
  /** Whose answers are the station's. Where it is not given, the first one to answer is believed, and kept. */
  readonly id?: ID | undefined;
  /** Whether to encrypt the connection itself: `wss`, or TCP over TLS. */
  readonly secure?: boolean | undefined;
  /** Of the URL of a WebSocket; `/`, if not given. */
  readonly path?: string | undefined;
}

/** A payload that came in. */
export interface IncomingPayload {
  /** What a station sent: the JSON of one message, or of several in lines. */
  readonly bytes: Uint8Array;
  /**
   * Tells the station that it need not keep it any longer: only once it is on disk. What is not acknowledged comes again.
   * Does nothing when it is called again, or after the connection was lost.
   */
  acknowledge(): void;
}

/** Why a connection ended. */
export type ConnectionEnd =
  /** `close` was called here. */
  | { readonly reason: 'closed' }
  /** The other side ended it. */
  | { readonly reason: 'ended' }
  /** Nothing came for too long. */
  | { readonly reason: 'silent' }
  /** The network failed, or the other side did not keep to the protocol. */
  | { readonly reason: 'failed'; readonly error: Error };

/** A connection to a station. It tells frames apart, keeps itself alive and knows nothing of messages. */
export interface Connection {
  /** Where it leads to, for logs: `tcp://127.0.0.1:9394`. */
  readonly name: string;
  /**
   * Sends a payload.
   * @returns when the other side's transport says that it has it. That is not when it is delivered
   * @throws DimError `CONNECTION_LOST` when the connection ends before that: whether it arrived is not known then
   */
  send(bytes: Uint8Array): Promise<void>;
  /**
   * What came in, in order; for one reader. It ends when the connection does, after all that had come. Where nobody reads,
   * no more is taken from the network than a bounded number of payloads.
   */
  readonly incoming: AsyncIterable<IncomingPayload>;
  /** Ends it. What was sent before goes out still, where it can within a moment. */
  close(): Promise<void>;
  /** Settles once, when the connection has ended; it does not reject. */
  readonly ended: Promise<ConnectionEnd>;
}

/** How to connect. */
export interface ConnectOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends the attempt. It does not end the connection. */
  readonly signal: AbortSignal;
}

/** Makes connections of one kind. */
export interface Transport {
  /** @throws DimError `CONNECTION_FAILED`; the signal's reason when it is aborted */
  connect(address: StationAddress, options: ConnectOptions): Promise<Connection>;
}
