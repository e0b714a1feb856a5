/** What becomes old is removed, a little at a time. */
import { STRANGERS, USERS } from '../directory/directory.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { StationLimits } from './station-limits.ts';

/** How long from one sweep to the next, in seconds. */
const PAUSE = 10 * 60;
const DAY = 24 * 60 * 60;
/** How many records are removed at once. */
const STEP = 1000;
/** Users are forgotten until there is so much room again, so that a crowd that comes at once finds some. */
const KEPT = 0.9;
/** So many users who are old and cannot be forgotten are passed over in one sweep. */
const MOST_SPARED = 10 * STEP;

/** Removes messages that nobody fetched, and strangers and users that nobody has heard of for longest. */
export class Sweeper {
  readonly #parts: StationParts;
  readonly #limits: StationLimits;
  readonly #over = new AbortController();
  readonly #done: Promise<void>;

  constructor(parts: StationParts, limits: StationLimits) {
    this.#parts = parts;
    this.#limits = limits;
    this.#done = this.#work();
  }

  async close(): Promise<void> {
    this.#over.abort();
    await this.#done;
  }

  async #work(): Promise<void> {
    const { ages, logger } = this.#parts;
    while (await this.#pause()) {
      try {
        await ages.passed(PAUSE, this.#limits.daysKept * DAY);
        await this.#sweep(ages.horizon);
      } catch (error) {
        logger.error('what is old could not be removed', { error: String(error) });
      }
    }
  }

  async #pause(): Promise<boolean> {
    try {
      await this.#parts.clock.wait(PAUSE, this.#over.signal);
      return true;
    } catch {
      return false;
    }
  }

  async #sweep(now: number): Promise<void> {
    const { engine, meter } = this.#parts;
    const expired = await engine.mailbox.expire(now - this.#limits.daysKept * DAY);
    if (expired > 0) meter.add('expired', expired);
    await this.#forgetUsers(now);
    await this.#forgetLogins(now);
    let tooMany = (await engine.records.count(STRANGERS)) - this.#limits.strangers;
    while (tooMany > 0 && !this.#over.signal.aborted) {
      const removed = await engine.records.prune(STRANGERS, Infinity, Math.min(STEP, tooMany));
      if (removed === 0) return;
      tooMany -= removed;
    }
  }

  /** Forgets those who have not been here for longest, where there are too many. Whoever comes again is learned again. */
  async #forgetUsers(now: number): Promise<void> {
    const { engine, directory, lists, correspondents, logins, logger } = this.#parts;
    const { users, userDays } = this.#limits;
    const before = now - userDays * DAY;
    const spared = new Set<string>();
    let tooMany = (await engine.records.count(USERS)) - Math.floor(users * KEPT);
    while (tooMany > 0 && spared.size < MOST_SPARED && !this.#over.signal.aborted) {
      const found = await engine.records.oldest(USERS, before, spared.size + Math.min(STEP, tooMany));
      const old = found.filter((key) => !spared.has(key));
      if (old.length === 0) break;
      const forgotten: string[] = [];
      for (const key of old) {
        if (await this.#isWanted(key)) spared.add(key);
        else forgotten.push(key);
      }
      await lists.forget(forgotten, before);
      await correspondents.forget(forgotten);
      await logins.forget(forgotten);
      tooMany -= await directory.forgetUsers(forgotten, before);
    }
    if (tooMany >= users - Math.floor(users * KEPT))
      logger.warn('there are as many users as may be: nobody new is let in', { users });
  }

  /** Of those, too, who were at neighbors alone. */
  async #forgetLogins(now: number): Promise<void> {
    const { users, userDays } = this.#limits;
    const { logins } = this.#parts;
    while (!this.#over.signal.aborted && (await logins.prune(now - userDays * DAY, users, STEP))) {
      // A step at a time, so that others get their turn.
    }
  }

  /** Whether a user is here, has a name of the station, or is about to fetch something. */
  async #isWanted(user: string): Promise<boolean> {
    const { engine, sessions, names } = this.#parts;
    if (sessions.has(user) || names.standsFor(user)) return true;
    return (await engine.mailbox.usage(user)).some(({ messages }) => messages > 0);
  }
}
