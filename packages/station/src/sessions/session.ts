/** Who is at the other end of a connection, as far as the station knows. */
import type { ID } from 'dimp';
import type { BoxStream } from '../offline/box-stream.ts';
import type { Link } from '../ports/link.ts';

/** A session. It begins with a connection and ends with it. */
export class Session {
  readonly link: Link;
  /** The station's word for this connection: whoever signs it is in. */
  readonly key: string;
  /** When it began, in seconds since 1970. */
  readonly since: number;
  /** The terminal of the visa that came with the first handshake: empty for a visa without one. */
  terminal: string | undefined;
  /** Who has logged in, without a terminal. */
  user: ID | undefined;
  /** Whether it is of a station that this one trusts, so that it brings messages of others. */
  isOfNeighbor = false;
  isActive = true;
  /** When the client said last whether it is active, in seconds since 1970. */
  changedAt = 0;
  hasEnded = false;
  /** What goes out to this terminal. */
  streams: readonly BoxStream[] = [];

  /** Whether this station has made the connection: then it is this one that logs in at the other end, when it is asked to. */
  readonly isOutgoing: boolean;

  /** @param neighbor the station to which this one has connected, and which has let it in */
  constructor(link: Link, key: string, since: number, neighbor?: ID) {
    this.link = link;
    this.key = key;
    this.since = since;
    this.user = neighbor;
    this.isOutgoing = neighbor !== undefined;
    this.isOfNeighbor = this.isOutgoing;
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
}

/** Whether two IDs are the same user at the same terminal. */
export function isSameTerminal(one: ID, other: ID): boolean {
  return one.equals(other) && one.terminal === other.terminal;
}
