/** A link in the framing of older native clients, Mars. */
import { encodeBase64 } from 'dimp/extend';
import { isSign, LONGEST_SIGN, signBytes } from 'dimsdk/internal';
import type { LinkEnd, OutgoingPayload } from '../ports/link.ts';
import type { LinkShared } from './link-shared.ts';
import type { LinkSocket } from './link-socket.ts';
import { encodeMars, MarsDecoder, type MarsPacket } from './mars-packet.ts';
import { RepeatedSends } from './repeated-sends.ts';
import { StreamLink } from './stream-link.ts';

/** What a push begins with: a serial number, which the answer to it repeats. */
const SERIAL = 'Mars SN:';
const SERIAL_BYTES = asciiBytes(SERIAL);
/** Letters of a serial number: four bytes in base64; others may have longer ones. */
const LONGEST_SERIAL = 64;
const LINE_END = 0x0a;

const PONG = signBytes('PONG');
const NOTHING = new Uint8Array(0);

/** A body, and the serial number before it. */
interface Numbered {
  readonly serial: string | undefined;
  readonly body: Uint8Array;
}

/**
 * The station's side of Mars. Payloads of clients come as `send`; that one was kept is said by an empty push, as deployed
 * stations do where there is no answer. What goes to clients are pushes.
 */
export class MarsLink extends StreamLink<MarsPacket> {
  readonly framing = 'mars';
  readonly #decoder: MarsDecoder;
  readonly #sends: RepeatedSends<string>;

  constructor(socket: LinkSocket, shared: LinkShared) {
    super(socket, shared);
    this.#decoder = new MarsDecoder(shared.limits.payloadBytes);
    this.#sends = new RepeatedSends(shared.limits, this.waiting);
  }

  protected override deliver(payload: OutgoingPayload): void {
    const serial = this.#serial();
    const position = this.#push(serial, payload.bytes);
    this.#sends.add(serial, payload, position, this.shared.time.now());
  }

  protected override decode(piece: Uint8Array): Iterator<MarsPacket, void> {
    return this.#decoder.packets(piece);
  }

  protected override handle({ command, sequence, body }: MarsPacket): void {
    switch (command) {
      case 'noop':
        this.sign();
        this.outgoing.add(encodeMars('noop', sequence, body));
        return;
      case 'send':
        if (!isSign(body, 'PING')) return this.#take(numbered(body));
        this.sign();
        this.outgoing.add(encodeMars('send', sequence, PONG));
        return;
      case 'push':
        return this.#answered(numbered(body));
      // Others are refused without a word, as deployed stations do.
      case undefined:
        this.sign();
    }
  }

  protected override unanswered(now: number): LinkEnd | undefined {
    const isOverdue = this.#sends.isOverdue(now, this.outgoing.taken, (serial, bytes) => this.#push(serial, bytes));
    return isOverdue ? 'slow' : undefined;
  }

  protected override taken(): void {
    // Each message is acknowledged by itself.
  }

  protected override get sentSince(): number {
    return this.#sends.since;
  }

  protected override forget(): void {
    this.#sends.clear();
  }

  /** The answer to a push; or a push of the client's own. */
  #answered({ serial, body }: Numbered): void {
    if (body.length > LONGEST_SIGN) return this.#take({ serial, body });
    if (serial === undefined || !isSign(body, 'OK')) return this.sign();
    const payload = this.#sends.acknowledged(serial);
    if (payload !== undefined) this.acknowledged(payload);
  }

  #take({ serial, body }: Numbered): void {
    const acknowledge = (): void => {
      if (serial === undefined) this.#push(this.#serial(), NOTHING);
      else this.#push(serial, signBytes('OK'));
    };
    if (body.length > LONGEST_SIGN) return this.receive(body, acknowledge);
    this.sign();
    acknowledge();
  }

  #push(serial: string, body: Uint8Array): number {
    const start = asciiBytes(`${SERIAL}${serial}\n`);
    const bytes = new Uint8Array(start.length + body.length);
    bytes.set(start);
    bytes.set(body, start.length);
    this.outgoing.add(encodeMars('push', 0, bytes));
    return this.outgoing.end;
  }

  /** Four bytes, counted on from a random start. */
  #serial(): string {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, Number(BigInt.asUintN(32, this.shared.transactions.take())));
    return encodeBase64(bytes);
  }
}

function numbered(body: Uint8Array): Numbered {
  const whole: Numbered = { serial: undefined, body };
  if (!SERIAL_BYTES.every((byte, index) => body[index] === byte)) return whole;
  const end = body.subarray(0, SERIAL_BYTES.length + LONGEST_SERIAL + 1).indexOf(LINE_END);
  if (end === -1) return whole;
  const serial = String.fromCharCode(...body.subarray(SERIAL_BYTES.length, end));
  return { serial, body: body.subarray(end + 1) };
}

function asciiBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}
