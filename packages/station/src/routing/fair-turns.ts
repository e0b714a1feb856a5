/** Actions one after the other, and of those who wait each in its turn: who asks for many holds up none of the others. */

/** Who is next. */
export class FairTurns {
  /** Those of each, in the order in which they were asked for. Who was next last is last. */
  readonly #waiting = new Map<string, (() => Promise<void>)[]>();
  #isWorking = false;

  /** Runs an action when it is the turn of whoever asks for it. @throws what it throws */
  take<T>(who: string, action: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const own = this.#waiting.get(who) ?? [];
      own.push(async () => action().then(resolve, reject));
      this.#waiting.set(who, own);
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let [first] = this.#waiting; first !== undefined; [first] = this.#waiting) {
      const [who, own] = first;
      const action = own.shift();
      this.#waiting.delete(who);
      if (own.length > 0) this.#waiting.set(who, own);
      await action?.();
    }
    this.#isWorking = false;
  }
}
