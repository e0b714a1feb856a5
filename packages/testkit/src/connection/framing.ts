/** What a peer of the contract speaks, written for it alone: a mistake of a connection is not made here too. */

/** What the peer hears. */
export type Heard =
  /** A payload, and what says that it came. In WebSockets nothing does. */
  | { readonly what: 'payload'; readonly bytes: Uint8Array; readonly answer: Uint8Array | undefined }
  /** Whether the peer is there, and what says so. */
  | { readonly what: 'question'; readonly answer: Uint8Array }
  /** The answer to a question of the peer. */
  | { readonly what: 'answer' }
  /** A payload was acknowledged: which one of those that were framed, from 0; -1 for one that was not. */
  | { readonly what: 'acknowledgement'; readonly of: number }
  /** The connection says that it ends, and what is to be answered. */
  | { readonly what: 'goodbye'; readonly answer: Uint8Array };

/** One side of a framing, for one connection. */
export interface Framing {
  /** Whether there is a handshake before there is a connection. */
  readonly isGreeting: boolean;
  /** What the peer answers to it; undefined until it has heard enough. */
  greet(bytes: Uint8Array): Promise<Uint8Array | undefined>;
  /** A payload, framed. They are counted. */
  frame(payload: Uint8Array): Uint8Array;
  /** A question whether the connection is there. */
  question(): Uint8Array;
  /** The beginning of a frame that has so many bytes, without them. */
  begin(length: number): Uint8Array;
  /** What the connection has written. @throws Error for what nobody writes */
  hear(bytes: Uint8Array): readonly Heard[];
}

/** Bytes of several, one after the other. */
export function glued(...pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let filled = 0;
  for (const piece of pieces) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}

/** Bytes that wait to be whole. */
export class Waiting {
  #bytes: Uint8Array = new Uint8Array(0);

  add(bytes: Uint8Array): void {
    this.#bytes = glued(this.#bytes, bytes);
  }

  /** All of it, without taking it. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  take(count: number): Uint8Array {
    const taken = this.#bytes.slice(0, count);
    this.#bytes = this.#bytes.slice(count);
    return taken;
  }
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Text as bytes. */
export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
/** Bytes as text. */
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
