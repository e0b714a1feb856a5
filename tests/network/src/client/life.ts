/** One process of a device over a store and a network that outlast it. */
import { setImmediate } from 'node:timers/promises';
import type { ClientStore, Transport } from 'dimsdk';

/** Where a process ends. */
export interface End {
  /** The how manyth commit, from 1. */
  readonly at: number;
  /** Whether that commit is kept. */
  readonly moment: 'before' | 'after';
}

/** Nowhere. */
export const FOR_EVER: End = { at: Infinity, moment: 'before' };

/** How long a disk takes, in turns of this process. */
const DISK_TURNS = 20;

const never = new Promise<never>(() => undefined);

/** What one process has of the disk and of the network, until it ends: then nothing that it waits for comes. */
export class Life {
  readonly store: ClientStore;
  readonly #end: End;
  #last: Promise<unknown> = Promise.resolve();
  #commits = 0;
  #isOver = false;
  #tell: () => void = () => undefined;
  /** Settles when it ends. */
  readonly ended: Promise<void>;

  constructor(disk: ClientStore, end: End) {
    this.#end = end;
    this.ended = new Promise((resolve) => {
      this.#tell = resolve;
    });
    this.store = new Proxy(disk, {
      get: (target, name) => {
        if (name === 'exclusive') return async (action: () => Promise<unknown>) => this.#inTurn(action);
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return async (...args: unknown[]): Promise<unknown> => {
          const call = (): unknown => (value as (...given: unknown[]) => unknown).apply(target, args);
          if (name === 'commit') return this.#commit(call);
          return this.#isOver ? never : call();
        };
      },
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** The network, for this process. */
  transport(transport: Transport): Transport {
    return { connect: async (address, options) => (this.#isOver ? never : transport.connect(address, options)) };
  }

  /** Turns of its own: when another process comes, this one is not there any more, and holds none. */
  async #inTurn(action: () => Promise<unknown>): Promise<unknown> {
    const before = this.#last;
    const own = (async () => {
      await before.catch(() => undefined);
      return this.#isOver ? never : action();
    })();
    this.#last = own;
    return own;
  }

  async #commit(commit: () => unknown): Promise<unknown> {
    // Meanwhile more comes, and is read together.
    for (let turn = 0; turn < DISK_TURNS; turn++) await setImmediate();
    if (this.#isOver) return never;
    const isEnd = ++this.#commits === this.#end.at;
    if (!isEnd || this.#end.moment === 'after') await commit();
    if (!isEnd) return undefined;
    this.#isOver = true;
    this.#tell();
    return never;
  }
}
