/** The sender: parcels go out in order through one connection after the other, several under way at a time. */
import { DimError, isDimError, type Content } from 'dimp';
import { Signal } from '../device/signal.ts';
import type { OwnDevice } from '../device/own-device.ts';
import type { Connection } from '../ports/connection.ts';
import type { Row } from '../ports/client-store.ts';
import type { Outbox } from './outbox.ts';
import { MAX_AGE } from './written-content.ts';
import type { Ledger } from './ledger.ts';
import type { Parcel } from './parcel-table.ts';

/** How many parcels are under way at a time. */
const WINDOW = 64;

/** How often a connection may end while one parcel alone is under way before others go first, and before it has failed. */
const MAX_LOSSES = 3;
const TOO_MANY_LOSSES = 8;

/** How long nothing is sent but what is new, in seconds, after as many connections in a row that took nothing. */
const REST = 300;

/** What is known of a parcel that was under way alone when its connection ended. */
interface Losses {
  times: number;
  /** How often others had been taken before: then it is the parcel, and not the station. */
  proofs: number;
  isProof: boolean;
}

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
  /** One, after a connection that took nothing: so it shows which parcel no station takes. */
  #window = WINDOW;
  readonly #losses = new Map<string, Losses>();
  /** How many connections in a row have taken nothing. */
  #inVain = 0;
  /** While it is so, what was queued before stays here. */
  #rest: { readonly since: number; until: number } | undefined;
  /** Whether the queued may stand in another order than that of their ages: not known of those from before. */
  #mayBePutBack = true;

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
    const run = new Run(connection, this.#signal, this.#window);
    this.#run = run;
    this.#signal.set();
    while (await this.#signal.wait(signal)) {
      await this.#outbox.pack();
      await this.#settle(run);
      if (run.isLost) return this.#lost(run);
      await this.#fill(run);
      await this.#outbox.flush.look();
    }
    await this.#settle(run);
    // Its end is told before all that was under way has failed. Where it was closed from here, no parcel is to blame for that.
    const { reason } = await connection.ended;
    if (run.isLost || (reason !== 'closed' && run.underWay.length > 0)) await this.#lost(run);
  }

  /** A connection ended with parcels under way. What ends each connection is to hold up itself alone. */
  async #lost(run: Run): Promise<void> {
    const [only] = run.underWay;
    const isAlone = this.#window === 1 && only !== undefined && !run.hasTaken;
    this.#window = run.hasTaken ? WINDOW : 1;
    if (!isAlone) return;
    const { store, clock, sequence } = this.#device;
    const losses = this.#losses.get(only) ?? { times: 0, proofs: 0, isProof: true };
    this.#losses.set(only, losses);
    losses.times++;
    if (losses.isProof) losses.proofs++;
    losses.isProof = false;
    // A station that takes nothing at all is at fault itself, and may be mended.
    if (++this.#inVain >= TOO_MANY_LOSSES) this.#rest = { since: sequence.next(), until: clock.now() + REST };
    const hasFailed = losses.proofs >= TOO_MANY_LOSSES;
    if (!hasFailed && losses.times % MAX_LOSSES !== 0) return;
    await store.exclusive(async () => {
      if (!hasFailed) return this.#ledger.postpone(only);
      this.#losses.delete(only);
      await this.#ledger.refused(only, new DimError('CONNECTION_LOST', 'each connection ended while it was sent'));
    });
    this.#mayBePutBack = true;
  }

  /** What was sent, and of which no receipt came for some time, goes out again. @param age in seconds */
  async recover(age = RECEIPT_TIME): Promise<void> {
    const { store, clock } = this.#device;
    await store.exclusive(async () => {
      let isPutBack = false;
      for await (const parcel of this.#ledger.parcels.each(store.kept, 'queued')) {
        isPutBack ||= parcel.place !== parcel.packedAt;
        if (clock.now() - parcel.packedAt > MAX_AGE) await this.#ledger.expire(parcel);
        else if (!this.#mayBePutBack) break;
      }
      this.#mayBePutBack &&= isPutBack;
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
    await this.#forgetLosses();
    // What is queued again stands before what the connection has taken since.
    this.#run?.rewind();
    this.#signal.set();
  }

  /** Parcels that were cancelled, are too old, or have arrived after all need no count any more. */
  async #forgetLosses(): Promise<void> {
    for (const key of this.#losses.keys()) {
      const parcel = await this.#ledger.parcels.get(this.#device.store.kept, key);
      if (parcel?.state !== 'queued') this.#losses.delete(key);
    }
  }

  /** Notes what the connection has taken. */
  async #settle(run: Run): Promise<void> {
    await this.#refuse(run);
    const done = run.take();
    if (done.length === 0) return;
    await this.#device.store.exclusive(async () => {
      for (const key of done) await this.#ledger.handedOver(key);
    });
    for (const key of done) this.#losses.delete(key);
    for (const losses of this.#losses.values()) losses.isProof = true;
    // It takes what is sent: there is no need to look closer.
    [this.#window, this.#inVain, this.#rest] = [WINDOW, 0, undefined];
    run.widen(WINDOW);
    run.noted(done);
  }

  /** What the connection cannot carry fails by itself. */
  async #refuse(run: Run): Promise<void> {
    const refused = run.takeRefused();
    if (refused.length === 0) return;
    await this.#device.store.exclusive(async () => {
      for (const [key, error] of refused) await this.#ledger.refused(key, error);
    });
    run.noted(refused.map(([key]) => key));
  }

  #mayGo({ key, place }: Parcel): boolean {
    if (this.#rest === undefined) return true;
    const now = this.#device.clock.now();
    // Where the clock was set back, nothing waits for it to catch up.
    this.#rest.until = Math.min(this.#rest.until, now + REST);
    if (now >= this.#rest.until) return true;
    return place > this.#rest.since && !this.#losses.has(key);
  }

  async #fill(run: Run): Promise<void> {
    const { store } = this.#device;
    while (run.room > 0) {
      const page = await this.#ledger.parcels.list(store.kept, 'queued', { after: run.last, limit: run.room });
      for (const parcel of page)
        if (this.#mayGo(parcel)) {
          this.#ledger.given(parcel.key);
          run.send(parcel);
        } else run.pass(parcel);
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
  readonly #underWay = new Set<string>();
  readonly #failed: string[] = [];
  #refused: (readonly [key: string, error: DimError])[] = [];
  #window: number;
  /** Whether the connection has taken anything. */
  hasTaken = false;
  /** The last parcel that was looked at. What is queued later stands behind it. */
  last: Pick<Row, 'order' | 'key'> | undefined;
  isLost = false;

  constructor(connection: Connection, signal: Signal, window: number) {
    this.#connection = connection;
    this.#signal = signal;
    this.#window = window;
  }

  get room(): number {
    return this.#window - this.#underWay.size;
  }

  /** Those of which it is not known whether they arrived: the one that failed first stands first. */
  get underWay(): readonly string[] {
    return [...this.#failed, ...this.#underWay];
  }

  widen(window: number): void {
    this.#window = window;
  }

  take(): readonly string[] {
    const done = this.#done;
    this.#done = [];
    return done;
  }

  /** What the connection has not even tried to send, and why. */
  takeRefused(): readonly (readonly [key: string, error: DimError])[] {
    const refused = this.#refused;
    this.#refused = [];
    return refused;
  }

  /** All that is queued is to be looked at again. */
  rewind(): void {
    this.last = undefined;
  }

  /** What was taken is noted: where it is queued again, it goes out again. */
  noted(keys: readonly string[]): void {
    for (const key of keys) this.#taken.delete(key);
  }

  /** A parcel is not sent now. */
  pass({ key, place }: Parcel): void {
    this.last = { order: place, key };
  }

  send(parcel: Parcel): void {
    const { key, bytes } = parcel;
    this.pass(parcel);
    if (bytes === undefined || this.#taken.has(key)) return;
    this.#taken.add(key);
    this.#underWay.add(key);
    void this.#send(key, bytes);
  }

  async #send(key: string, bytes: Uint8Array): Promise<void> {
    try {
      await this.#connection.send(bytes);
      this.#done.push(key);
      this.hasTaken = true;
    } catch (error) {
      if (isDimError(error) && error.code === 'USAGE_ARGUMENT') this.#refused.push([key, error]);
      else await this.#lose(key);
    } finally {
      this.#underWay.delete(key);
      this.#signal.set();
    }
  }

  /** Where the connection has not ended yet, nothing else of it is to be trusted. */
  async #lose(key: string): Promise<void> {
    this.isLost = true;
    this.#failed.push(key);
    await this.#connection.close();
  }
}
