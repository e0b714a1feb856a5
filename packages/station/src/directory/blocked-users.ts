/** Users that the operator of the station keeps out. */
import type { ID, MessageContext } from 'dimp';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';

const TABLE = 'blocked';
/** How many records are read at once. */
const PAGE = 1000;

/** Somebody who is kept out. */
export interface BlockedUser {
  readonly user: ID;
  /** From when on, in seconds since 1970. */
  readonly since: number;
}

/** Of whom nothing is taken. All of them are held ready: operators bar few, and each message is looked at. */
export class BlockedUsers {
  readonly #records: Records;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ids: MessageContext['ID'];
  readonly #blocked = new Map<string, BlockedUser>();

  constructor(records: Records, clock: Pick<Clock, 'now'>, ids: MessageContext['ID']) {
    this.#records = records;
    this.#clock = clock;
    this.#ids = ids;
  }

  /** Reads what is kept. @throws DimError `STORE_…` */
  async load(): Promise<void> {
    for (let after = ''; ;) {
      const page = await this.#records.list(TABLE, after, PAGE);
      for (const { key, value, writtenAt } of page)
        this.#blocked.set(key, { user: this.#ids.parse(value['did']), since: writtenAt });
      const last = page[page.length - 1];
      if (last === undefined || page.length < PAGE) return;
      after = last.key;
    }
  }

  /** Those who were blocked first come first. */
  all(): readonly BlockedUser[] {
    return [...this.#blocked.values()].sort((one, other) => one.since - other.since);
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
    const since = this.#clock.now();
    await this.#records.write([{ table: TABLE, key, value, writtenAt: since }]);
    if (isBlocked) this.#blocked.set(key, { user: user.entity, since });
    else this.#blocked.delete(key);
    return true;
  }
}
