/** How far a transfer is. */
import { DimError } from 'dimp';

/** How far a transfer is, in bytes. It never goes back, and ends where `done` is `total`. */
export interface FileProgress {
  /** A file is encrypted before it is sent; each phase counts from 0. */
  readonly phase: 'preparing' | 'sending' | 'receiving';
  readonly done: number;
  /** Undefined where nobody said how large the file is. */
  readonly total: number | undefined;
}

/** Is told how far a transfer is. What it throws ends the transfer, as the cause of a DimError `USAGE_ARGUMENT`. */
export type OnFileProgress = (progress: FileProgress) => void;

/** Tells of one phase, never backwards. */
export class PhaseProgress {
  readonly #phase: FileProgress['phase'];
  readonly #tell: OnFileProgress | undefined;
  #total: number | undefined;
  #done = -1;
  /** What was told last. */
  #last: FileProgress | undefined;

  constructor(phase: FileProgress['phase'], total: number | undefined, tell: OnFileProgress | undefined) {
    this.#phase = phase;
    this.#total = total;
    this.#tell = tell;
  }

  /** What the total turned out to be. */
  expect(total: number | undefined): void {
    this.#total = total;
  }

  /** @param done how much there is, of everything */
  reach(done: number): void {
    // What was said of the total may be wrong; that it is all there is said by `finish` alone.
    const most = this.#total === undefined ? done : Math.min(done, this.#total);
    if (most <= this.#done) return;
    this.#done = most;
    this.#report();
  }

  /** @param total how much it was after all */
  finish(total: number): void {
    this.#total = total;
    this.#done = total;
    if (this.#last?.done !== total || this.#last.total !== total) this.#report();
  }

  #report(): void {
    this.#last = Object.freeze({ phase: this.#phase, done: this.#done, total: this.#total });
    try {
      this.#tell?.(this.#last);
    } catch (cause) {
      throw new DimError('USAGE_ARGUMENT', 'must not throw', { path: 'onProgress', cause });
    }
  }
}
