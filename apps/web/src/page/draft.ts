/**
 * What is being written in a conversation. It is saved a moment after the last key, and when the page is left; what was sent stays in
 * it until the engine has it, so that a crash in between loses nothing.
 */
import { signal, type ReadonlySignal } from '@preact/signals';

export interface Timers {
  readonly setTimeout: (work: () => void, milliseconds: number) => unknown;
  readonly clearTimeout: (timer: never) => void;
}

const PAUSE = 500;

export class Draft {
  readonly #text = signal('');
  readonly #save: (text: string) => Promise<void>;
  readonly #timers: Timers;
  readonly #going: string[] = [];
  #timer: unknown;
  #saved: string;
  #turn: Promise<void> = Promise.resolve();

  constructor(text: string, save: (text: string) => Promise<void>, timers: Timers = globalThis) {
    this.#text.value = text;
    this.#saved = text;
    this.#save = save;
    this.#timers = timers;
  }

  get text(): ReadonlySignal<string> {
    return this.#text;
  }

  write(text: string): void {
    this.#text.value = text;
    this.#later();
  }

  /**
   * Sends what is written, one after the other: the field is empty at once. What was not sent comes back into it.
   * @returns whether it was sent
   */
  async send(send: (text: string) => Promise<unknown>): Promise<boolean> {
    const text = this.#text.value;
    this.#going.push(text);
    this.#text.value = '';
    const before = this.#turn;
    const sending = (async () => {
      await before;
      await send(text);
    })();
    this.#turn = sending.catch(() => undefined);
    try {
      await sending;
      return true;
    } catch (error) {
      this.#text.value = joined([text, this.#text.value]);
      throw error;
    } finally {
      this.#going.splice(this.#going.indexOf(text), 1);
      await this.flush();
    }
  }

  /** Saves now what is not saved. */
  async flush(): Promise<void> {
    this.#timers.clearTimeout(this.#timer as never);
    this.#timer = undefined;
    const text = joined([...this.#going, this.#text.value]);
    if (text === this.#saved) return;
    const before = this.#saved;
    this.#saved = text;
    try {
      await this.#save(text);
    } catch {
      // It is still on the page, and saved with the next key.
      if (this.#saved === text) this.#saved = before;
    }
  }

  #later(): void {
    this.#timers.clearTimeout(this.#timer as never);
    this.#timer = this.#timers.setTimeout(() => void this.flush(), PAUSE);
  }
}

function joined(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}
