/**
 * Collects calls: while some are being done, what comes in the meantime waits, and is done together next. So a thousand
 * messages that come at once cost a few writings to the disk.
 */
import { setImmediate } from 'node:timers/promises';
import { DimError } from 'dimp';
import type { Call, Desk, DeskLine, Failure, Outcome } from './desk.ts';

/** How much goes together at most: of calls, and of bytes that are given or may be asked for. */
const MAX_CALLS = 1000;
const MAX_BYTES = 8 * 1024 * 1024;

interface Waiting {
  readonly call: Call;
  readonly bytes: number;
  settle(outcome: Outcome): void;
  reject(error: unknown): void;
}

/** See the top of the file. */
export class Collector {
  readonly #line: DeskLine;
  #waiting: Waiting[] = [];
  #isWorking = false;

  constructor(line: DeskLine) {
    this.#line = line;
  }

  /** @param bytes how much it gives, or may be given @throws DimError `STORE_…`: nothing was done */
  call<M extends keyof Desk>(bytes: number, method: M, ...values: Parameters<Desk[M]>): Promise<ReturnType<Desk[M]>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        call: { do: method, with: values } as unknown as Call,
        bytes,
        settle: (outcome) => {
          if ('value' in outcome) resolve(outcome.value as ReturnType<Desk[M]>);
          else reject(errorOf(outcome.error));
        },
        reject,
      });
      if (!this.#isWorking) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    while (this.#waiting.length > 0) {
      // What else comes in this turn of the event loop goes with it.
      await setImmediate();
      const batch = this.#next();
      try {
        const outcomes = await this.#line.send(batch.map(({ call }) => call));
        for (const [index, outcome] of outcomes.entries()) batch[index]?.settle(outcome);
      } catch (error) {
        for (const each of batch) each.reject(error);
      }
    }
    this.#isWorking = false;
  }

  #next(): readonly Waiting[] {
    let count = 0;
    for (let bytes = 0; count < Math.min(this.#waiting.length, MAX_CALLS); count++) {
      bytes += this.#waiting[count]?.bytes ?? 0;
      if (count > 0 && bytes > MAX_BYTES) break;
    }
    const batch = this.#waiting.slice(0, count);
    this.#waiting = this.#waiting.slice(count);
    return batch;
  }
}

/** An error that came from another thread. */
export function errorOf({ code, reason, cause }: Failure): DimError {
  return new DimError(code, reason, cause === '' ? {} : { cause: new Error(cause) });
}
