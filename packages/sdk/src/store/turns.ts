/** Actions one after the other, in the order in which they were asked for. */

/** Who is next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs an action when all that were asked for before have ended, whether they failed or not. @throws what it throws */
  take<T>(action: () => Promise<T>): Promise<T> {
    const result = this.#last.then(action);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
