/** The payloads of packets as they come over TCP. */
import { DimError, isDimError } from 'dimp';
import { MtpDecoder, MtpFragments, type MtpPacket } from 'dimsdk/internal';

/** Bytes of one, and of all. */
const MAX_BYTES = 64 * 1024 * 1024;

/** What was in packets. */
export interface Unframed {
  readonly parts: Iterable<Uint8Array>;
  /** What is wrong behind the last one, once somebody has gone through all. */
  readonly fault: () => DimError | undefined;
}

/** The payloads, without what stations and clients tell each other of them: `PING`, `OK`. */
export function unframe(bytes: Uint8Array): Unframed {
  const seen: { fault?: DimError } = {};
  return { parts: payloadsOf(bytes, seen), fault: () => seen.fault };
}

function* payloadsOf(bytes: Uint8Array, seen: { fault?: DimError }): Generator<Uint8Array, void> {
  const fragments = new MtpFragments(MAX_BYTES);
  const decoder = new MtpDecoder(MAX_BYTES);
  const packets = decoder.packets(bytes);
  for (;;) {
    try {
      const { done, value: packet } = packets.next();
      if (done === true) break;
      const payload = payloadOf(packet, fragments);
      if (payload === undefined || isSignOfLife(payload)) continue;
      yield payload;
    } catch (error) {
      if (!isDimError(error)) throw error;
      seen.fault = error;
      return;
    }
  }
  if (decoder.filled > 0)
    seen.fault = new DimError('INPUT_FORMAT', `the last packet is cut off, after ${decoder.filled} bytes of its body`);
}

function payloadOf(packet: MtpPacket, fragments: MtpFragments): Uint8Array | undefined {
  if (packet.type !== 'fragment') return packet.body;
  const joined = fragments.join(packet, 0);
  return typeof joined === 'object' ? joined.bytes : undefined;
}

/** Longest word of the framing. */
const MAX_WORD = 5;

/** Whether it is a word between client and station, and nothing of anybody. */
export function isSignOfLife(payload: Uint8Array): boolean {
  return payload.length <= MAX_WORD;
}
