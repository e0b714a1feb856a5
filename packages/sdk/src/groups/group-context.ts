/** For whom the rooms of groups work, and with what. */
import { DimError, type Dim, type ID } from 'dimp';
import type { ClientStore } from '../ports/client-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { HistoryLimits } from './retain-history.ts';

/** How much is kept of groups: strangers make as many as they like, with oneself in them. */
export interface GroupLimits extends HistoryLimits {
  /** Groups that one is a member of; 1000, if not given. More are not joined, except by one's own doing. */
  readonly groups: number;
  /** Groups that one is no member of; 256, if not given. Of more, the one that nothing happened in for longest goes. */
  readonly others: number;
  /** Groups whose founder is not known yet; 64, if not given. Of more, the oldest goes. */
  readonly unknown: number;
  /** Commands of one group; 1000, if not given. */
  readonly entries: number;
  /** Bytes of the commands of one group; 2 Mi, if not given. */
  readonly bytes: number;
}

/** Of a group whose founder is not known, no more commands wait than this. */
export const MAX_WAITING_ENTRIES = 64;

/** And no more bytes of them. */
export const MAX_WAITING_BYTES = 1024 * 1024;

/** What groups need of a client. */
export interface GroupOptions {
  readonly dim: Dim;
  readonly store: ClientStore;
  /** The local user; with a terminal where there are other devices, which are told what is done here. */
  readonly self: ID;
  readonly clock: Clock;
  readonly limits?: Partial<GroupLimits> | undefined;
}

/** {@link GroupOptions}, with all limits. */
export interface GroupContext extends Omit<GroupOptions, 'limits'> {
  readonly limits: GroupLimits;
}

const DEFAULT_LIMITS: GroupLimits = Object.freeze({
  groups: 1000,
  others: 256,
  unknown: 64,
  entries: 1000,
  bytes: 2 * 1024 * 1024,
});

/** @throws DimError `USAGE_ARGUMENT` for a limit that would limit nothing, and a user who is none */
export function groupContext({ dim, store, self, clock, limits = {} }: GroupOptions): GroupContext {
  if (!self.isUser || self.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'must be a user', { path: 'self' });
  for (const [name, limit] of Object.entries(limits))
    if (!Number.isSafeInteger(limit) || limit < 1)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path: `limits.${name}` });
  return Object.freeze({ dim, store, self, clock, limits: Object.freeze({ ...DEFAULT_LIMITS, ...limits }) });
}
