/** The dispatcher: contents that are kept go to handlers and listeners one after the other, also those of before a restart. */
import type { Content } from 'dimp';
import type { LongWork } from 'dimp/internal';
import { longWork } from '../device/long-work.ts';
import { Signal } from '../device/signal.ts';
import type { OwnDevice } from '../device/own-device.ts';
import type { Reaction } from '../ports/handler.ts';
import type { Table } from '../store/own-rows.ts';
import { ARRIVALS, type Arrival } from './arrival-table.ts';
import type { Handlers } from './handlers.ts';
import { beginTelling } from './telling.ts';
import { untilEnded } from './until-ended.ts';

/** How many wait in memory; of more, the disk knows. */
const MAX_QUEUE = 500;

/** How many are marked as handled in one commit. */
const BATCH = 100;

/** What a dispatcher asks of the client around it. */
export interface DispatcherHost<C extends Content> {
  /** Tells listeners; it is awaited, so that a slow one slows only this down. */
  tell(arrival: Arrival<C>): Promise<void>;
  /** Stages what the handlers want that run inside the commit, and that they have run. */
  react(arrival: Arrival<C>): Promise<void>;
}

/** Hands contents to those who are to have them. */
export class Dispatcher<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #arrivals: Table<Arrival<C>>;
  readonly #handlers: Handlers<C>;
  readonly #host: DispatcherHost<C>;
  readonly #signal = new Signal();
  readonly #work: LongWork;
  #queue: Arrival<C>[] = [];
  /** Whether the disk has some that are not in the queue. */
  #hasMore = true;
  #isReading = false;
  /** Of those that were read last: they may have come to the disk before somebody tells of them. */
  #wereRead: ReadonlySet<string> = new Set();

  constructor(device: OwnDevice<C>, arrivals: Table<Arrival<C>>, handlers: Handlers<C>, host: DispatcherHost<C>) {
    this.#device = device;
    this.#work = longWork(device.clock);
    this.#arrivals = arrivals;
    this.#handlers = handlers;
    this.#host = host;
  }

  /** What comes stands behind what is on the disk. */
  async start(): Promise<void> {
    await this.#device.continueAfter(this.#arrivals.name, ARRIVALS);
  }

  /** Arrivals are on the disk. */
  push(arrivals: readonly Arrival<C>[]): void {
    const fresh = arrivals.filter(({ key }) => !this.#wereRead.has(key));
    if (this.#isReading || this.#hasMore || this.#queue.length + fresh.length > MAX_QUEUE) this.#hasMore = true;
    else this.#queue.push(...fresh);
    this.#signal.set();
  }

  /** Dispatches until the signal is aborted; what was begun is brought to its end. @throws DimError `STORE_…` */
  async run(signal: AbortSignal): Promise<void> {
    this.#signal.set();
    while (await this.#signal.wait(signal)) {
      try {
        for (let batch = await this.#take(); batch.length > 0 && !signal.aborted; batch = await this.#take())
          await this.#dispatch(batch, signal);
      } catch (error) {
        // What was taken is on the disk still, in its order.
        this.#queue = [];
        this.#hasMore = true;
        throw error;
      }
    }
  }

  /** Something may be on the disk that nobody told of: a commit may fail, and have kept it all the same. */
  look(): void {
    this.#hasMore = true;
    this.#signal.set();
  }

  async #take(): Promise<readonly Arrival<C>[]> {
    if (this.#queue.length === 0 && this.#hasMore) await this.#read();
    return this.#queue.splice(0, BATCH);
  }

  async #read(): Promise<void> {
    this.#hasMore = false;
    this.#isReading = true;
    try {
      // All that was taken before is settled, and no longer there.
      const kept = await this.#arrivals.list(this.#device.store.kept, ARRIVALS, { limit: MAX_QUEUE });
      // What is pushed meanwhile is on the disk, and may or may not be in the list.
      this.#queue = [...kept];
      this.#wereRead = new Set(kept.map(({ key }) => key));
      this.#hasMore ||= kept.length === MAX_QUEUE;
    } catch (error) {
      this.#hasMore = true;
      throw error;
    } finally {
      this.#isReading = false;
    }
    if (this.#hasMore) this.#signal.set();
  }

  async #dispatch(batch: readonly Arrival<C>[], signal: AbortSignal): Promise<void> {
    const done: { readonly arrival: Arrival<C>; readonly reactions: readonly Reaction[] }[] = [];
    for (const arrival of batch) {
      if (signal.aborted) break;
      await this.#work.pause();
      if (!arrival.isReacted && !(await this.#react(arrival))) continue;
      const reactions = await this.#handlers.runLater(arrival);
      const telling = beginTelling(arrival, signal);
      await untilEnded(this.#host.tell(arrival), signal);
      // Ended before all were told: it stays on the disk, and comes again after a restart.
      if (!telling.isWhole) break;
      done.push({ arrival, reactions });
      // What a handler wants is not to wait for others that may be slow.
      if (reactions.length > 0) await this.#settle(done.splice(0));
    }
    await this.#settle(done);
  }

  /**
   * Of before a restart, and the process ended between two commits; or it was read while the inbox is between them.
   * @returns whether there is still something to be done
   */
  async #react({ key }: Arrival<C>): Promise<boolean> {
    const { store } = this.#device;
    return store.exclusive(async () => {
      const arrival = await this.#arrivals.get(store, key);
      if (arrival?.isReacted === false) await this.#host.react(arrival);
      return (await this.#arrivals.get(store, key)) !== undefined;
    });
  }

  async #settle(
    done: readonly { readonly arrival: Arrival<C>; readonly reactions: readonly Reaction[] }[],
  ): Promise<void> {
    const { store } = this.#device;
    if (done.length === 0) return;
    await store.exclusive(async () => {
      for (const { arrival, reactions } of done) {
        for (const reaction of reactions) await this.#handlers.settle(arrival, reaction);
        store.stage({ rows: [this.#arrivals.remove(arrival.key)] });
      }
    });
  }
}
