/** Upper bounds of a connection: the other side chooses every size, and how fast it sends. */
import { DEFAULT_LIMITS, DimError } from 'dimp';
import { bytesArgument } from 'dimp/internal';

/** The limits of a connection. */
export interface ConnectionLimits {
  /** Bytes of one payload, each way. */
  readonly payloadBytes: number;
  /** Payloads that came in and wait to be read, before no more is taken from the network. */
  readonly waitingPayloads: number;
  /** The same in bytes. One payload is taken even if it has more. */
  readonly waitingBytes: number;
  /**
   * How many may wait where reading must go on: while a `send` waits for an answer that comes behind them, and where the
   * platform has no way to stop reading, as browsers have none for WebSockets. A WebSocket that brings more is ended.
   */
  readonly mostWaitingPayloads: number;
  /** The same in bytes. */
  readonly mostWaitingBytes: number;
  /** Sends without an answer yet. Further ones wait for their turn. */
  readonly unansweredSends: number;
  /** The same in bytes. One is sent even if it has more. */
  readonly unansweredBytes: number;
}

const MIB = 1024 * 1024;

/** Generous for stations, which send all that they kept at once. */
export const DEFAULT_CONNECTION_LIMITS: ConnectionLimits = Object.freeze({
  payloadBytes: DEFAULT_LIMITS.messageBytes,
  waitingPayloads: 64,
  waitingBytes: 4 * MIB,
  mostWaitingPayloads: 32_768,
  mostWaitingBytes: 64 * MIB,
  unansweredSends: 64,
  unansweredBytes: 4 * MIB,
});

/**
 * The limits of a new connection: those given, and the defaults of all others.
 * @throws DimError `USAGE_ARGUMENT` for a name that is none, or a limit that would limit nothing
 */
export function readConnectionLimits(given: Partial<ConnectionLimits> = {}): ConnectionLimits {
  for (const [name, value] of Object.entries(given)) {
    const path = `limits.${name}`;
    if (!Object.hasOwn(DEFAULT_CONNECTION_LIMITS, name))
      throw new DimError('USAGE_ARGUMENT', 'is no limit of a connection', { path });
    // Of none, nothing would ever be read or sent.
    if (!Number.isSafeInteger(value) || value < 1)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path });
  }
  return Object.freeze({ ...DEFAULT_CONNECTION_LIMITS, ...given });
}

/** What is no longer than this is no message: deployed peers drop it, and keep connections alive with it (`PING`, `OK`). */
export const LONGEST_SIGN = 4;

/**
 * Bytes that can be sent as a payload: those that the other side reads.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function payloadArgument(value: unknown, { payloadBytes }: ConnectionLimits): Uint8Array {
  const bytes = bytesArgument(value, 'bytes');
  const wrong = (reason: string): DimError => new DimError('USAGE_ARGUMENT', reason, { path: 'bytes' });
  if (bytes.length <= LONGEST_SIGN)
    throw wrong(`has ${bytes.length} bytes: stations take for no message what has ${LONGEST_SIGN} or less`);
  if (bytes.length > payloadBytes) throw wrong(`has more than ${payloadBytes} bytes (limits.payloadBytes)`);
  return bytes;
}
