/** Who is at the other end of a connection, as far as the station knows. */
import type { ID, ReliableMessage } from 'dimp';
import type { StationLine } from './line.ts';

/** As many messages wait for a login; of more, the oldest is dropped. */
const MAX_SUSPENDED = 32;

/** A session. */
export class Session {
  readonly line: StationLine;
  /** The station's word for the connection: whoever signs it is in. */
  readonly key: string;
  /** Whose visa came with the first handshake, and the terminal of it: empty for none. */
  terminal: string | undefined;
  /** Who has logged in, without a terminal. */
  user: ID | undefined;
  isActive = true;
  /** When the client said last whether it is active. */
  changedAt = 0;
  #suspended: ReliableMessage[] = [];
  /** What was pushed of what is stored, and is not acknowledged: it need not be pushed again. */
  readonly inFlight = new Set<string>();

  constructor(line: StationLine, key: string) {
    this.line = line;
    this.key = key;
  }

  /** The user at the terminal; undefined before the login. */
  get id(): ID | undefined {
    return this.user && this.#atTerminal(this.user);
  }

  /** Whether messages of a sender are of this terminal: its own, or of anybody before somebody has logged in. */
  isOf(sender: ID): boolean {
    return this.user === undefined || this.user.equals(sender);
  }

  /** Where answers to a sender go. */
  addressOf(sender: ID): ID {
    return this.isOf(sender) ? this.#atTerminal(sender) : sender;
  }

  #atTerminal(id: ID): ID {
    return this.terminal === undefined || this.terminal === '' ? id.entity : id.at(this.terminal);
  }

  /** Says whether the client is active. What was said before something else that is known counts no more. */
  setActive(isActive: boolean, time: number): void {
    if (time < this.changedAt) return;
    this.changedAt = time;
    this.isActive = isActive;
  }

  suspend(message: ReliableMessage): void {
    this.#suspended.push(message);
    if (this.#suspended.length > MAX_SUSPENDED) this.#suspended.shift();
  }

  /** What was suspended; it is no longer. */
  resume(): readonly ReliableMessage[] {
    const suspended = this.#suspended;
    this.#suspended = [];
    return suspended;
  }
}

/** Whether two IDs are the same user at the same terminal. */
export function isSameTerminal(one: ID, other: ID): boolean {
  return one.equals(other) && one.terminal === other.terminal;
}
