/** Who has a session: the engine, to which it tells what happens. */
import type { EngineEvent } from '../protocol/calls.ts';
import type { Failure } from '../protocol/views.ts';

/** How a session tells what happens. */
export interface SessionHost {
  tell(event: EngineEvent): void;
  /** What is in the state is another: connection, transfers, or who this is. */
  stateChanged(): void;
  /** The store cannot be used any more. */
  broke(failure: Failure): void;
}
