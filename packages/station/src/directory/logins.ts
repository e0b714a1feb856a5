/** At which stations users said that they can be reached. */
import type { Dim, ID, JsonMap } from 'dimp';
import { fieldOf, isJsonMap, optionalTextOf, optionalTimeOf, textOf } from 'dimp/extend';
import { BoundedCache, writeJson } from 'dimp/internal';
import type { Clock } from 'dimsdk';
import type { RecordChange, Records } from '../ports/records.ts';
import { mapsOf } from './items-of.ts';

/** A login, and the message that says so, which others can verify. */
export interface Login {
  readonly sn: string;
  readonly terminal: string;
  /** When the user said so, in seconds since 1970. */
  readonly time: number;
  /** The station, where the user named one. */
  readonly station: string | undefined;
  readonly message: JsonMap;
}

const TABLE = 'login';
/** Who is at which station: what logins say, by stations. */
const AWAY = 'away';
/** A terminal that is at a station. */
export interface AtStation {
  /** To list those behind it. */
  readonly key: string;
  readonly user: ID;
  readonly terminal: string;
  /** When this station heard of it, in seconds since 1970. */
  readonly writtenAt: number;
}

const MAX_LOGINS = 8;
const READY = 20_000;
/** Characters of all that are held ready. */
const READY_LENGTH = 32 * 1024 * 1024;
/** A login says little. A longer one is none. */
const MOST_OF_ONE = 8 * 1024;

/** Keeps the newest login of each terminal, eight for each user. */
export class Logins {
  readonly #dim: Dim;
  readonly #records: Records;
  readonly #clock: Pick<Clock, 'now'>;
  #ready = newCache();

  constructor(dim: Dim, records: Records, clock: Pick<Clock, 'now'>) {
    this.#dim = dim;
    this.#records = records;
    this.#clock = clock;
  }

  /** @returns whether it is the newest of its terminal now */
  async add(user: ID, login: Login): Promise<boolean> {
    if (writeJson(login.message).length > MOST_OF_ONE) return false;
    const known = await this.of(user);
    if (known.some(({ sn }) => sn === login.sn)) return true;
    const same = known.find(({ terminal }) => terminal === login.terminal);
    if (same !== undefined && same.time > login.time) return false;
    const others = known.filter((other) => other !== same);
    const logins = [login, ...others].sort((one, other) => other.time - one.time).slice(0, MAX_LOGINS);
    const value = {
      logins: logins.map(({ station, ...rest }) => ({ ...rest, ...(station !== undefined && { station }) })),
    };
    const writtenAt = this.#clock.now();
    const changes: RecordChange[] = [{ table: TABLE, key: user.entityKey, value, writtenAt }];
    for (const gone of known) {
      if (!logins.includes(gone) && gone.station !== undefined)
        changes.push({
          table: AWAY,
          key: this.#awayKey(user.entityKey, gone, gone.station),
          value: undefined,
          writtenAt,
        });
    }
    if (logins.includes(login) && login.station !== undefined) {
      const away = { user: user.entity.toString(), terminal: login.terminal };
      changes.push({ table: AWAY, key: this.#awayKey(user.entityKey, login, login.station), value: away, writtenAt });
    }
    await this.#records.write(changes);
    this.#ready.set(user.entityKey, logins);
    return true;
  }

  /** Terminals that are at a station, by their last login, those behind `after`. */
  async at(station: ID, after: string | undefined, limit: number): Promise<readonly AtStation[]> {
    const begin = `${station.entityKey} `;
    const found = await this.#records.list(AWAY, after ?? begin, limit);
    return found
      .filter(({ key }) => key.startsWith(begin))
      .flatMap(({ key, value, writtenAt }) => {
        const user = this.#dim.ID.tryParse(fieldOf(value, 'user'));
        return user === undefined ? [] : [{ key, user, terminal: optionalTextOf(value, 'terminal') ?? '', writtenAt }];
      });
  }

  /** Forgets the logins of users. @param users `id.entityKey` of each @throws DimError `STORE_…` */
  async forget(users: readonly string[]): Promise<void> {
    const writtenAt = this.#clock.now();
    for (const user of users) {
      const away = loginsIn(await this.#records.read(TABLE, user)).flatMap((login) =>
        login.station === undefined ? [] : [this.#awayKey(user, login, login.station)],
      );
      const changes = away.map((key) => ({ table: AWAY, key, value: undefined, writtenAt }));
      await this.#records.write([{ table: TABLE, key: user, value: undefined, writtenAt }, ...changes]);
    }
    this.#ready = newCache();
  }

  /**
   * Removes some that are older than a time, and where there are more users than may be, the oldest ones.
   * @param step at most so many of a kind
   * @returns whether there may be more of them
   * @throws DimError `STORE_…`
   */
  async prune(before: number, users: number, step: number): Promise<boolean> {
    const [records, removed] = [this.#records, new Array<number>()];
    for (const [table, most] of [
      [TABLE, users],
      [AWAY, users * MAX_LOGINS],
    ] as const) {
      const tooMany = Math.min(step, (await records.count(table)) - most);
      removed.push(await records.prune(table, before, step));
      if (tooMany > 0) removed.push(await records.prune(table, Infinity, tooMany));
    }
    if (removed.some((count) => count > 0)) this.#ready = newCache();
    return removed.some((count) => count >= step);
  }

  /** Stations may be spelled in more than one way, and no ID has a blank. */
  #awayKey(user: string, { terminal }: Login, station: string): string {
    return `${this.#dim.ID.tryParse(station)?.entityKey ?? ''} ${user} ${terminal}`;
  }

  /** The logins of a user, the newest first. */
  async of(user: ID): Promise<readonly Login[]> {
    const key = user.entityKey;
    const ready = this.#ready.get(key);
    if (ready !== undefined) return ready;
    const logins = loginsIn(await this.#records.read(TABLE, key));
    this.#ready.set(key, logins);
    return logins;
  }
}

function newCache(): BoundedCache<string, readonly Login[]> {
  return new BoundedCache(READY, { limit: READY_LENGTH, of: lengthOf });
}

function loginsIn(record: JsonMap | undefined): readonly Login[] {
  return mapsOf(record ?? {}, 'logins').map((one) => loginOf(one));
}

function lengthOf(logins: readonly Login[]): number {
  return logins.length * MOST_OF_ONE + 64;
}

function loginOf(fields: JsonMap): Login {
  const station = fieldOf(fields, 'station');
  const message = fieldOf(fields, 'message');
  return {
    sn: textOf(fields, 'sn'),
    terminal: optionalTextOf(fields, 'terminal') ?? '',
    time: optionalTimeOf(fields, 'time') ?? 0,
    station: typeof station === 'string' ? station : undefined,
    message: isJsonMap(message) ? message : {},
  };
}
