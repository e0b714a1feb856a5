/** What becomes old is removed, a little at a time. */
import { STRANGERS } from '../directory/directory.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { StationLimits } from './station-limits.ts';

/** How long from one sweep to the next, in seconds. */
const PAUSE = 10 * 60;
const DAY = 24 * 60 * 60;
/** How many records are removed at once. */
const STEP = 1000;

/** Removes messages that nobody fetched, and strangers that nobody has heard of for longest. */
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
    const { clock, logger } = this.#parts;
    while (await this.#pause()) {
      try {
        await this.#sweep(clock.now());
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
    let tooMany = (await engine.records.count(STRANGERS)) - this.#limits.strangers;
    while (tooMany > 0 && !this.#over.signal.aborted) {
      const removed = await engine.records.prune(STRANGERS, now, Math.min(STEP, tooMany));
      if (removed === 0) return;
      tooMany -= removed;
    }
  }
}
