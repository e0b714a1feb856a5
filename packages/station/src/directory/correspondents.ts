/**
 * To whom users have written from here. Whoever somebody has written to is no stranger to that one: a sign that nobody else can give,
 * however many identities one has.
 */
import type { ID } from 'dimp';
import type { Clock } from 'dimsdk';
import type { Records } from '../ports/records.ts';
import { textsOf } from './items-of.ts';
import { ReadyRecords } from './ready-records.ts';

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
  readonly #ready: ReadyRecords<Set<string>>;

  constructor(records: Records, clock: Pick<Clock, 'now'>) {
    this.#records = records;
    this.#clock = clock;
    this.#ready = new ReadyRecords(records, (record) => new Set(record && textsOf(record, 'keys')), {
      count: READY,
      weight: READY_KEYS,
      weightOf: ({ size }) => size + 1,
    });
  }

  /** Whether a user has written to somebody. */
  async has(user: ID, other: ID): Promise<boolean> {
    return user.equals(other) || (await this.#ready.of(TABLE, user.entityKey)).has(other.entityKey);
  }

  /** A user writes to somebody. @throws DimError `STORE_…` */
  async wrote(user: ID, other: ID): Promise<void> {
    const [key, name] = [user.entityKey, other.entityKey];
    const known = await this.#ready.of(TABLE, key);
    if (known.has(name) || user.equals(other)) return;
    known.add(name);
    const [first] = known;
    if (known.size > MAX_CORRESPONDENTS && first !== undefined) known.delete(first);
    this.#ready.put(TABLE, key, known);
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
    this.#ready.clear();
  }
}
