/** WebSockets, as the contract's peer speaks them: with the answer of deployed stations, and RFC 6455 for the rest. */
import { bytesOf, glued, textOf, Waiting, type Framing, type Heard } from './framing.ts';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 0x1;
const BINARY = 0x2;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const FIN = 0x80;

/** A frame of the connection. */
interface Frame {
  readonly opcode: number;
  readonly body: Uint8Array;
}

/** A peer's side of one connection. */
export class WebSocketFraming implements Framing {
  readonly isGreeting = true;
  readonly #waiting = new Waiting();
  readonly #framed: (string | undefined)[] = [];

  async greet(bytes: Uint8Array): Promise<Uint8Array | undefined> {
    this.#waiting.add(bytes);
    const request = textOf(this.#waiting.bytes);
    const end = request.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    this.#waiting.take(end + 4);
    const key = /^sec-websocket-key:(.*)$/im.exec(request)?.[1]?.trim();
    if (!request.startsWith('GET /') || key === undefined) throw new Error('no handshake of a WebSocket');
    return bytesOf(answerTo(await acceptOf(key)));
  }

  frame(payload: Uint8Array): Uint8Array {
    this.#framed.push(signatureOf(payload));
    return frame(TEXT, payload);
  }

  question(): Uint8Array {
    return frame(TEXT, bytesOf('PING'));
  }

  begin(length: number): Uint8Array {
    return header(TEXT, length);
  }

  hear(bytes: Uint8Array): readonly Heard[] {
    this.#waiting.add(bytes);
    const heard: Heard[] = [];
    for (let read = this.#readFrame(); read !== undefined; read = this.#readFrame())
      heard.push(...this.#understand(read));
    return heard;
  }

  #understand({ opcode, body }: Frame): readonly Heard[] {
    if (opcode === CLOSE) return [{ what: 'goodbye', answer: frame(CLOSE, body.slice(0, 2)) }];
    if (opcode === PING) return [{ what: 'question', answer: frame(PONG, body) }];
    if (opcode === PONG) return [];
    if (opcode !== TEXT && opcode !== BINARY) throw new Error(`a frame with opcode ${opcode}`);
    const text = textOf(body);
    if (text === 'PING') return [{ what: 'question', answer: frame(TEXT, bytesOf('PONG')) }];
    if (text === 'PONG') return [{ what: 'answer' }];
    if (!text.startsWith('ACK:')) return [{ what: 'payload', bytes: body, answer: undefined }];
    const { signature } = JSON.parse(text.slice(4)) as { readonly signature?: string };
    return [{ what: 'acknowledgement', of: this.#framed.indexOf(signature) }];
  }

  #readFrame(): Frame | undefined {
    const { bytes } = this.#waiting;
    const [first, second] = bytes;
    if (first === undefined || second === undefined) return undefined;
    if ((second & 0x80) === 0) throw new Error('a frame that is not masked');
    const extra = (second & 0x7f) === 127 ? 8 : (second & 0x7f) === 126 ? 2 : 0;
    if (bytes.length < 2 + extra) return undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const length = extra === 8 ? Number(view.getBigUint64(2)) : extra === 2 ? view.getUint16(2) : second & 0x7f;
    const start = 2 + extra + 4;
    if (bytes.length < start + length) return undefined;
    if ((first & FIN) === 0) throw new Error('a frame that is a part');
    const mask = bytes.slice(start - 4, start);
    const body = this.#waiting.take(start + length).slice(start);
    return { opcode: first & 0x0f, body: body.map((byte, index) => byte ^ (mask[index % 4] ?? 0)) };
  }
}

function frame(opcode: number, body: Uint8Array): Uint8Array {
  return glued(header(opcode, body.length), body);
}

function header(opcode: number, length: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(10));
  view.setUint8(0, FIN | opcode);
  view.setUint8(1, length < 126 ? length : length < 65_536 ? 126 : 127);
  if (length < 126) return new Uint8Array(view.buffer, 0, 2);
  if (length < 65_536) view.setUint16(2, length);
  else view.setBigUint64(2, BigInt(length));
  return new Uint8Array(view.buffer, 0, length < 65_536 ? 4 : 10);
}

/** The lines of deployed stations. */
function answerTo(accept: string): string {
  return [
    'HTTP/1.1 101 Switching Protocol',
    'Server: DIM-Station',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'WebSocket-Protocol: DIMP',
    `Sec-WebSocket-Accept: ${accept}`,
    '',
    '',
  ].join('\r\n');
}

async function acceptOf(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(key + GUID));
  return btoa(String.fromCharCode(...new Uint8Array(digest)));
}

/** Of the message itself; undefined where it is none. */
function signatureOf(payload: Uint8Array): string | undefined {
  try {
    return (JSON.parse(textOf(payload)) as { readonly signature?: string } | null)?.signature;
  } catch {
    return undefined;
  }
}
