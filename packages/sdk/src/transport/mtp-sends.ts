/** Messages that were sent over MTP and are not acknowledged yet. */
import type { Clock } from '../ports/clock.ts';
import { encodePacket, type Transactions } from './mtp-packet.ts';
import type { PacketWriter } from './packet-writer.ts';
import { SendWindow, type WindowBounds } from './send-window.ts';

/** A message is sent again after so many seconds without an acknowledgement, and again after as many. */
const AGAIN_AFTER = 120;
/** So often it is sent. After as many seconds more the other side is given up. */
const TIMES = 3;

/** A message on its way. */
interface Sent {
  readonly packet: Uint8Array;
  readonly done: () => void;
  /** When it was written last, in seconds; undefined as long as it waits to be. */
  writtenAt: number | undefined;
  times: number;
}

/** Those of one connection. */
export class MtpSends {
  readonly #writer: PacketWriter;
  readonly #transactions: Transactions;
  readonly #clock: Clock;
  readonly #window: SendWindow;
  readonly #sent = new Map<bigint, Sent>();
  /** Of all that are not done, those that wait for their turn too. */
  readonly #rejects = new Set<(error: Error) => void>();
  #watchers: (() => void)[] = [];

  constructor(writer: PacketWriter, transactions: Transactions, clock: Clock, bounds: WindowBounds) {
    this.#writer = writer;
    this.#transactions = transactions;
    this.#clock = clock;
    this.#window = new SendWindow(bounds);
  }

  /** Whether none waits for its acknowledgement. */
  get isIdle(): boolean {
    return this.#rejects.size === 0;
  }

  /** Settles when none waits for its acknowledgement any longer. */
  async idle(): Promise<void> {
    if (!this.isIdle) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Sends a message when it is its turn. @returns when it was acknowledged */
  async send(body: Uint8Array): Promise<void> {
    const transaction = this.#transactions.take();
    // A copy: the caller may change its bytes, and they may be needed again.
    const packet = encodePacket({ type: 'message', transaction, body });
    await new Promise<void>((resolve, reject) => {
      this.#rejects.add(reject);
      const done = (): void => {
        this.#rejects.delete(reject);
        resolve();
        if (this.isIdle) this.#wake();
      };
      this.#window.enter(packet.length, () => {
        const sent: Sent = { packet, done, writtenAt: undefined, times: 0 };
        this.#sent.set(transaction, sent);
        this.#write(sent);
      });
    });
  }

  /** It was acknowledged. What matches nothing is ignored. */
  acknowledged(transaction: bigint): void {
    const sent = this.#sent.get(transaction);
    if (sent === undefined) return;
    this.#sent.delete(transaction);
    sent.done();
    this.#window.leave(sent.packet.length);
  }

  /**
   * Sends again what was not acknowledged for long, with the same transaction and bytes.
   * @returns whether one is to be given up: the other side does not do what it should
   */
  retry(now: number): boolean {
    for (const sent of this.#sent.values()) {
      if (sent.writtenAt === undefined) continue;
      // A clock that is set back does not make it wait for longer.
      sent.writtenAt = Math.min(sent.writtenAt, now);
      if (now < sent.writtenAt + AGAIN_AFTER) continue;
      if (sent.times === TIMES) return true;
      this.#write(sent);
    }
    return false;
  }

  /** When to call {@link retry} again, at the latest. */
  get next(): number {
    let next = Infinity;
    for (const { writtenAt } of this.#sent.values())
      if (writtenAt !== undefined) next = Math.min(next, writtenAt + AGAIN_AFTER);
    return next;
  }

  /** Those that wait for their turn need not wait any longer. */
  hurry(): void {
    this.#window.open();
  }

  /** None will be acknowledged. */
  fail(error: Error): void {
    this.#window.clear();
    this.#sent.clear();
    for (const reject of this.#rejects) reject(error);
    this.#rejects.clear();
    this.#wake();
  }

  #write(sent: Sent): void {
    sent.times += 1;
    sent.writtenAt = undefined;
    this.#writer.send(sent.packet, () => {
      sent.writtenAt = this.#clock.now();
    });
  }

  #wake(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }
}
