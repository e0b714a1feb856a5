/** Users that the operator of the station keeps out. */
import type { ID } from 'dimp';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';

const TABLE = 'blocked';
/** How many records are read at once. */
const PAGE = 1000;

/** Of whom nothing is taken. All of them are held ready: operators bar few, and each message is looked at. */
export class BlockedUsers {
  readonly #records: Records;
  readonly #clock: Clock;
  readonly #blocked = new Set<string>();

  constructor(records: Records, clock: Clock) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Reads what is kept. @throws DimError `STORE_…` */
  async load(): Promise<void> {
    for (let after = ''; ;) {
      const page = await this.#records.list(TABLE, after, PAGE);
      for (const { key } of page) this.#blocked.add(key);
      const last = page[page.length - 1];
      if (last === undefined || page.length < PAGE) return;
      after = last.key;
    }
  }

  has(user: ID): boolean {
    return this.#blocked.size > 0 && this.#blocked.has(user.entityKey);
  }

  /** @returns whether that is new @throws DimError `STORE_…` */
  async block(user: ID): Promise<boolean> {
    return this.#change(user, true);
  }

  /** @returns whether the user was blocked @throws DimError `STORE_…` */
  async unblock(user: ID): Promise<boolean> {
    return this.#change(user, false);
  }

  async #change(user: ID, isBlocked: boolean): Promise<boolean> {
    const key = user.entityKey;
    if (this.#blocked.has(key) === isBlocked) return false;
    const value = isBlocked ? { did: user.entity.toString() } : undefined;
    await this.#records.write([{ table: TABLE, key, value, writtenAt: this.#clock.now() }]);
    if (isBlocked) this.#blocked.add(key);
    else this.#blocked.delete(key);
    return true;
  }
}
