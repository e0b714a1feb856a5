/** Who is here. */
import type { ID } from 'dimp';
import type { Session } from './session.ts';

/** All sessions: by their users once these have logged in. */
export class Sessions {
  readonly #all = new Set<Session>();
  readonly #byUser = new Map<string, Set<Session>>();

  add(session: Session): void {
    this.#all.add(session);
  }

  /** Somebody has logged in. */
  join(session: Session): void {
    if (session.user === undefined) return;
    const key = session.user.entityKey;
    const own = this.#byUser.get(key) ?? new Set();
    this.#byUser.set(key, own.add(session));
  }

  remove(session: Session): void {
    this.#all.delete(session);
    const key = session.user?.entityKey;
    const own = key === undefined ? undefined : this.#byUser.get(key);
    own?.delete(session);
    if (key !== undefined && own?.size === 0) this.#byUser.delete(key);
  }

  all(): ReadonlySet<Session> {
    return this.#all;
  }

  /** Users who have logged in. */
  get users(): number {
    return this.#byUser.size;
  }

  /** Whether a user is here. @param user `id.entityKey` */
  has(user: string): boolean {
    return this.#byUser.has(user);
  }

  /** The sessions of a user, at any terminal. */
  of(user: ID): readonly Session[] {
    return [...(this.#byUser.get(user.entityKey) ?? [])];
  }

  /** The sessions that a box goes out to. */
  at(user: string, terminal: string): readonly Session[] {
    const own = this.#byUser.get(user);
    if (own === undefined) return [];
    return [...own].filter(({ isActive, streams }) => isActive && streams.some(({ box }) => box.terminal === terminal));
  }
}
