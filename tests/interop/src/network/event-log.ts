/** Events in their order, and waiting for one of them: it may have come before somebody waits for it. */
import { Difference } from '../exchange.ts';
import { BrokenSide } from '../side.ts';

/** How long an event is waited for, if nothing else is said. Busy machines are slow; nothing takes half of it. */
export const PATIENCE_MS = 20_000;

interface Waiting {
  /** Whether the event is what is waited for. */
  readonly see: (event: unknown) => boolean;
  readonly reject: (error: Error) => void;
}

/** How to wait. */
export interface WaitOptions {
  /** Only for events from this place on: see {@link EventLog.end}. */
  readonly from?: number | undefined;
  /** How long; {@link PATIENCE_MS}, if not given. */
  readonly patienceMs?: number | undefined;
}

/** Events of one program or client. */
export class EventLog<E> {
  readonly #name: string;
  readonly #events: E[] = [];
  readonly #waiting = new Set<Waiting>();
  #broken: BrokenSide | undefined;

  /** @param name of whose events they are */
  constructor(name: string) {
    this.#name = name;
  }

  add(event: E): void {
    this.#events.push(event);
    for (const waiting of this.#waiting) if (waiting.see(event)) this.#waiting.delete(waiting);
  }

  /** Nothing more will come. */
  break(reason: string): void {
    this.#broken ??= new BrokenSide(`${this.#name}: ${reason}`);
    for (const { reject } of this.#waiting) reject(this.#broken);
    this.#waiting.clear();
  }

  /** A place that `find` can begin at. */
  get end(): number {
    return this.#events.length;
  }

  /** All that came so far and is of use. */
  all<T>(find: (event: E) => T | undefined): readonly T[] {
    return this.#events.flatMap((event) => {
      const found = find(event);
      return found === undefined ? [] : [found];
    });
  }

  /**
   * The first event that `find` makes something of.
   * @param what is waited for, for the report
   * @throws Difference when it does not come in time; BrokenSide when nothing comes any more
   */
  async first<T>(
    what: string,
    find: (event: E) => T | undefined,
    { from = 0, patienceMs = PATIENCE_MS }: WaitOptions = {},
  ): Promise<T> {
    for (const event of this.#events.slice(from)) {
      const found = find(event);
      if (found !== undefined) return found;
    }
    if (this.#broken !== undefined) throw this.#broken;
    return new Promise((resolve, reject) => {
      const waiting: Waiting = {
        see: (event) => {
          const found = find(event as E);
          if (found === undefined) return false;
          clearTimeout(timer);
          resolve(found);
          return true;
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting);
        reject(new Difference(`${this.#name}: no ${what} within ${patienceMs / 1000} s`));
      }, patienceMs);
      this.#waiting.add(waiting);
    });
  }
}
