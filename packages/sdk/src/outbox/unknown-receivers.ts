/** Receivers of whom the station says that it knows nothing: what is for them waits for more than the network. */
import type { Content, ID } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import type { DeliveryRecord, DeliveryWait } from './delivery-table.ts';
import type { Draft } from './draft-table.ts';
import type { Ledger } from './ledger.ts';

/** How many are remembered. */
const MOST = 1000;

/** Knows them. None is kept on the disk: each session asks anew. */
export class UnknownReceivers<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #drafts: Table<Draft>;
  readonly #ledger: Ledger<C>;
  /** By entity keys. Strangers make us ask, too. */
  readonly #unknown = new BoundedCache<string, boolean>(MOST);
  readonly #waiting: ReadonlyMap<string, unknown>;

  /** @param waiting by entity keys, those for whom something waits */
  constructor(device: OwnDevice<C>, drafts: Table<Draft>, ledger: Ledger<C>, waiting: ReadonlyMap<string, unknown>) {
    this.#device = device;
    this.#drafts = drafts;
    this.#ledger = ledger;
    this.#waiting = waiting;
  }

  /** The station was asked, and knows nothing of an identity. */
  async add({ entityKey }: ID): Promise<void> {
    const isNew = this.#unknown.get(entityKey) !== true;
    this.#unknown.set(entityKey, true);
    if (!isNew || !this.#waiting.has(entityKey)) return;
    for await (const { delivery } of this.#drafts.each(this.#device.store.kept, entityKey))
      if (delivery !== undefined) await this.#ledger.tell(delivery);
  }

  /** Something of it was learned. */
  remove(entityKey: string): void {
    if (this.#unknown.get(entityKey) === true) this.#unknown.set(entityKey, false);
  }

  /** What a delivery that is not out waits for. */
  async waitsFor({ id, receiver: { entityKey, isGroup } }: DeliveryRecord): Promise<DeliveryWait> {
    const { kept } = this.#device.store;
    // What is for a group waits for its members.
    for (const key of isGroup ? [...this.#waiting.keys()] : [entityKey])
      if (this.#unknown.get(key) === true)
        for await (const draft of this.#drafts.each(kept, key)) if (draft.delivery === id) return 'receiver';
    return 'network';
  }
}
