/** What all programs of a living network said, in one order: whoever looks for a failure begins here. */
import type { Logger } from 'dimsdk';

/** How much is kept, in lines. */
const MAX_LINES = 20_000;
const MAX_LINE_LENGTH = 400;

/** Lines with their time and who said them. */
export class Journal {
  readonly #begin = performance.now();
  readonly #lines: string[] = [];
  #dropped = 0;

  add(who: string, text: string): void {
    const seconds = ((performance.now() - this.#begin) / 1000).toFixed(2).padStart(7);
    const shown = text.length > MAX_LINE_LENGTH ? `${text.slice(0, MAX_LINE_LENGTH)}…` : text;
    this.#lines.push(`${seconds} ${who}: ${shown}`);
    if (this.#lines.length <= MAX_LINES) return;
    this.#lines.shift();
    this.#dropped += 1;
  }

  /** For what a client of ours says of itself. */
  logger(who: string): Logger {
    const log = (event: string, details?: object): void =>
      this.add(`${who} (log)`, `${event} ${JSON.stringify(details ?? {})}`);
    return { debug: log, info: log, warn: log, error: log };
  }

  /** A place that `since` begins at. */
  get end(): number {
    return this.#dropped + this.#lines.length;
  }

  /** The last lines behind a place. */
  since(place: number, count: number): readonly string[] {
    return this.#lines.slice(Math.max(0, place - this.#dropped)).slice(-count);
  }
}
