/** The framings of the network, written by hand, byte by byte: what ours and a peer's have in common is not used here. */
import { createHash, randomBytes } from 'node:crypto';

export const FRAMINGS = ['MTP', 'WebSocket', 'Mars'] as const;

export type FramingName = (typeof FRAMINGS)[number];

/** What came in one frame. */
export interface Frame {
  /** How many bytes it was. */
  readonly length: number;
  /** A message, or a word of the framing: PONG. */
  readonly payload?: string;
  /** What to write when the message is taken. */
  readonly acknowledgement?: Buffer;
  /** What the framing itself says: it has what was sent, or answers a control frame. */
  readonly said?: string;
}

/** One framing. */
export interface Framing {
  /** What a client writes first, in one piece, before it hears anything. */
  readonly opening?: Buffer;
  write(payload: string): Buffer;
  /** The first frame of what has come; undefined while it is not whole. */
  read(bytes: Buffer): Frame | undefined;
}

/** A framing for one connection. */
export function framingOf(name: FramingName): Framing {
  if (name === 'MTP') return mtp();
  return name === 'Mars' ? mars() : webSocket();
}

function mtp(): Framing {
  let transaction = 1n;
  const packet = (type: string, id: Buffer, body: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(body));
    return Buffer.concat([Buffer.from(`44494d${type}`, 'hex'), id, length, Buffer.from(body)]);
  };
  return {
    write: (payload) => {
      const id = Buffer.alloc(8);
      id.writeBigUInt64BE(transaction++);
      return packet(payload.startsWith('{') ? '42' : '40', id, payload);
    },
    read: (bytes) => {
      if (bytes.length < 16) return undefined;
      const length = 16 + bytes.readUInt32BE(12);
      if (bytes.length < length) return undefined;
      if (bytes.toString('latin1', 0, 3) !== 'DIM') throw new Error('this is no MTP');
      const [type, body] = [bytes[3], bytes.toString('utf8', 16, length)];
      if (type === 0x42) return { length, payload: body, acknowledgement: packet('43', bytes.subarray(4, 12), 'OK') };
      return type === 0x43 ? { length, said: body } : { length, payload: body };
    },
  };
}

const [MARS_SEND, MARS_PUSH] = [3, 10_001];

function mars(): Framing {
  let sequence = 1;
  const packet = (command: number, number: number, body: string): Buffer => {
    const header = Buffer.alloc(20);
    for (const [index, value] of [20, 200, command, number, Buffer.byteLength(body)].entries())
      header.writeUInt32BE(value, index * 4);
    return Buffer.concat([header, Buffer.from(body)]);
  };
  return {
    write: (payload) => packet(MARS_SEND, sequence++, payload),
    read: (bytes) => {
      if (bytes.length < 20) return undefined;
      const length = bytes.readUInt32BE(0) + bytes.readUInt32BE(16);
      if (bytes.length < length) return undefined;
      const body = bytes.toString('utf8', bytes.readUInt32BE(0), length);
      if (bytes.readUInt32BE(8) !== MARS_PUSH) return { length, payload: body };
      const end = body.indexOf('\n');
      const [number, payload] = [body.slice(0, end), body.slice(end + 1)];
      // An empty push says that what was sent is there, and that nothing answers it.
      if (payload === '') return { length, said: 'OK' };
      return { length, payload, acknowledgement: packet(MARS_PUSH, 0, `${number}\nOK`) };
    },
  };
}

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const UPGRADED = '101 Switching Protocol';

function webSocket(): Framing {
  const key = randomBytes(16).toString('base64');
  let isOpen = false;
  return {
    opening: Buffer.from(
      `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\n` +
        'Sec-WebSocket-Version: 13\r\n\r\n',
    ),
    write: (payload) => maskedFrame(0x81, payload),
    read: (bytes) => {
      if (isOpen) return readFrame(bytes);
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) return undefined;
      const answer = bytes.toString('latin1', 0, end);
      const accept = createHash('sha1').update(`${key}${GUID}`).digest('base64');
      if (!answer.includes(UPGRADED) || !answer.includes(accept)) throw new Error(`no WebSocket: ${answer}`);
      isOpen = true;
      return { length: end + 4, said: 'open' };
    },
  };
}

/** A frame of a client. The first byte says what it is: 0x81 a whole text, 0x88 a close, 0x89 a ping. */
export function maskedFrame(first: number, text: string): Buffer {
  const [mask, body] = [randomBytes(4), Buffer.from(text)];
  const size = body.length < 126 ? Buffer.alloc(2) : Buffer.alloc(4);
  size[0] = first;
  size[1] = 0x80 | (body.length < 126 ? body.length : 126);
  if (body.length >= 126) size.writeUInt16BE(body.length, 2);
  for (const [index, byte] of body.entries()) body[index] = byte ^ (mask[index % 4] ?? 0);
  return Buffer.concat([size, mask, body]);
}

const CONTROL: Readonly<Record<number, string>> = { 0x88: 'close', 0x89: 'ping', 0x8a: 'pong' };

function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const [first = 0, short = 0] = bytes;
  if (short === 127) throw new Error('a text of a station is not that long here');
  const begin = short === 126 ? 4 : 2;
  if (bytes.length < begin) return undefined;
  const length = begin + (short === 126 ? bytes.readUInt16BE(2) : short);
  if (bytes.length < length) return undefined;
  const said = CONTROL[first];
  if (said !== undefined) return { length, said };
  if (first !== 0x81) throw new Error(`a frame of a station begins with ${first}`);
  const payload = bytes.toString('utf8', begin, length);
  const acknowledgement = acknowledgementOf(payload);
  return { length, payload, ...(acknowledgement !== undefined && { acknowledgement }) };
}

/** As browsers do: they do not read the message, but look for two words in it. */
function acknowledgementOf(payload: string): Buffer | undefined {
  if (!payload.startsWith('{') || !payload.includes('signature') || !payload.includes('time')) return undefined;
  return maskedFrame(0x81, `ACK:{"time":${valueOf(payload, 'time')},"signature":${valueOf(payload, 'signature')}}`);
}

function valueOf(payload: string, word: string): string {
  const begin = payload.indexOf(':', payload.indexOf(word)) + 1;
  const comma = payload.indexOf(',', begin);
  const end = comma < 0 ? payload.indexOf('}', begin) : comma;
  return payload.slice(begin, end).replace(/}$/, '').trim();
}
