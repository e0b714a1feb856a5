/** At which stations users said that they can be reached. */
import type { ID, ReliableMessage } from 'dimp';

/** A login, and the message that says so, which others can verify. */
interface LoginRecord {
  readonly sn: string;
  readonly terminal: string;
  readonly time: number;
  readonly message: ReliableMessage;
}

const MAX_RECORDS = 8;

/** Keeps the newest login of each terminal, eight for each user. */
export class LoginRecords {
  readonly #records = new Map<string, readonly LoginRecord[]>();

  /** @returns whether it is the newest of its terminal now */
  add(user: ID, record: LoginRecord): boolean {
    const known = this.#records.get(user.entityKey) ?? [];
    if (known.some(({ sn }) => sn === record.sn)) return true;
    const same = known.find(({ terminal }) => terminal === record.terminal);
    if (same !== undefined && same.time > record.time) return false;
    const records = [...known.filter((other) => other !== same), record];
    records.sort((one, other) => other.time - one.time);
    this.#records.set(user.entityKey, records.slice(0, MAX_RECORDS));
    return true;
  }

  /** The messages of a user's logins, the newest first. */
  of(user: ID): readonly ReliableMessage[] {
    return (this.#records.get(user.entityKey) ?? []).map(({ message }) => message);
  }
}
