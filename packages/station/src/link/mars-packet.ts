/**
 * Packets of Mars, the framing of older native clients. A header is five numbers of 32 bits, big-endian: its own length (20,
 * more with options), the version (200), a command, a sequence, and the length of the body.
 */
import { DimError } from 'dimp';

/** What a packet is: `send` of a client, `noop` to keep the connection, `push` of a station and the answer to it. */
export type MarsCommand = 'send' | 'noop' | 'push';

const CODES: Readonly<Record<MarsCommand, number>> = { send: 3, noop: 6, push: 10_001 };
const COMMANDS: ReadonlyMap<number, MarsCommand> = new Map(
  Object.entries(CODES).map(([command, code]) => [code, command as MarsCommand] as const),
);

const VERSION = 200;
export const MARS_HEADER = 20;
/** The longest header, with options that nobody uses. */
const LONGEST_HEADER = 1024;

/** One packet. */
export interface MarsPacket {
  /** Undefined for a command that no station answers. */
  readonly command: MarsCommand | undefined;
  /** Chosen by the client; 0 of a push. */
  readonly sequence: number;
  readonly body: Uint8Array;
}

/** A header that was read. */
export interface MarsHeader extends Omit<MarsPacket, 'body'> {
  /** Bytes of the header. */
  readonly size: number;
  /** Bytes of the body. */
  readonly length: number;
}

/** Writes a packet, header and body in one piece. */
export function encodeMars(command: MarsCommand, sequence: number, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(MARS_HEADER + body.length);
  const view = new DataView(bytes.buffer);
  [MARS_HEADER, VERSION, CODES[command], sequence, body.length].forEach((word, index) =>
    view.setUint32(index * 4, word),
  );
  bytes.set(body, MARS_HEADER);
  return bytes;
}

/**
 * Reads the header that stands at an index.
 * @returns the header; `short` when there are not enough bytes to tell; undefined when it is none
 */
export function readMarsHeader(bytes: Uint8Array, start: number): MarsHeader | 'short' | undefined {
  const there = Math.min(bytes.length - start, MARS_HEADER);
  const words = new Uint8Array(MARS_HEADER);
  words.set(bytes.subarray(start, start + there));
  const view = new DataView(words.buffer);
  if (there < MARS_HEADER) return isBeginning(words, there) ? 'short' : undefined;
  const size = view.getUint32(0);
  if (size < MARS_HEADER || size > LONGEST_HEADER || view.getUint32(4) !== VERSION) return undefined;
  return {
    command: COMMANDS.get(view.getUint32(8)),
    sequence: view.getUint32(12),
    size,
    length: view.getUint32(16),
  };
}

/** Whether the first bytes may be those of a header: `00 00 0x xx 00 00 00 c8`. */
function isBeginning(words: Uint8Array, there: number): boolean {
  const fits = (index: number, allows: (byte: number) => boolean): boolean =>
    index >= there || allows(words[index] ?? 0);
  const isZero = (byte: number): boolean => byte === 0;
  return (
    fits(0, isZero) &&
    fits(1, isZero) &&
    fits(2, (byte) => byte <= LONGEST_HEADER >> 8) &&
    [4, 5, 6].every((index) => fits(index, isZero)) &&
    fits(7, (byte) => byte === VERSION)
  );
}

/** Whether a header is the first of a connection of Mars: with a command that stations know. */
export function isMarsStart(header: MarsHeader): boolean {
  return header.command !== undefined;
}

/** Takes pieces of a stream, and gives the packets in them. */
export class MarsDecoder {
  readonly #payloadBytes: number;
  /** Pieces that came and are not a whole packet, and their bytes. */
  #pieces: Uint8Array[] = [];
  #there = 0;
  /** How many there must be to go on. */
  #needed = MARS_HEADER;

  /** @param payloadBytes the most that a body may have */
  constructor(payloadBytes: number) {
    this.#payloadBytes = payloadBytes;
  }

  /**
   * The packets that end in this piece.
   *
   * @throws DimError `INPUT_LIMIT` for a body that is too long, `INPUT_FORMAT` for what is no header: in this framing nothing
   * tells where the next one begins. There is nothing to read after it
   */
  *packets(piece: Uint8Array): Generator<MarsPacket, void, undefined> {
    this.#pieces.push(piece);
    this.#there += piece.length;
    // Joined only when it can be of use: each byte is copied twice at the most, however it comes.
    if (this.#there < this.#needed) return;
    let bytes = joined(this.#pieces, this.#there);
    this.#pieces = [];
    for (;;) {
      const header = readMarsHeader(bytes, 0);
      if (header === undefined) throw new DimError('INPUT_FORMAT', 'a packet of Mars has no header');
      if (header !== 'short' && header.length > this.#payloadBytes)
        throw new DimError('INPUT_LIMIT', `a packet has more than ${this.#payloadBytes} bytes (limits.payloadBytes)`);
      this.#needed = header === 'short' ? MARS_HEADER : header.size + header.length;
      this.#there = bytes.length;
      if (header === 'short' || bytes.length < this.#needed) break;
      const { command, sequence, size } = header;
      // A copy: who keeps it should not keep all that came with it.
      const body = bytes.slice(size, this.#needed);
      bytes = bytes.subarray(this.#needed);
      yield { command, sequence, body };
    }
    if (bytes.length > 0) this.#pieces.push(bytes);
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = pieces;
  if (pieces.length === 1 && first !== undefined) return first;
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (const piece of pieces) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}
