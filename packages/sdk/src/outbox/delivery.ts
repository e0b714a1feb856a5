/** A delivery as the application has it in its hands. */
import { DimError, type ID } from 'dimp';
import type { DeliveryRecord, DeliveryState, DeliveryWait } from './delivery-table.ts';

/** What a delivery is made of. */
export interface DeliverySource {
  readonly record: DeliveryRecord;
  /** Takes it back. */
  cancel(id: string): Promise<boolean>;
  /** See {@link Delivery.waitsFor}. */
  waitsFor(record: DeliveryRecord): Promise<DeliveryWait | undefined>;
  /** Somebody waits for what it says next, and may have nothing in hand but that promise. @returns what ends it */
  hold(delivery: Delivery): () => void;
}

/**
 * Something that was sent, and how far it is. It is on the disk: whatever happens to this object, it goes out.
 *
 * @example
 * ```ts
 * import type { Delivery } from 'dimsdk';
 *
 * async function show(delivery: Delivery): Promise<void> {
 *   for await (const state of delivery) console.log(state); // queued, sent, delivered
 * }
 * ```
 */
export class Delivery implements AsyncIterable<DeliveryState> {
  readonly #source: DeliverySource;
  #record: DeliveryRecord;
  #isEnded = false;
  #wake: (() => void)[] = [];

  constructor(source: DeliverySource) {
    this.#source = source;
    this.#record = source.record;
  }

  /** Unique among the deliveries of this client, also after a restart: `client.delivery(id)` gives it again. */
  get id(): string {
    return this.#record.id;
  }

  /** Whom it was sent to. */
  get receiver(): ID {
    return this.#record.receiver;
  }

  get state(): DeliveryState {
    return this.#record.state;
  }

  /** How many users it goes to, for how many of them a station has it, and how many have it. */
  get counts(): Pick<DeliveryRecord, 'recipients' | 'sent' | 'delivered'> {
    const { recipients, sent, delivered } = this.#record;
    return { recipients, sent, delivered };
  }

  /** Why it failed. Of several receivers, the first for whom it did: it is there while the others still get it. */
  get error(): DimError | undefined {
    return this.#record.error;
  }

  /**
   * Waits until it is that far, or further.
   * @throws the error that it failed with; DimError `DELIVERY_EXPIRED` where nothing more will be heard of it, as of broadcasts;
   * `USAGE_ARGUMENT` where its client is closed: it goes on with the next one over the store
   */
  async until(state: 'sent' | 'delivered'): Promise<void> {
    if (!['sent', 'delivered'].includes(state))
      throw new DimError('USAGE_ARGUMENT', 'must be sent or delivered', { path: 'state' });
    while (!this.#isAtLeast(state)) {
      const { isClosed, error } = this.#record;
      if (isClosed || this.state === 'failed')
        throw error ?? new DimError('DELIVERY_EXPIRED', `nobody will say that it was ${state} any more`);
      if (this.#isEnded)
        throw new DimError('USAGE_ARGUMENT', 'its client was closed: ask the next one for `delivery(id)`');
      await this.#next();
    }
  }

  /**
   * What it waits for while it is `queued`; undefined once it is out. The event `delivery` tells also of those that begin to wait for
   * their receivers.
   */
  async waitsFor(): Promise<DeliveryWait | undefined> {
    return this.state === 'queued' ? this.#source.waitsFor(this.#record) : undefined;
  }

  /** Takes it back, for those whom it has not gone out to. @returns whether it has gone out to nobody */
  async cancel(): Promise<boolean> {
    return this.#source.cancel(this.id);
  }

  /** The states from now on, this one first, to the last one, or until the client is closed. Broadcasts end with `sent`. */
  async *[Symbol.asyncIterator](): AsyncIterator<DeliveryState> {
    for (let last: DeliveryState | undefined; ;) {
      const { state } = this.#record;
      if (state !== last) yield state;
      last = state;
      // It may be further by now: whoever reads takes time.
      if (this.#record.state !== state) continue;
      // Receipts of those who have it change nothing of that.
      if (this.#record.isClosed || this.#isEnded || state === 'failed') return;
      await this.#next();
    }
  }

  /** For the client: it is further. */
  update(record: DeliveryRecord): void {
    this.#record = record;
    this.#wakeAll();
  }

  /** For the client: it is closed, and tells nothing more. */
  end(): void {
    this.#isEnded = true;
    this.#wakeAll();
  }

  #wakeAll(): void {
    const wake = this.#wake;
    this.#wake = [];
    for (const resolve of wake) resolve();
  }

  #isAtLeast(state: 'sent' | 'delivered'): boolean {
    const order: readonly DeliveryState[] = ['queued', 'sent', 'delivered'];
    return order.indexOf(this.#record.state) >= order.indexOf(state);
  }

  async #next(): Promise<void> {
    const release = this.#source.hold(this);
    await new Promise<void>((resolve) => {
      this.#wake.push(resolve);
    });
    release();
  }
}
