/** How long to wait for a service, and how often to try again. */
import { DimError, isDimError } from 'dimp';
import type { Clock } from '../ports/clock.ts';
import { linkAbort } from './linked-abort.ts';

/** What the transfers of one device keep to. */
export interface TransferRules {
  readonly clock: Clock;
  /** Failures in a row after which it is given up. */
  readonly attempts: number;
  /** Seconds before the second attempt; twice as many before each further one. */
  readonly pause: number;
  /** Seconds of pause at most. */
  readonly maxPause: number;
  /** Seconds for which nothing may happen. */
  readonly patience: number;
}

/** Bytes for each stretch of patience: a service that sends one byte now and then does not send. */
export const LEAST_PROGRESS = 16 * 1024;

/** Bytes after which an attempt was worth it: failures are counted anew. */
const GOOD_PROGRESS = 256 * 1024;

/** The attempts of one transfer. */
export class Attempts {
  readonly #rules: TransferRules;
  readonly #signal: AbortSignal;
  #failures = 0;
  #bytes = 0;

  constructor(rules: TransferRules, signal: AbortSignal) {
    this.#rules = rules;
    this.#signal = signal;
  }

  /** Notes bytes that need not come again. */
  moved(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes >= GOOD_PROGRESS) this.#failures = 0;
  }

  /**
   * Waits until it is time for another attempt.
   * @throws the signal's reason; a DimError of the failure, when no other attempt is to be made
   */
  async afterFailure(failure: unknown): Promise<void> {
    this.#signal.throwIfAborted();
    const error = asTransferError(failure);
    this.#failures++;
    this.#bytes = 0;
    const { attempts, pause, maxPause, clock } = this.#rules;
    if (error.code !== 'FILE_TRANSFER' || this.#failures >= attempts) throw error;
    const longest = Math.min(maxPause, pause * 2 ** (this.#failures - 1));
    // Not all of those whom a service failed at once come back at once.
    await clock.wait(longest * (0.5 + Math.random() / 2), this.#signal);
  }
}

/** What went wrong, as an error of this stack: whatever else is thrown, networks throw. */
export function asTransferError(failure: unknown): DimError {
  if (isDimError(failure)) return failure;
  return new DimError('FILE_TRANSFER', 'the connection to the file service failed', { cause: failure });
}

/**
 * Whether something is over, one way or the other, before some time is.
 * @throws the signal's reason
 */
export async function isOverInTime(
  clock: Clock,
  seconds: number,
  signal: AbortSignal,
  work: Promise<unknown>,
): Promise<boolean> {
  const done = linkAbort(signal);
  const isOver = work.then(
    () => true,
    () => true,
  );
  try {
    return await Promise.race([isOver, clock.wait(seconds, done.signal).then(() => false)]);
  } finally {
    done.release();
    done.abort();
  }
}

/** What is thrown when nothing happens any more. */
export function stalled({ patience }: TransferRules): DimError {
  return new DimError('FILE_TRANSFER', `the file service kept still for ${patience} seconds, or nearly so`);
}
