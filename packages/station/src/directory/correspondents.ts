/**
 * To whom users have written from here. Whoever somebody has written to is no stranger to that one: a sign that nobody else can give,
 * however many identities one has.
 */
import type { ID } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';
import { textsOf } from './items-of.ts';

const TABLE = 'correspondent';
const READY = 20_000;
/** Of all that are held ready. */
const READY_KEYS = 500_000;

/** As many of a user are remembered, the last ones. Whoever is forgotten is known again with the next message. */
export const MAX_CORRESPONDENTS = 1024;

/** See the top of the file. */
export class Correspondents {
  readonly #records: Records;
  readonly #clock: Pick<Clock, 'now'>;
  /** By users: `id.entityKey` of each to whom they wrote, those first who came first. */
  #ready = newCache();

  constructor(records: Records, clock: Pick<Clock, 'now'>) {
    this.#records = records;
    this.#clock = clock;
  }

  /** Whether a user has written to somebody. */
  async has(user: ID, other: ID): Promise<boolean> {
    return user.equals(other) || (await this.#of(user.entityKey)).has(other.entityKey);
  }

  /** A user writes to somebody. @throws DimError `STORE_…` */
  async wrote(user: ID, other: ID): Promise<void> {
    const [key, name] = [user.entityKey, other.entityKey];
    const known = await this.#of(key);
    if (known.has(name) || user.equals(other)) return;
    known.add(name);
    const [first] = known;
    if (known.size > MAX_CORRESPONDENTS && first !== undefined) known.delete(first);
    this.#ready.set(key, known);
    try {
      await this.#records.write([{ table: TABLE, key, value: { keys: [...known] }, writtenAt: this.#clock.now() }]);
    } catch (error) {
      known.delete(name);
      throw error;
    }
  }

  /** @param users `id.entityKey` of each */
  async forget(users: readonly string[]): Promise<void> {
    await this.#records.prune(TABLE, Infinity, users.length, users);
    this.#ready = newCache();
  }

  async #of(user: string): Promise<Set<string>> {
    const ready = this.#ready.get(user);
    if (ready !== undefined) return ready;
    const record = await this.#records.read(TABLE, user);
    // Somebody else may have looked in the meantime, and added to it.
    const known = this.#ready.get(user) ?? new Set(record && textsOf(record, 'keys'));
    this.#ready.set(user, known);
    return known;
  }
}

function newCache(): BoundedCache<string, Set<string>> {
  return new BoundedCache(READY, { limit: READY_KEYS, of: ({ size }) => size + 1 });
}
