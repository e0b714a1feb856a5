/** A link in the framing of deployed clients over TCP, MTP. */
import { DimError } from 'dimp';
import {
  encodePacket,
  isSign,
  LONGEST_SIGN,
  MtpDecoder,
  MtpFragments,
  signBytes,
  type MtpPacket,
} from 'dimsdk/internal';
import type { LinkEnd, OutgoingPayload } from '../ports/link.ts';
import type { LinkShared } from './link-shared.ts';
import type { LinkSocket } from './link-socket.ts';
import { RepeatedSends } from './repeated-sends.ts';
import { StreamLink } from './stream-link.ts';

/** Deployed clients send none over TCP; over UDP a payload of so many fragments has 2 MiB. */
const MOST_PAGES = 4096;
/** Fragments that wait for others may weigh so often what a payload may. */
const MOST_WAITING = 2;
const FRAGMENT_OVERHEAD = 128;

const PONG = signBytes('PONG');
const OK = signBytes('OK');

/**
 * The station's side of MTP. It says `OK` to a message when that was kept, and not when it comes: what is lost in between
 * comes again. The `OK`s may come in any order.
 */
export class MtpLink extends StreamLink<MtpPacket> {
  readonly framing = 'mtp';
  readonly #decoder: MtpDecoder;
  readonly #sends: RepeatedSends<bigint>;
  #fragments: MtpFragments | undefined;
  /** What fragments weigh that wait for others, at the most. */
  #waiting = 0;

  constructor(socket: LinkSocket, shared: LinkShared) {
    super(socket, shared);
    this.#decoder = new MtpDecoder(shared.limits.payloadBytes);
    this.#sends = new RepeatedSends(shared.limits, this.waiting);
  }

  protected override deliver(payload: OutgoingPayload): void {
    const transaction = this.shared.transactions.take();
    const position = this.#write(transaction, payload.bytes);
    this.#sends.add(transaction, payload, position, this.shared.time.now());
  }

  protected override decode(piece: Uint8Array): Iterator<MtpPacket, void> {
    return this.#decoder.packets(piece);
  }

  protected override handle(packet: MtpPacket): void {
    const { type, transaction, body } = packet;
    switch (type) {
      case 'command':
        this.sign();
        return this.#respond(packet, isSign(body, 'PING') ? PONG : OK);
      case 'message-response': {
        // Anything else does not say that it has the message: `AGAIN`, that it should be sent once more, and so it is.
        if (transaction === undefined || !isSign(body, 'OK')) return;
        const payload = this.#sends.acknowledged(transaction);
        if (payload !== undefined) this.acknowledged(payload);
        return;
      }
      case 'message':
        return this.#take(body, () => this.#respond(packet, OK));
      case 'fragment':
        return this.#join(packet);
      case 'command-response':
    }
  }

  protected override unanswered(now: number): LinkEnd | undefined {
    const isOverdue = this.#sends.isOverdue(now, this.outgoing.taken, (transaction, bytes) =>
      this.#write(transaction, bytes),
    );
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
    this.#fragments = undefined;
  }

  #write(transaction: bigint, body: Uint8Array): number {
    this.outgoing.add(encodePacket({ type: 'message', transaction, body }));
    return this.outgoing.end;
  }

  #respond({ type, transaction, page }: MtpPacket, body: Uint8Array): void {
    const response = type === 'command' ? 'command-response' : 'message-response';
    this.outgoing.add(encodePacket({ type: response, transaction, page, body }));
  }

  #take(bytes: Uint8Array, respond: () => void): void {
    if (bytes.length > LONGEST_SIGN) return this.receive(bytes, respond);
    this.sign();
    respond();
  }

  #join(packet: MtpPacket): void {
    const { payloadBytes } = this.shared.limits;
    if ((packet.page?.pages ?? 1) > MOST_PAGES)
      throw new DimError('INPUT_LIMIT', `a payload is in more than ${MOST_PAGES} fragments`);
    this.sign();
    this.#fragments ??= new MtpFragments(payloadBytes);
    const joined = this.#fragments.join(packet, this.shared.time.now());
    if (joined === 'acknowledge') return this.#respond(packet, OK);
    this.#waiting += packet.body.length + FRAGMENT_OVERHEAD;
    if (joined === undefined) {
      if (this.#waiting <= MOST_WAITING * payloadBytes + MOST_PAGES * FRAGMENT_OVERHEAD) return;
      throw new DimError('INPUT_LIMIT', 'too many fragments wait for others');
    }
    const { bytes, pages } = joined;
    this.#waiting = Math.max(0, this.#waiting - bytes.length - pages * FRAGMENT_OVERHEAD);
    this.#take(bytes, () => this.#respondToPages(packet, pages));
  }

  /** Says of each fragment that it is there, once all are. */
  #respondToPages(packet: MtpPacket, pages: number): void {
    this.#fragments?.acknowledged(packet.transaction);
    if (packet.page === undefined) return this.#respond(packet, OK);
    for (let index = 0; index < pages; index += 1) this.#respond({ ...packet, page: { index, pages } }, OK);
  }
}
