/** Upper bounds of what strangers do to a listener: they choose every size, and how fast or slowly they send. */
import { DimError } from 'dimp';
import { requireMap } from 'dimsdk/internal';

/** The limits of a listener. */
export interface ListenerLimits {
  /** Connections at a time. Further ones are ended at once. */
  readonly connections: number;
  /** Of them from one address; of IPv6, from one network of 64 bits. Those from `proxies` are not counted. */
  readonly connectionsPerAddress: number;
  /** Bytes of one payload that comes. A connection that brings a longer one ends. */
  readonly payloadBytes: number;
  /** The same, as long as nobody has logged in over the connection: a handshake, with a meta and a visa. */
  readonly payloadBytesBeforeLogin: number;
  /** Payloads of one link that came and are not acknowledged, before no more is read. */
  readonly unacknowledgedPayloads: number;
  /** The same in bytes. One payload is taken even if it has more. */
  readonly unacknowledgedBytes: number;
  /** A link of which as many are not acknowledged, and none for so many seconds, ends: its client should try again. */
  readonly stalledSeconds: number;
  /** Payloads a second of one link, in the long run. What comes faster is read later; nothing is dropped. */
  readonly payloadsPerSecond: number;
  /** So many may come at once after a pause. */
  readonly burstPayloads: number;
  /** Both, as long as nobody has logged in over the link. */
  readonly payloadsPerSecondBeforeLogin: number;
  readonly burstPayloadsBeforeLogin: number;
  /**
   * Bytes of all links together that are not acknowledged, or not a whole packet yet. Where there are more, links end: first those over
   * which nobody has logged in, then those of the users with the most of them.
   */
  readonly heldBytes: number;
  /** Seconds in which a connection must have brought its first whole header, TLS and WebSocket handshakes included. */
  readonly firstSeconds: number;
  /** Seconds in which an answer to a request of HTTP must be done; anew, where as much has come and gone as may be expected in that time. */
  readonly requestSeconds: number;
  /** Seconds without a byte after which a link ends. */
  readonly idleSeconds: number;
  /** Seconds for which a packet that has begun may stop, beside those that its bytes may take. */
  readonly packetSeconds: number;
  /** Seconds in which what is sent must be taken, beside those that its bytes may take. */
  readonly untakenSeconds: number;
  /** What is slower than so many bytes a second, each way, is too slow. */
  readonly leastBytesPerSecond: number;
  /** Bytes that wait to be taken: a link ends that has more when it is sent something else. One payload may be larger. */
  readonly untakenBytes: number;
  /** Bytes of all links together that were sent, and are not taken or not acknowledged. Those with the most of them end. */
  readonly outgoingBytes: number;
  /** Payloads that were sent over one link and that its client has not acknowledged. A link with more ends. */
  readonly unansweredPayloads: number;
  /** The same in bytes. */
  readonly unansweredBytes: number;
}

const MIB = 1024 * 1024;
/** A payload on its way is there twice, as it was sent and as it goes out: the last link must not end for that. */
export const OUTGOING_PAYLOADS = 4;

/**
 * Made for a public station. A payload has less than the 32 MiB that a message may have elsewhere: files do not travel in
 * messages, a station keeps what it takes, and the memory that a stranger can fill is so many times that.
 */
export const DEFAULT_LISTENER_LIMITS: ListenerLimits = Object.freeze({
  connections: 20_000,
  connectionsPerAddress: 256,
  payloadBytes: 4 * MIB,
  payloadBytesBeforeLogin: MIB / 4,
  unacknowledgedPayloads: 256,
  unacknowledgedBytes: 4 * MIB,
  stalledSeconds: 120,
  payloadsPerSecond: 100,
  burstPayloads: 2000,
  payloadsPerSecondBeforeLogin: 2,
  burstPayloadsBeforeLogin: 8,
  heldBytes: 256 * MIB,
  firstSeconds: 10,
  requestSeconds: 60,
  idleSeconds: 128,
  packetSeconds: 30,
  untakenSeconds: 30,
  leastBytesPerSecond: 4 * 1024,
  untakenBytes: 8 * MIB,
  outgoingBytes: 256 * MIB,
  unansweredPayloads: 4096,
  unansweredBytes: 16 * MIB,
});

/**
 * The limits of a new listener: those given, and the defaults of all others.
 * @throws DimError `USAGE_ARGUMENT` for a name that is none, or a limit that would limit nothing, or let nothing through
 */
export function readListenerLimits(given: Partial<ListenerLimits> = {}): ListenerLimits {
  requireMap(given, 'limits');
  for (const [name, value] of Object.entries(given)) {
    const path = `limits.${name}`;
    if (!Object.hasOwn(DEFAULT_LISTENER_LIMITS, name))
      throw new DimError('USAGE_ARGUMENT', 'is no limit of a listener', { path });
    if (!Number.isSafeInteger(value) || value < 1)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path });
  }
  const limits = Object.freeze({ ...DEFAULT_LISTENER_LIMITS, ...given });
  if (limits.outgoingBytes >= OUTGOING_PAYLOADS * limits.payloadBytes) return limits;
  throw new DimError('USAGE_ARGUMENT', `must be ${OUTGOING_PAYLOADS} times limits.payloadBytes, or more`, {
    path: 'limits.outgoingBytes',
  });
}
