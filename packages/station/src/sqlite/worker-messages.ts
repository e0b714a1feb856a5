/** What goes to the thread of a file, and what comes from it. */
import type { Call, Failure, Outcome } from './desk.ts';

/** What a thread is started for: to serve a file, or to write a copy of it. */
export interface WorkerTask {
  readonly path: string;
  readonly backup?: string;
}

export type ToWorker = { readonly do: 'run'; readonly calls: readonly Call[] } | { readonly do: 'close' };

export type FromWorker =
  /** The file is open; or the copy is there. */
  | { readonly is: 'ready' }
  | { readonly is: 'failed'; readonly error: Failure }
  /** What came of the calls that were sent, which are one batch at a time. */
  | { readonly is: 'done'; readonly outcomes: readonly Outcome[] };
