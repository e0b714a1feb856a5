/** Users that the operator of the station keeps out. */
import type { ID } from 'dimp';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';

const TABLE = 'barred';
/** How many records are read at once. */
const PAGE = 1000;

/** Of whom nothing is taken. All of them are held ready: operators bar few, and each message is looked at. */
export class BarredUsers {
  readonly #records: Records;
  readonly #clock: Clock;
  readonly #barred = new Set<string>();

  constructor(records: Records, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Reads what is kept. @throws DimError `STORE_…` */
  async load(): Promise<void> {
    for (let after = ''; ;) {
      const page = await this.#records.list(TABLE, after, PAGE);
      for (const { key } of page) this.#barred.add(key);
      const last = page[page.length - 1];
      if (last === undefined || page.length < PAGE) return;
      after = last.key;
    }
  }

  has(user: ID): boolean {
    return this.#barred.size > 0 && this.#barred.has(user.entityKey);
  }

  /** @returns whether that is new @throws DimError `STORE_…` */
  async bar(user: ID): Promise<boolean> {
    return this.#change(user, true);
  }

  /** @returns whether the user was barred @throws DimError `STORE_…` */
  async unbar(user: ID): Promise<boolean> {
    return this.#change(user, false);
  }

  async #change(user: ID, isBarred: boolean): Promise<boolean> {
    const key = user.entityKey;
    if (this.#barred.has(key) === isBarred) return false;
    const value = isBarred ? { did: user.entity.toString() } : undefined;
    await this.#records.write([{ table: TABLE, key, value, writtenAt: this.#clock.now() }]);
    if (isBarred) this.#barred.add(key);
    else this.#barred.delete(key);
    return true;
  }
}
