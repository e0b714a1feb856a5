/** The sender: parcels go out in order through one connection after the other, several under way at a time. */
import { isDimError, type Content } from 'dimp';
import { Signal } from '../device/signal.ts';
import type { OwnDevice } from '../device/own-device.ts';
import type { Connection } from '../ports/connection.ts';
import type { Row } from '../ports/client-store.ts';
import { MAX_AGE, type Outbox } from './outbox.ts';
import type { Ledger } from './ledger.ts';
import type { Parcel } from './parcel-table.ts';

/** How many parcels are under way at a time. */
const WINDOW = 64;

/**
 * How often a parcel goes out at most: each time a connection ended before a receipt came. Stations say nothing of what
 * comes again; so it is as good as stored then.
 */
const MAX_ATTEMPTS = 8;

/** After how long, in seconds, what was sent without a receipt goes out again where the connection is a new one. */
const RECONNECT_TIME = 60;

/** How long the station may take with its receipt before a parcel counts as lost, where the connection lives, in seconds. */
const RECEIPT_TIME = 15 * 60;

/** Sends what is queued. */
export class Sender<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #outbox: Outbox<C>;
  readonly #ledger: Ledger<C>;
  readonly #signal = new Signal();
  /** Through the last connection. */
  #run: Run | undefined;

  constructor(device: OwnDevice<C>, outbox: Outbox<C>, ledger: Ledger<C>) {
    this.#device = device;
    this.#outbox = outbox;
    this.#ledger = ledger;
  }

  /** There is something to do. */
  wake(): void {
    this.#signal.set();
  }

  /** Packs and sends until the connection ends, or the signal is aborted. @throws DimError `STORE_…` */
  async run(connection: Connection, signal: AbortSignal): Promise<void> {
    await this.recover(RECONNECT_TIME);
    const run = new Run(connection, this.#signal);
    this.#run = run;
    this.#signal.set();
    while (await this.#signal.wait(signal)) {
      await this.#outbox.pack();
      await this.#settle(run);
      if (run.isLost) return;
      await this.#fill(run);
    }
    await this.#settle(run);
  }

  /** What was sent, and of which no receipt came for some time, goes out again. @param age in seconds */
  async recover(age = RECEIPT_TIME): Promise<void> {
    const { store, clock } = this.#device;
    await store.exclusive(async () => {
      for await (const parcel of this.#ledger.parcels.each(store.kept, 'queued'))
        if (clock.now() - parcel.packedAt > MAX_AGE) await this.#ledger.expire(parcel);
        else break;
      for await (const parcel of this.#ledger.parcels.each(store.kept, 'sent')) {
        if (clock.now() - parcel.packedAt > MAX_AGE) await this.#ledger.giveUp(parcel);
        else if (clock.now() - parcel.changedAt < age) continue;
        else if (parcel.attempts >= MAX_ATTEMPTS) this.#ledger.rest(parcel);
        else this.#ledger.requeue(parcel);
      }
      for await (const parcel of this.#ledger.parcels.each(store.kept, 'stored'))
        if (clock.now() - parcel.packedAt > MAX_AGE) await this.#ledger.giveUp(parcel);
        else break;
    });
    // What is queued again stands before what the connection has taken since.
    this.#run?.rewind();
    this.#signal.set();
  }

  /** Notes what the connection has taken. */
  async #settle(run: Run): Promise<void> {
    const done = run.take();
    if (done.length === 0) return;
    await this.#device.store.exclusive(async () => {
      for (const key of done) await this.#ledger.handedOver(key);
    });
    run.noted(done);
  }

  async #fill(run: Run): Promise<void> {
    const { store } = this.#device;
    while (run.room > 0) {
      const page = await this.#ledger.parcels.list(store.kept, 'queued', { after: run.last, limit: run.room });
      for (const parcel of page) run.send(parcel);
      if (page.length === 0) return;
    }
  }
}

/** What is under way through one connection. */
class Run {
  readonly #connection: Connection;
  readonly #signal: Signal;
  #done: string[] = [];
  /** Those that are under way, or done and not noted yet. */
  readonly #taken = new Set<string>();
  #underWay = 0;
  /** The last parcel that was looked at. What is queued later stands behind it. */
  last: Pick<Row, 'order' | 'key'> | undefined;
  isLost = false;

  constructor(connection: Connection, signal: Signal) {
    this.#connection = connection;
    this.#signal = signal;
  }

  get room(): number {
    return WINDOW - this.#underWay;
  }

  /** Looks from the beginning again. */
  rewind(): void {
    this.last = undefined;
  }

  take(): readonly string[] {
    const done = this.#done;
    this.#done = [];
    // They are noted before anything else is sent.
    for (const key of done) this.#begun.delete(key);
    return done;
  }

  /** All that is queued is to be looked at again. */
  rewind(): void {
    this.last = undefined;
  }

  /** What was taken is noted: where it is queued again, it goes out again. */
  noted(keys: readonly string[]): void {
    for (const key of keys) this.#taken.delete(key);
  }

  send({ key, packedAt, bytes }: Parcel): void {
    this.last = { order: packedAt, key };
    if (bytes === undefined || this.#taken.has(key)) return;
    this.#taken.add(key);
    this.#underWay++;
    void this.#send(key, bytes);
  }

  async #send(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.#connection.send(bytes);
      this.#done.push(key);
    } catch (error) {
      this.isLost = true;
      // Any other fault is one of the transport, which tells it by its end.
      if (!isDimError(error)) await this.#connection.close();
    } finally {
      this.#underWay--;
      this.#signal.set();
    }
  }
}
