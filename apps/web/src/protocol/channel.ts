/** What goes over the channel between pages and the engine. */
import type { CallName, EngineEvent } from './calls.ts';
import type { Failure } from './views.ts';

/**
 * The BroadcastChannel, the Web Lock of the engine, and the database: one of each for an origin and a path. Another path of the same
 * origin is another application.
 * @param page the address of a page
 */
export function channelName(page: string): string {
  return `dim-web ${new URL('.', page).pathname}`;
}

/** Where the workers speak among themselves: no page hears of it. */
export function workerChannelName(page: string): string {
  return `${channelName(page)} workers`;
}

/** What a page says to its own worker, first of all. */
export interface WorkerStart {
  /** The address of the page, without what stands behind `#`. */
  readonly page: string;
}

/** From a page. `page` is a random name, so that nobody reads another's answers as its own. */
export interface Question {
  readonly is: 'question';
  readonly page: string;
  readonly number: number;
  readonly call: CallName;
  readonly parameter: unknown;
}

export type Word =
  | Question
  | { readonly is: 'answer'; readonly page: string; readonly number: number; readonly value: unknown }
  | { readonly is: 'refusal'; readonly page: string; readonly number: number; readonly failure: Failure }
  /** There is a new engine: what was asked of the one before and not answered is asked again. */
  | { readonly is: 'engine' }
  | { readonly is: 'event'; readonly event: EngineEvent }
  /** The page is left: it waits for no answer any more. */
  | { readonly is: 'bye'; readonly page: string };

/** Between the engine and the waiting ones, so that the next one needs no passphrase typed: it stays in the memory of this origin. */
export type WorkerWord =
  | { readonly is: 'secret'; readonly passphrase: string | undefined }
  /** From one that has just begun to wait. */
  | { readonly is: 'secret?' };
