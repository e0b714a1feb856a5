/** A connection in the framing of deployed clients and stations over TCP, MTP, over any stream of bytes. */
import { DimError } from 'dimp';
import type { Clock } from '../ports/clock.ts';
import type { Connection, ConnectionEnd, IncomingPayload } from '../ports/connection.ts';
import type { ByteStream } from './byte-stream.ts';
import { LONGEST_SIGN, payloadArgument, readConnectionLimits, type ConnectionLimits } from './connection-limits.ts';
import { IncomingQueue, queueBounds } from './incoming-queue.ts';
import { KeepAlive } from './keep-alive.ts';
import { failure, Lifetime, MOMENT } from './lifetime.ts';
import { MtpDecoder } from './mtp-decoder.ts';
import { MtpFragments } from './mtp-fragments.ts';
import { encodePacket, Transactions, type MtpPacket, type MtpPage } from './mtp-packet.ts';
import { MtpSends } from './mtp-sends.ts';
import { PacketWriter } from './packet-writer.ts';
import { isSign, signBytes } from './signs.ts';

/** So many bytes more of a body are a sign of the other side. Who sends one now and then does not get to its end. */
const SIGN_BYTES = 1024;

/** How an {@link MtpConnection} is made. */
export interface MtpConnectionOptions {
  readonly clock: Clock;
  /** The defaults for those that are not given. */
  readonly limits?: Partial<ConnectionLimits> | undefined;
  /** One for all connections of a process; a new one, if not given. */
  readonly transactions?: Transactions | undefined;
}

/**
 * A client's side of MTP. It says `OK` to a message when the message is acknowledged here, and not when it comes: what is
 * lost in between comes again.
 *
 * A `send` is done with the `OK` of the other side. It is repeated after 120 and 240 seconds; after 360 the connection ends,
 * as the other side does not keep to the protocol.
 *
 * @example
 * ```ts
 * import { systemClock, type Connection } from 'dimsdk';
 * import { MtpConnection, type ByteStream } from 'dimsdk/extend';
 *
 * // Any stream: of a platform's own sockets, or through a tunnel.
 * function connectionOver(stream: ByteStream): Connection {
 *   return new MtpConnection(stream, { clock: systemClock });
 * }
 * ```
 */
export class MtpConnection implements Connection {
  readonly name: string;
  readonly incoming: AsyncIterable<IncomingPayload>;
  readonly ended: Promise<ConnectionEnd>;
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  readonly #limits: ConnectionLimits;
  readonly #life = new Lifetime((error) => this.#finish(failure(error)));
  readonly #alive: KeepAlive;
  readonly #queue = new IncomingQueue();
  readonly #transactions: Transactions;
  readonly #fragments: MtpFragments;
  readonly #writer: PacketWriter;
  readonly #sends: MtpSends;
  #closing: Promise<void> | undefined;
  /** Settles when the stream is done with. */
  #released: Promise<void> = Promise.resolve();

  /**
   * @param stream an open one; it belongs to the connection from now on
   * @throws DimError `USAGE_ARGUMENT` for limits that are none
   */
  constructor(stream: ByteStream, { clock, limits, transactions = new Transactions() }: MtpConnectionOptions) {
    this.name = stream.name;
    this.incoming = { [Symbol.asyncIterator]: () => this.#queue[Symbol.asyncIterator]() };
    this.ended = this.#life.ended;
    this.#stream = stream;
    this.#clock = clock;
    this.#limits = readConnectionLimits(limits);
    this.#alive = new KeepAlive(clock.now());
    this.#transactions = transactions;
    this.#fragments = new MtpFragments(this.#limits.payloadBytes);
    this.#writer = new PacketWriter(stream, {
      wrote: () => this.#alive.wrote(clock.now()),
      failed: (error) => this.#finish(failure(error)),
    });
    const { unansweredSends: sends, unansweredBytes: bytes } = this.#limits;
    this.#sends = new MtpSends(this.#writer, transactions, clock, { sends, bytes });
    void this.#read();
    void this.#life.attend(clock, this.#next, (now) => this.#step(now));
  }

  async send(bytes: Uint8Array): Promise<void> {
    const body = payloadArgument(bytes, this.#limits);
    if (this.#closing !== undefined || this.#life.end !== undefined) throw this.#life.lost();
    const sent = this.#sends.send(body);
    // Its acknowledgement may stand behind more than was to be read before.
    this.#queue.wake();
    return sent;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    this.#sends.hurry();
    await Promise.race([this.#idle(), this.#life.wait(this.#clock, MOMENT)]);
    this.#finish({ reason: 'closed' });
    await this.#released;
  }

  async #idle(): Promise<void> {
    await this.#sends.idle();
    await this.#writer.idle();
  }

  #finish(end: ConnectionEnd): void {
    if (!this.#life.finish(this.#closing === undefined ? end : { reason: 'closed' })) return;
    this.#queue.end();
    this.#writer.end();
    this.#sends.fail(this.#life.lost());
    this.#released = this.#release(end);
  }

  async #release({ reason }: ConnectionEnd): Promise<void> {
    try {
      if (reason === 'closed' || reason === 'ended') await this.#stream.close();
      else this.#stream.destroy();
    } catch {
      // It is over, whatever the stream says.
    }
  }

  get #next(): number {
    return Math.min(this.#alive.next, this.#sends.next);
  }

  #step(now: number): number {
    if (this.#sends.retry(now))
      this.#finish(failure(new DimError('CONNECTION_LOST', 'the other side does not acknowledge what it is sent')));
    const step = this.#alive.step(now);
    if (step === 'give-up') this.#finish({ reason: 'silent' });
    if (step === 'ask') {
      const transaction = this.#transactions.take();
      this.#writer.answer(encodePacket({ type: 'command', transaction, body: signBytes('PING') }));
    }
    return this.#next;
  }

  async #read(): Promise<void> {
    const decoder = new MtpDecoder(this.#limits.payloadBytes);
    let filled = 0;
    try {
      for (let piece = await this.#stream.read(); piece !== undefined; piece = await this.#stream.read()) {
        for (const packet of decoder.packets(piece)) {
          filled = 0;
          this.#alive.heard(this.#clock.now());
          this.#take(packet);
          if (this.#isFull || this.#writer.isFull) await this.#room();
          if (this.#life.end !== undefined) return;
        }
        if (decoder.filled < filled + SIGN_BYTES) continue;
        filled = decoder.filled;
        this.#alive.heard(this.#clock.now());
      }
      this.#finish({ reason: 'ended' });
    } catch (error) {
      this.#finish(failure(error));
    }
  }

  get #isFull(): boolean {
    return this.#queue.isFull(queueBounds(this.#limits, !this.#sends.isIdle));
  }

  /** Waits until more may be read. Where the other side does not take its answers, it is silent. */
  async #room(): Promise<void> {
    await this.#writer.room();
    if (!this.#isFull) return;
    this.#alive.hold();
    while (this.#isFull && this.#life.end === undefined) await this.#queue.changed();
    this.#alive.release(this.#clock.now());
  }

  #take(packet: MtpPacket): void {
    const { type, transaction, body } = packet;
    switch (type) {
      case 'command':
        return this.#respond(packet, isSign(body, 'PING') ? 'PONG' : 'OK');
      case 'message-response':
        // Anything else does not say that it has the message: `AGAIN`, that it should be sent once more, and so it is.
        if (transaction !== undefined && isSign(body, 'OK')) this.#sends.acknowledged(transaction);
        return;
      case 'message':
        return this.#receive(body, () => this.#respond(packet, 'OK'));
      case 'fragment':
        return this.#join(packet);
      case 'command-response':
    }
  }

  #respond({ type, transaction, page }: MtpPacket, sign: 'PONG' | 'OK'): void {
    const response = type === 'command' ? 'command-response' : 'message-response';
    this.#writer.answer(encodePacket({ type: response, transaction, page, body: signBytes(sign) }));
  }

  #receive(bytes: Uint8Array, respond: () => void): void {
    if (bytes.length <= LONGEST_SIGN) return respond();
    let isAcknowledged = false;
    const acknowledge = (): void => {
      if (isAcknowledged || this.#life.end !== undefined) return;
      isAcknowledged = true;
      respond();
    };
    this.#queue.push({ bytes, acknowledge });
  }

  #join(packet: MtpPacket): void {
    const { transaction } = packet;
    const joined = this.#fragments.join(packet, this.#clock.now());
    if (joined === 'acknowledge') return this.#respond(packet, 'OK');
    if (joined === undefined) return;
    this.#receive(joined.bytes, () => {
      this.#fragments.acknowledged(transaction);
      if (packet.page === undefined) return this.#respond(packet, 'OK');
      for (let index = 0; index < joined.pages; index += 1) {
        const page: MtpPage = { index, pages: joined.pages };
        this.#respond({ ...packet, page }, 'OK');
      }
    });
  }
}
