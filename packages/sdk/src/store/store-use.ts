/** The use of a store from opening to closing: what was begun ends first, and what comes later is refused. */
import { DimError } from 'dimp';

/** One handle of a store. */
export class StoreUse {
  #begun = 0;
  #isClosing = false;
  #isEnded = false;
  readonly #ended: Promise<void>;
  #end: () => void = () => undefined;

  constructor() {
    this.#ended = new Promise((resolve) => (this.#end = resolve));
  }

  /** Before each question and each commit: what `exclusive` runs may ask and commit until it has ended. @throws DimError `STORE_CLOSED` */
  check(): void {
    if (this.#isEnded) throw new DimError('STORE_CLOSED', 'the store was closed');
  }

  /** Runs what closing waits for. @throws what it throws; DimError `STORE_CLOSED` once {@link StoreUse.close} was called */
  async during<T>(action: () => Promise<T>): Promise<T> {
    if (this.#isClosing) throw new DimError('STORE_CLOSED', 'the store was closed');
    this.#begun++;
    try {
      return await action();
    } finally {
      this.#begun--;
      this.#endWhenDone();
    }
  }

  /** Ends the use. @returns when what was begun has ended; `true` for the first call, which is to free what the store holds */
  async close(): Promise<boolean> {
    const isFirst = !this.#isClosing;
    this.#isClosing = true;
    this.#endWhenDone();
    await this.#ended;
    return isFirst;
  }

  #endWhenDone(): void {
    if (!this.#isClosing || this.#begun > 0) return;
    this.#isEnded = true;
    this.#end();
  }
}
