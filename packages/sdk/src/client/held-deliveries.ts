/** The deliveries that an application has in its hands: one object for each that is open, and up to date. */
import type { Content } from 'dimp';
import { Delivery } from '../outbox/delivery.ts';
import type { DeliveryRecord } from '../outbox/delivery-table.ts';
import type { Outbox } from '../outbox/outbox.ts';

/** Holds deliveries, and no more of them than the application does. */
export class HeldDeliveries {
  readonly #outbox: () => Outbox<Content>;
  /** Those that are open. */
  readonly #held = new Map<string, WeakRef<Delivery>>();
  /** Those that somebody waits for: they are updated, also where nothing else refers to them. */
  readonly #awaited = new Set<{ readonly delivery: Delivery }>();
  /** What was told while records were read: what was read may be older. */
  readonly #news = new Map<string, DeliveryRecord>();
  #readers = 0;
  #isEnded = false;

  constructor(outbox: () => Outbox<Content>) {
    this.#outbox = outbox;
  }

  /** An open delivery that somebody holds. */
  get(id: string): Delivery | undefined {
    return this.#held.get(id)?.deref();
  }

  /** Reads records, and holds their deliveries. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#readers++;
    try {
      return await work();
    } finally {
      if (--this.#readers === 0) this.#news.clear();
    }
  }

  /** The delivery of a record that was read just now. */
  hold(read: DeliveryRecord): Delivery {
    const record = this.#news.get(read.id) ?? read;
    const held = this.get(record.id);
    if (held !== undefined) return held;
    const delivery = new Delivery({
      record,
      cancel: async (id) => this.#outbox().cancel(id),
      waitsFor: async (now) => this.#outbox().unknown.waitsFor(now),
      hold: (awaited) => this.#await(awaited),
    });
    if (this.#isEnded) delivery.end();
    // Of a closed one nothing is told any more.
    else if (!record.isClosed) this.#held.set(record.id, new WeakRef(delivery));
    return delivery;
  }

  /** A delivery is further. @returns it, where somebody holds it */
  update(record: DeliveryRecord): Delivery | undefined {
    if (this.#readers > 0) this.#news.set(record.id, record);
    const delivery = this.get(record.id);
    if (delivery === undefined || record.isClosed) this.#held.delete(record.id);
    delivery?.update(record);
    return delivery;
  }

  /** Nothing more will be told. */
  end(): void {
    this.#isEnded = true;
    for (const delivery of this.#held.values()) delivery.deref()?.end();
    this.#held.clear();
  }

  #await(delivery: Delivery): () => void {
    const wait = { delivery };
    this.#awaited.add(wait);
    return () => void this.#awaited.delete(wait);
  }
}
