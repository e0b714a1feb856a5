/** How a page speaks with the engine, wherever that one runs. */
import type { Answer, CallName, EngineEvent, Parameter } from '../protocol/calls.ts';
import type { Failure } from '../protocol/views.ts';

/** What stands behind the name of a call. */
export type Given<K extends CallName> = Parameter<K> extends void ? [] : [Parameter<K>];

export interface EngineLink {
  /** @throws EngineError what the engine refuses, or could not do */
  call<K extends CallName>(name: K, ...parameter: Given<K>): Promise<Answer<K>>;
  /** Hears all that the engine tells, from now on. @returns what ends it */
  hear(listener: (event: EngineEvent) => void): () => void;
}

/** A failure of the engine, as it came to the page. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}
