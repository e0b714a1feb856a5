/** Whom users do not want to hear from, and of whom they do not want to be told: `block` and `mute`. */
import type { ID, JsonMap } from 'dimp';
import { fieldOf } from 'dimp/extend';
import { BoundedCache } from 'dimp/internal';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';
import { textsOf } from './items-of.ts';

/** What a list is for. */
export type ListKind = 'block' | 'mute';

/** Who is on it, and when its user said so, in seconds since 1970. */
export interface UserList {
  readonly time: number;
  readonly ids: readonly string[];
}

/** A list, ready to be looked into. */
interface Listed extends UserList {
  readonly keys: ReadonlySet<string>;
}

const NOBODY: Listed = { time: 0, ids: [], keys: new Set() };
const READY = 20_000;
/** IDs on all lists that are held ready. */
const READY_IDS = 200_000;

/** As many may be on one list. */
export const MAX_LISTED = 4096;

/** The lists of all users. */
export class UserLists {
  readonly #records: Records;
  readonly #clock: Pick<Clock, 'now'>;
  #ready = newCache();

  constructor(records: Records, clock: Pick<Clock, 'now'>) {
    this.#records = records;
    this.#clock = clock;
  }

  async of(kind: ListKind, user: ID): Promise<UserList> {
    return this.#of(kind, user.entityKey);
  }

  /** Whether one of some is on a user's list: the sender of a message, or its group. */
  async has(kind: ListKind, user: ID, ...ids: readonly (ID | undefined)[]): Promise<boolean> {
    const { keys } = await this.#of(kind, user.entityKey);
    return keys.size > 0 && ids.some((id) => id !== undefined && keys.has(id.entityKey));
  }

  /** Forgets the lists of users, unless they were written since a time. @param users `id.entityKey` of each */
  async forget(users: readonly string[], before: number): Promise<void> {
    for (const kind of ['block', 'mute'] as const) await this.#records.prune(kind, before, users.length, users);
    this.#ready = newCache();
  }

  /** @returns whether it is the newest now, and not the one that was there */
  async put(kind: ListKind, user: ID, ids: readonly ID[], time: number): Promise<boolean> {
    const known = await this.#of(kind, user.entityKey);
    if (time <= known.time) return false;
    const value: JsonMap = { time, ids: ids.map((id) => id.toString()), keys: ids.map((id) => id.entityKey) };
    await this.#records.write([{ table: kind, key: user.entityKey, value, writtenAt: this.#clock.now() }]);
    this.#ready.set(`${kind} ${user.entityKey}`, listOf(value));
    return true;
  }

  async #of(kind: ListKind, user: string): Promise<Listed> {
    const key = `${kind} ${user}`;
    const ready = this.#ready.get(key);
    if (ready !== undefined) return ready;
    const record = await this.#records.read(kind, user);
    const list = record === undefined ? NOBODY : listOf(record);
    this.#ready.set(key, list);
    return list;
  }
}

function newCache(): BoundedCache<string, Listed> {
  return new BoundedCache(READY, { limit: READY_IDS, of: ({ ids }) => ids.length + 1 });
}

function listOf(record: JsonMap): Listed {
  const time = fieldOf(record, 'time');
  return {
    time: typeof time === 'number' ? time : 0,
    ids: textsOf(record, 'ids'),
    keys: new Set(textsOf(record, 'keys')),
  };
}
