/**
 * What is being written in a conversation. It is saved a moment after the last key, and when the page is left; what was sent stays in
 * it until the engine has it, which takes it out as it sends it: a crash in between loses nothing, and nothing is there twice.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import { draftOf, draftWithout } from '../protocol/draft-text.ts';

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
  /** What the engine has; undefined where that cannot be told. */
  #saved: string | undefined;
  /** Saving that is not answered yet. */
  #saving: Promise<void> = Promise.resolve();
  /** How often it was saved: what is saved while a text goes out may come before or after it. */
  #saves = 0;
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
      // The engine takes the text out of what it has of it by then.
      await this.#saving;
      const saves = this.#saves;
      await send(text);
      const isCertain = saves === this.#saves && this.#saved !== undefined;
      this.#saved = isCertain ? draftWithout(this.#saved ?? '', text) : undefined;
    })();
    this.#turn = sending.catch(() => undefined);
    try {
      await sending;
      return true;
    } catch (error) {
      this.#text.value = draftOf([text, this.#text.value]);
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
    const text = draftOf([...this.#going, this.#text.value]);
    if (text === this.#saved) return this.#saving;
    const before = this.#saved;
    this.#saved = text;
    this.#saves++;
    this.#saving = this.#save(text).catch(() => {
      // It is still on the page, and saved with the next key.
      if (this.#saved === text) this.#saved = before;
    });
    return this.#saving;
  }

  #later(): void {
    this.#timers.clearTimeout(this.#timer as never);
    this.#timer = this.#timers.setTimeout(() => void this.flush(), PAUSE);
  }
}
