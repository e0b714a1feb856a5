/** All sessions of a station. */
import { EntityType, type ID } from 'dimp';
import type { StationLine } from './line.ts';
import { isSameTerminal, type Session } from './session.ts';

/** The sessions, by their connections. */
export class Sessions {
  readonly #sessions = new Map<StationLine, Session>();

  add(session: Session): void {
    this.#sessions.set(session.line, session);
  }

  /** The session of a connection; undefined when it has ended. */
  of(line: StationLine): Session | undefined {
    return this.#sessions.get(line);
  }

  remove(line: StationLine): void {
    this.#sessions.delete(line);
  }

  all(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** The active sessions of exactly this user at exactly this terminal. */
  activeOf(receiver: ID): readonly Session[] {
    return this.all().filter(({ id, isActive }) => isActive && id !== undefined && isSameTerminal(id, receiver));
  }

  /** Other stations that have come in here. */
  stations(): readonly ID[] {
    const stations = this.all().flatMap(({ user }) => (user?.type === EntityType.STATION ? [user] : []));
    return stations.filter((id, index) => stations.findIndex((other) => other.equals(id)) === index);
  }
}
