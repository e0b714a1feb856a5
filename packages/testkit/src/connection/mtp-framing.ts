/** MTP, as the contract's peer speaks it: with headers of 16 bytes alone, as all deployed stations write. */
import { bytesOf, glued, textOf, Waiting, type Framing, type Heard } from './framing.ts';

const HEADER = 16;
const MAGIC = 0x44494d;
const COMMAND = 0x40;
const COMMAND_RESPONSE = 0x41;
const MESSAGE = 0x42;
const MESSAGE_RESPONSE = 0x43;

/** The first transaction of the peer. */
const FIRST = 0x1000n;

/** A peer's side of one connection. */
export class MtpFraming implements Framing {
  readonly isGreeting = false;
  readonly #waiting = new Waiting();
  readonly #framed: bigint[] = [];
  #next = FIRST;

  async greet(): Promise<undefined> {
    return undefined;
  }

  frame(payload: Uint8Array): Uint8Array {
    const transaction = this.#take();
    this.#framed.push(transaction);
    return packet(MESSAGE, transaction, payload);
  }

  /** Counts a payload that was framed elsewhere, with this transaction. */
  framedAs(transaction: bigint): void {
    this.#framed.push(transaction);
  }

  question(): Uint8Array {
    return packet(COMMAND, this.#take(), bytesOf('PING'));
  }

  begin(length: number): Uint8Array {
    return header(MESSAGE, this.#take(), length);
  }

  hear(bytes: Uint8Array): readonly Heard[] {
    this.#waiting.add(bytes);
    const heard: Heard[] = [];
    while (this.#waiting.bytes.length >= HEADER) {
      const view = new DataView(this.#waiting.bytes.buffer);
      if (view.getUint32(0) >>> 8 !== MAGIC) throw new Error('what is no packet');
      const length = view.getUint32(12);
      if (this.#waiting.bytes.length < HEADER + length) break;
      const [kind, transaction] = [view.getUint8(3), view.getBigUint64(4)];
      this.#waiting.take(HEADER);
      heard.push(this.#understand(kind, transaction, this.#waiting.take(length)));
    }
    return heard;
  }

  #understand(kind: number, transaction: bigint, body: Uint8Array): Heard {
    switch (kind) {
      case MESSAGE:
        return { what: 'payload', bytes: body, answer: packet(MESSAGE_RESPONSE, transaction, bytesOf('OK')) };
      case COMMAND:
        return { what: 'question', answer: packet(COMMAND_RESPONSE, transaction, bytesOf('PONG')) };
      case COMMAND_RESPONSE:
        return { what: 'answer' };
      case MESSAGE_RESPONSE:
        if (textOf(body) !== 'OK') throw new Error(`an acknowledgement that says ${textOf(body)}`);
        return { what: 'acknowledgement', of: this.#framed.indexOf(transaction) };
      default:
        throw new Error(`a packet of the kind ${kind.toString(16)}`);
    }
  }

  #take(): bigint {
    const taken = this.#next;
    this.#next += 1n;
    return taken;
  }
}

function header(kind: number, transaction: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(HEADER);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC * 256 + kind);
  view.setBigUint64(4, transaction);
  view.setUint32(12, length);
  return bytes;
}

function packet(kind: number, transaction: bigint, body: Uint8Array): Uint8Array {
  return glued(header(kind, transaction, body.length), body);
}
