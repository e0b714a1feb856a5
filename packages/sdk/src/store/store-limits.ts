/** How much a store on a disk remembers of what strangers make it remember. */
import { DimError } from 'dimp';

/** The bounds of a store; all others may be left to what is usual. */
export interface StoreLimitOptions {
  /** How many strangers are remembered, those heard of last: who was added is not counted. 10,000, if not given. */
  readonly strangers?: number | undefined;
  /** How many characters the metas and documents of strangers may have, all together; 64 Mi, if not given. */
  readonly strangersLength?: number | undefined;
  /**
   * For how many directions message keys are kept, those that were changed last, and for how many more those that came from
   * strangers; 10,000, if not given.
   */
  readonly messageKeys?: number | undefined;
  /** How many messages are known as read: of contacts, and of strangers; 100,000 each, if not given. */
  readonly readMarks?: number | undefined;
  /** How old they may be, in seconds; 30 days, if not given. Older ones are the first to go when there is no room. */
  readonly readMarksAge?: number | undefined;
}

/** The names of what a store that is opened may be given beside what is its own. */
export const STORE_LIMIT_NAMES: Readonly<Record<keyof StoreLimitOptions, true>> = {
  strangers: true,
  strangersLength: true,
  messageKeys: true,
  readMarks: true,
  readMarksAge: true,
};

/** The bounds of a store. */
export interface StoreLimits {
  readonly strangers: number;
  readonly strangersLength: number;
  readonly messageKeys: number;
  readonly readMarks: number;
  readonly readMarksAge: number;
}

const DAY = 24 * 60 * 60;

/** @throws DimError `USAGE_ARGUMENT` for what would be no bound */
export function readStoreLimits(options: StoreLimitOptions): StoreLimits {
  const { strangers = 10_000, strangersLength = 64 * 1024 * 1024, messageKeys = 10_000 } = options;
  const { readMarks = 100_000, readMarksAge = 30 * DAY } = options;
  for (const [path, limit] of Object.entries({ strangers, strangersLength, messageKeys }))
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path });
  for (const [path, limit] of Object.entries({ readMarks, readMarksAge }))
    if (typeof limit !== 'number' || !(limit > 0))
      throw new DimError('USAGE_ARGUMENT', 'must be more than 0', { path });
  return { strangers, strangersLength, messageKeys, readMarks, readMarksAge };
}
