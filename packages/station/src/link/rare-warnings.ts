/** Warnings of what strangers can bring about as often as they like: they must not fill the log. */
import type { Logger } from 'dimsdk';

/** The same is said once in so many seconds. */
const SECONDS = 60;

/** What was said last. */
interface Said {
  readonly at: number;
  /** How often it happened since, without a word. */
  unsaid: number;
}

/** Says each event at most once a minute, and how often it has happened besides. */
export class RareWarnings {
  readonly #logger: Logger;
  readonly #now: () => number;
  readonly #said = new Map<string, Said>();

  /** @param now seconds that go by, never back */
  constructor(logger: Logger, now: () => number) {
    this.#logger = logger;
    this.#now = now;
  }

  warn(event: string, details: Readonly<Record<string, unknown>>): void {
    const now = this.#now();
    const last = this.#said.get(event);
    if (last !== undefined && now < last.at + SECONDS) {
      last.unsaid += 1;
      return;
    }
    this.#said.set(event, { at: now, unsaid: 0 });
    this.#logger.warn(event, { ...details, others: last?.unsaid ?? 0 });
  }
}
