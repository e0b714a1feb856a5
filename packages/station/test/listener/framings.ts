/** Bytes of each framing, as a client writes them. */
import { encodePacket } from 'dimsdk/internal';
import { encodeMars } from '../../src/link/mars-packet.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The request of a WebSocket, with the example of RFC 6455 for a key. */
export const upgrade = (...headers: readonly string[]): Uint8Array =>
  bytes(
    [
      'GET / HTTP/1.1',
      'Host: 127.0.0.1',
      'Upgrade: websocket',
      'Connection: Upgrade',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      'Sec-WebSocket-Version: 13',
      ...headers,
      '',
      '',
    ].join('\r\n'),
  );

const MASK = [0x11, 0x22, 0x33, 0x44] as const;

/** A frame of a client, masked. */
export function frame(payload: Uint8Array | string, first = 0x81): Uint8Array {
  const body = typeof payload === 'string' ? bytes(payload) : payload;
  const { length } = body;
  const size = length < 126 ? [0x80 | length] : [0x80 | 126, length >> 8, length & 0xff];
  return Uint8Array.from([first, ...size, ...MASK, ...body.map((byte, index) => byte ^ (MASK[index % 4] ?? 0))]);
}

export const message = (transaction: bigint, text: string): Uint8Array =>
  encodePacket({ type: 'message', transaction, body: bytes(text) });

export const ok = (transaction: bigint): Uint8Array =>
  encodePacket({ type: 'message-response', transaction, body: bytes('OK') });

export const ping = (transaction: bigint): Uint8Array =>
  encodePacket({ type: 'command', transaction, body: bytes('PING') });

export const pong = (transaction: bigint): Uint8Array =>
  encodePacket({ type: 'command-response', transaction, body: bytes('PONG') });

export const marsSend = (sequence: number, text: string): Uint8Array => encodeMars('send', sequence, bytes(text));
