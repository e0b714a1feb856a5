/** What has come over one connection, one message after the other. */
import { isDimError, type DimError } from 'dimp';
import { linesOf } from '../messages/lines.ts';
import type { ReceivedMessage } from '../messages/received-message.ts';

/** A message that has come. */
export interface Arrival {
  readonly received: ReceivedMessage;
  /** Says that the client need not send it again: it is kept, or nothing will become of it. Once. */
  settle(): void;
}

/** What works on arrivals. */
export interface ArrivalsUser {
  /** @throws DimError for what is no message */
  read(bytes: Uint8Array): ReceivedMessage;
  /** Works on messages, in their order. */
  route(arrivals: readonly Arrival[]): Promise<void>;
  refused(error: DimError): void;
  /** Something went wrong in the station itself: nothing more is worked on. */
  failed(error: unknown): void;
}

/** As many are worked on together: their signatures are verified side by side. */
const MAX_TOGETHER = 64;

/** The messages of one connection, in order. */
export class Arrivals {
  readonly #user: ArrivalsUser;
  #waiting: { readonly bytes: Uint8Array; readonly acknowledge: () => void }[] = [];
  #isWorking = false;
  #isOver = false;

  constructor(user: ArrivalsUser) {
    this.#user = user;
  }

  receive(bytes: Uint8Array, acknowledge: () => void): void {
    if (this.#isOver) return;
    this.#waiting.push({ bytes, acknowledge });
    if (!this.#isWorking) void this.#work();
  }

  /** What is not worked on yet is not acknowledged, so it comes again. */
  end(): void {
    this.#isOver = true;
    this.#waiting = [];
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    try {
      while (this.#waiting.length > 0) {
        await this.#user.route(this.#next());
      }
      this.#isWorking = false;
    } catch (error) {
      this.end();
      this.#user.failed(error);
    }
  }

  #next(): readonly Arrival[] {
    const arrivals: Arrival[] = [];
    let count = 0;
    while (arrivals.length < MAX_TOGETHER && count < this.#waiting.length) {
      const payload = this.#waiting[count];
      count += 1;
      if (payload !== undefined) arrivals.push(...this.#read(payload.bytes, payload.acknowledge));
    }
    this.#waiting = this.#waiting.slice(count);
    return arrivals;
  }

  #read(bytes: Uint8Array, acknowledge: () => void): readonly Arrival[] {
    const read = this.#linesOf(bytes).flatMap((line) => this.#readLine(line));
    let left = read.length;
    if (left === 0) acknowledge();
    return read.map((received) => {
      let isSettled = false;
      const settle = (): void => {
        if (isSettled) return;
        isSettled = true;
        left -= 1;
        if (left === 0) acknowledge();
      };
      return { received, settle };
    });
  }

  #linesOf(bytes: Uint8Array): readonly Uint8Array[] {
    try {
      return linesOf(bytes);
    } catch (error) {
      if (!isDimError(error)) throw error;
      this.#user.refused(error);
      return [];
    }
  }

  #readLine(line: Uint8Array): readonly ReceivedMessage[] {
    try {
      return [this.#user.read(line)];
    } catch (error) {
      if (!isDimError(error)) throw error;
      this.#user.refused(error);
      return [];
    }
  }
}
