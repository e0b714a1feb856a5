/** What terminals have: removed from the boxes, all of one turn at once. */
import type { Logger } from 'dimsdk';
import type { Box, Mailbox } from '../ports/mailbox.ts';
import type { Meter } from '../ports/meter.ts';

/** Collects acknowledgements. What is not removed goes out again, and is read once. */
export class Acknowledgements {
  readonly #mailbox: Mailbox;
  readonly #logger: Logger;
  readonly #meter: Meter;
  #collected = new Map<string, { readonly box: Box; readonly positions: number[] }>();
  #last: Promise<void> | undefined;

  constructor(mailbox: Mailbox, { logger, meter }: { readonly logger: Logger; readonly meter: Meter }) {
    this.#mailbox = mailbox;
    this.#logger = logger;
    this.#meter = meter;
  }

  add(box: Box, position: number): void {
    const key = `${box.user} ${box.terminal}`;
    const entry = this.#collected.get(key);
    if (entry === undefined) this.#collected.set(key, { box, positions: [position] });
    else entry.positions.push(position);
    this.#last ??= this.#work();
  }

  /** All that was added is removed. */
  async settled(): Promise<void> {
    while (this.#last !== undefined) await this.#last;
  }

  async #work(): Promise<void> {
    // Whatever else is acknowledged in this turn goes with it.
    await new Promise<void>((resolve) => void setImmediate(resolve));
    try {
      while (this.#collected.size > 0) {
        const collected = [...this.#collected.values()];
        this.#collected = new Map();
        await this.#mailbox.acknowledge(collected);
        this.#meter.add(
          'acknowledged',
          collected.reduce((sum, { positions }) => sum + positions.length, 0),
        );
      }
    } catch (error) {
      this.#logger.error('acknowledged messages could not be removed', { error: String(error) });
    } finally {
      this.#last = undefined;
    }
  }
}
