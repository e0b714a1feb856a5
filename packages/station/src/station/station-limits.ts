/** Upper bounds of a station: clients choose every size and number. */
import { DimError } from 'dimp';
import { requireMap } from 'dimsdk/internal';
import type { MailboxLimits } from '../ports/mailbox.ts';

/** The limits of a station. */
export interface StationLimits {
  /** Messages that may wait for one user, at all terminals together. */
  readonly mailboxMessages: number;
  /** The same in bytes. */
  readonly mailboxBytes: number;
  /**
   * How much of one sender may wait for one user, in percent of what is free for that user: with 100, one sender alone fills half of a
   * mailbox, and whoever comes next has room as well.
   */
  readonly mailboxSenderPercent: number;
  /**
   * How much of all strangers together may wait for one user, in percent of the whole: of those to whom the user has not written from
   * here. Identities are made easily, and what is left is for the others.
   */
  readonly mailboxStrangersPercent: number;
  /** Bytes that may wait for all users together. */
  readonly mailboxTotalBytes: number;
  /** How much of that one sender may have waiting, in percent. */
  readonly mailboxTotalSenderPercent: number;
  /** How much of that may wait for all together who have never been here, in percent: receivers are invented easily, too. */
  readonly mailboxTotalStrangersPercent: number;
  /** Days after which a message that nobody fetched is removed. */
  readonly daysKept: number;
  /** Identities that have never logged in here, and are remembered. */
  readonly strangers: number;
  /** Users who have logged in here, and are remembered. Where there are as many, nobody new is let in. */
  readonly users: number;
  /** Days after which a user who has not been here, and for whom nothing waits, may be forgotten for others. */
  readonly userDays: number;
  /** Sessions of one user at a time. */
  readonly sessionsPerUser: number;
  /** Messages of one connection that wait for its login. */
  readonly waitingForLogin: number;
  /** The same in bytes. */
  readonly waitingForLoginBytes: number;
  /** Bytes that a client may leave untaken, beside one message, before it is told nothing more. */
  readonly untakenBytes: number;
}

const MIB = 1024 * 1024;

/** The limits of a station where none are given. */
export const DEFAULT_STATION_LIMITS: StationLimits = Object.freeze({
  mailboxMessages: 20_480,
  mailboxBytes: 256 * MIB,
  mailboxSenderPercent: 100,
  mailboxStrangersPercent: 50,
  mailboxTotalBytes: 32 * 1024 * MIB,
  mailboxTotalSenderPercent: 6,
  mailboxTotalStrangersPercent: 12,
  daysKept: 7,
  strangers: 100_000,
  users: 1_000_000,
  userDays: 180,
  sessionsPerUser: 32,
  waitingForLogin: 32,
  waitingForLoginBytes: MIB,
  untakenBytes: MIB,
});

/**
 * The limits of a new station: those given, and the defaults of all others.
 * @throws DimError `USAGE_ARGUMENT` for a name that is none, or a limit that would limit nothing
 */
export function readStationLimits(given: Partial<StationLimits> = {}): StationLimits {
  requireMap(given, 'limits');
  for (const [name, value] of Object.entries(given)) {
    const path = `limits.${name}`;
    if (!Object.hasOwn(DEFAULT_STATION_LIMITS, name))
      throw new DimError('USAGE_ARGUMENT', 'is no limit of a station', { path });
    if (!Number.isSafeInteger(value) || value < 1)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, 1 or more', { path });
  }
  return Object.freeze({ ...DEFAULT_STATION_LIMITS, ...given });
}

/** What the engine is told of them. */
export function mailboxLimits(limits: StationLimits): MailboxLimits {
  const totalBytes = limits.mailboxTotalBytes;
  return {
    messages: limits.mailboxMessages,
    bytes: limits.mailboxBytes,
    senderShare: limits.mailboxSenderPercent / 100,
    strangersPart: limits.mailboxStrangersPercent / 100,
    totalBytes,
    senderTotalBytes: (totalBytes * limits.mailboxTotalSenderPercent) / 100,
    toStrangersBytes: (totalBytes * limits.mailboxTotalStrangersPercent) / 100,
  };
}
