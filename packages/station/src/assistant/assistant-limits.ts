/** Upper bounds of an assistant: whoever founds a group, or writes to one, chooses every size and number. */
import { DimError } from 'dimp';
import { requireMap } from 'dimsdk/internal';

/** The limits of an assistant. */
export interface AssistantLimits {
  /** Members of a group that it splits messages for. */
  readonly members: number;
  /** Messages of one sender in a minute, in all groups. */
  readonly perMinute: number;
  /** Messages of one group that wait for something. Of more, the oldest one goes. */
  readonly heldInGroup: number;
  /** The same in bytes. */
  readonly heldBytesInGroup: number;
  /** Messages that wait for one member, in all groups. What is more does not wait, and its sender is told for how many it does. */
  readonly heldForMember: number;
  /** Groups of which messages wait. */
  readonly groups: number;
  /** Messages to groups that are not known yet, of one sender; and sixteen times as many of all. */
  readonly unknown: number;
}

const MIB = 1024 * 1024;

/** The limits of an assistant where none are given. */
export const DEFAULT_ASSISTANT_LIMITS: AssistantLimits = Object.freeze({
  members: 1000,
  perMinute: 240,
  heldInGroup: 256,
  heldBytesInGroup: 16 * MIB,
  heldForMember: 1000,
  groups: 256,
  unknown: 16,
});

/**
 * The limits given, and the defaults of all others.
 * @throws DimError `USAGE_ARGUMENT` for a name that is none, or a limit that would limit nothing
 */
export function readAssistantLimits(given: Partial<AssistantLimits> = {}): AssistantLimits {
  requireMap(given, 'limits');
  for (const [name, value] of Object.entries(given)) {
    const path = `limits.${name}`;
    if (!Object.hasOwn(DEFAULT_ASSISTANT_LIMITS, name))
      throw new DimError('USAGE_ARGUMENT', 'is no limit of an assistant', { path });
    if (!Number.isSafeInteger(value) || value < 1)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path });
  }
  return Object.freeze({ ...DEFAULT_ASSISTANT_LIMITS, ...given });
}
