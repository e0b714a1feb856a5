/** The part of the platform's WebSocket that is used here: browsers, workers, Node, Deno, Bun and `ws` have it. */
import { DimError } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';

/** An open WebSocket, or one that is opening. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  /** Bytes that were sent and that the network has not taken. */
  readonly bufferedAmount: number;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** Makes one: `WebSocket` itself is such a class. */
export type WebSocketClass = new (url: string) => WebSocketLike;

/** What some of them have beside it. */
export interface WebSocketExtras {
  addEventListener(type: 'open' | 'message' | 'close' | 'error', listener: (event: WebSocketEvent) => void): void;
  /** Of `ws`: stops reading. */
  pause?: (() => void) | undefined;
  resume?: (() => void) | undefined;
  /** Of `ws`: ends it without waiting for the other side. */
  terminate?: (() => void) | undefined;
}

/** What events may have. */
export interface WebSocketEvent {
  /** Of a message. */
  readonly data?: unknown;
  /** Why it was closed: a number of RFC 6455, section 7.4. */
  readonly code?: number | undefined;
  /** Of `ws`. */
  readonly error?: unknown;
}

/** The states of `readyState`. */
export const OPEN = 1;

/** A payload as text and as bytes. */
export interface TextPayload {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/**
 * What a frame holds, a text one or a binary one.
 * @throws DimError `INPUT_LIMIT` when it has more bytes than it may, `INPUT_FORMAT` when it is not UTF-8
 */
export function payloadOf(data: unknown, payloadBytes: number): TextPayload {
  const bytes = typeof data === 'string' ? encodeUtf8(data) : bytesOf(data);
  if (bytes.length > payloadBytes)
    throw new DimError('INPUT_LIMIT', `a frame has more than ${payloadBytes} bytes (limits.payloadBytes)`);
  return { text: typeof data === 'string' ? data : decodeUtf8(bytes), bytes };
}

/** Of any realm. */
function bytesOf(data: unknown): Uint8Array {
  if (Object.prototype.toString.call(data) === '[object ArrayBuffer]') return new Uint8Array(data as ArrayBuffer);
  throw new DimError('INTERNAL_PLATFORM', 'a WebSocket gave neither text nor an ArrayBuffer');
}

/** The end that an error of a WebSocket means; `ws` tells what the other side did wrong. */
export function socketFailure(error: unknown): DimError {
  const code = (error as { readonly code?: unknown } | null | undefined)?.code;
  const known = typeof code === 'string' ? code : '';
  if (known === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH')
    return new DimError('INPUT_LIMIT', 'a frame is too long (limits.payloadBytes)', { cause: error });
  if (known.startsWith('WS_ERR_')) return new DimError('INPUT_FORMAT', 'a frame is none', { cause: error });
  return new DimError('CONNECTION_LOST', 'the WebSocket failed', { cause: error });
}
