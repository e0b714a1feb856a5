/** The use of an engine from opening to closing: what was begun ends first, and what comes later is refused. */
import { DimError } from 'dimp';

/** One engine. */
export class EngineUse {
  readonly #begun = new Set<Promise<unknown>>();
  #closed: Promise<void> | undefined;

  /** Whether what takes long is to end early. */
  get isClosing(): boolean {
    return this.#closed !== undefined;
  }

  /** @throws DimError `STORE_CLOSED` once {@link EngineUse.close} was called; what the action throws */
  async during<T>(action: () => T | Promise<T>): Promise<T> {
    if (this.#closed !== undefined) throw new DimError('STORE_CLOSED', 'the engine was closed');
    const done = Promise.resolve(action());
    const ended = done.then(ignore, ignore);
    this.#begun.add(ended);
    try {
      return await done;
    } finally {
      this.#begun.delete(ended);
    }
  }

  /** Waits for what was begun, then lets go of what the engine holds, once. */
  close(free: () => void | Promise<void>): Promise<void> {
    return (this.#closed ??= Promise.all(this.#begun).then(free));
  }
}

const ignore = (): void => undefined;
