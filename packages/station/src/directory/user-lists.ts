/** Whom users do not want to hear from, and of whom they do not want to be told: `block` and `mute`. */
import type { ID, JsonMap } from 'dimp';
import { fieldOf } from 'dimp/extend';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';
import { textsOf } from './items-of.ts';
import { ReadyRecords } from './ready-records.ts';

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
  readonly #ready: ReadyRecords<Listed>;

  constructor(records: Records, clock: Pick<Clock, 'now'>) {
    this.#records = records;
    this.#clock = clock;
    this.#ready = new ReadyRecords(records, (record) => (record === undefined ? NOBODY : listOf(record)), {
      count: READY,
      weight: READY_IDS,
      weightOf: ({ ids }) => ids.length + 1,
    });
  }

  async of(kind: ListKind, user: ID): Promise<UserList> {
    return this.#ready.of(kind, user.entityKey);
  }

  /** Whether one of some is on a user's list: the sender of a message, or its group. */
  async has(kind: ListKind, user: ID, ...ids: readonly (ID | undefined)[]): Promise<boolean> {
    const { keys } = await this.#ready.of(kind, user.entityKey);
    return keys.size > 0 && ids.some((id) => id !== undefined && keys.has(id.entityKey));
  }

  /** Forgets the lists of users, unless they were written since a time. @param users `id.entityKey` of each */
  async forget(users: readonly string[], before: number): Promise<void> {
    for (const kind of ['block', 'mute'] as const) await this.#records.prune(kind, before, users.length, users);
    this.#ready.clear();
  }

  /** @returns whether it is the newest now, and not the one that was there */
  async put(kind: ListKind, user: ID, ids: readonly ID[], time: number): Promise<boolean> {
    const known = await this.#ready.of(kind, user.entityKey);
    if (time <= known.time) return false;
    const value: JsonMap = { time, ids: ids.map((id) => id.toString()), keys: ids.map((id) => id.entityKey) };
    await this.#records.write([{ table: kind, key: user.entityKey, value, writtenAt: this.#clock.now() }]);
    this.#ready.put(kind, user.entityKey, listOf(value));
    return true;
  }
}

function listOf(record: JsonMap): Listed {
  const time = fieldOf(record, 'time');
  return {
    time: typeof time === 'number' ? time : 0,
    ids: textsOf(record, 'ids'),
    keys: new Set(textsOf(record, 'keys')),
  };
}
