/** One thing after the other. */

/** Does what it is given in order, whoever fails. */
export class InOrder {
  #last: Promise<unknown> = Promise.resolve();

  async run<T>(action: () => Promise<T>): Promise<T> {
    const done = this.#last.then(action);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** All that it was given so far is done. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
