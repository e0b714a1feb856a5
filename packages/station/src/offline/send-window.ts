/** How much is on its way to one terminal: what is more stays in its boxes until the terminal says that it has some. */

/** As many messages may be on their way, and bytes of them. One message may be larger, where nothing else is. */
const MESSAGES = 64;
const BYTES = 256 * 1024;

/** That of one terminal, for all boxes that go out to it. */
export class SendWindow {
  readonly #waiting = new Set<() => void>();
  #messages = 0;
  #bytes = 0;

  /** How much to read for it. */
  get room(): { readonly messages: number; readonly bytes: number } {
    return { messages: Math.max(0, MESSAGES - this.#messages), bytes: Math.max(0, BYTES - this.#bytes) };
  }

  /** Whether a message may go out now. */
  hasRoom(bytes: number): boolean {
    return this.#messages === 0 || (this.#messages < MESSAGES && this.#bytes + bytes <= BYTES);
  }

  /** A message goes out. */
  take(bytes: number): void {
    this.#messages += 1;
    this.#bytes += bytes;
  }

  /** The terminal has it: whoever waits may look again. */
  release(bytes: number): void {
    this.#messages -= 1;
    this.#bytes -= bytes;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of waiting) wake();
  }

  /** Calls once there is more room than now. */
  whenReleased(wake: () => void): void {
    this.#waiting.add(wake);
  }
}
