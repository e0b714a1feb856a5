/** What all parts of an assistant have in common. */
import type { Dim, ID } from 'dimp';
import type { ClientStore, Clock, GroupState, Logger } from 'dimsdk';
import type { AssistantLimits } from './assistant-limits.ts';

/** What all parts of an assistant have in common. */
export interface AssistantContext {
  readonly dim: Dim;
  /** Holds the tables of the assistant beside those of its client. */
  readonly store: ClientStore;
  /** The bot, without a terminal. */
  readonly self: ID;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits: AssistantLimits;
  /** Whether it works for a group that names it in its bulletin. */
  readonly allows: (group: ID) => boolean;
  /** Who is what in a group, as its verified history says; undefined where its founder is not known. */
  stateOf(group: ID): Promise<GroupState | undefined>;
  /** Asks for the history of a group. */
  askFor(group: ID): Promise<void>;
}

/** For how long something waits, in seconds: as long as a station keeps a message. */
export const KEPT_FOR = 7 * 24 * 60 * 60;
