/** What goes over the channel between pages and the engine. */
import type { CallName, EngineEvent } from './calls.ts';
import type { Failure } from './views.ts';

/** The BroadcastChannel, the Web Lock of the engine, and the database: one of each for an origin and a path. */
export const CHANNEL = 'dim-web';

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
  /** From the engine to the waiting ones, so that the next one needs no passphrase typed: it stays in the memory of this origin. */
  | { readonly is: 'secret'; readonly passphrase: string | undefined }
  | { readonly is: 'secret?' };
