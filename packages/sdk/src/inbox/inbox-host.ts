/** What an inbox asks of the client around it. */
import type { Content, DimError, ID, Missing } from 'dimp';
import type { RowChange } from '../ports/client-store.ts';
import type { Arrival } from './arrival-table.ts';
import type { Gate } from './read-messages.ts';

/** A message that was not read, and why. */
export interface Refusal {
  /** As its envelope says, where it has one. Nothing of it is proven. */
  readonly sender: ID | undefined;
  readonly error: DimError;
}

/** What an inbox asks of the client around it. */
export interface InboxHost<C extends Content> {
  /** Another turn begins: what the gate planned in the last one is kept, or never will be. */
  begin(): void;
  /** Whether a message may be read now: of what group it is, and so on. */
  gate(...args: Parameters<Gate<C>>): ReturnType<Gate<C>>;
  /** Whether nothing is wanted of a sender. */
  isBlocked(sender: ID): boolean;
  /**
   * Takes what belongs to the session itself, once it is kept.
   * @param isOfConnection whether it came through the connection just now: nobody handed it on, and it waited for nothing
   * @returns whether it belongs to a session
   */
  isOfSession(content: C, sender: ID, isOfConnection: boolean): boolean;
  /** The rows of a content: the message of its conversation, and the arrival where it is still to be handled. */
  rowsOf(arrival: Arrival<C>): readonly RowChange[];
  /** Stages what the handlers want that run inside the commit. */
  react(arrival: Arrival<C>): Promise<void>;
  /** Contents are kept, in this order. */
  arrived(arrivals: readonly Arrival<C>[]): void;
  /** A sender has shown meta and visa: something of it is new, or was not believed. */
  introduced(sender: ID, error: DimError | undefined): void;
  refused(refusal: Refusal): void;
  want(missing: readonly Missing[]): void;
}
