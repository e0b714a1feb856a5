/** Who showed another key than the one that is known, until the person has looked at it. */
import type { ID } from 'dimp';
import type { ClientStore, Clock } from 'dimsdk';
import { allRows, deleteRow, keep, putRow } from './app-table.ts';

/** So many are kept: who makes many of them is told of no better by more. */
const MOST = 500;

export class Alarms {
  readonly #store: ClientStore;
  readonly #clock: Clock;
  readonly #open = new Set<string>();

  constructor(store: ClientStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  async start(): Promise<void> {
    for (const { key } of await allRows(this.#store, 'app-alarm')) this.#open.add(key);
  }

  has(id: ID): boolean {
    return this.#open.has(id.entityKey);
  }

  /** @returns whether it is a new one */
  async raise(id: ID, isStranger: boolean): Promise<boolean> {
    // Strangers do not push out the alarms of those whom the person knows.
    if (this.#open.has(id.entityKey) || (isStranger && this.#open.size >= MOST)) return false;
    this.#open.add(id.entityKey);
    await keep(this.#store, putRow('app-alarm', id.entityKey, { id: id.entity.toString() }, this.#clock.now()));
    return true;
  }

  async close(id: ID): Promise<void> {
    await keep(this.#store, deleteRow('app-alarm', id.entityKey));
    this.#open.delete(id.entityKey);
  }
}
