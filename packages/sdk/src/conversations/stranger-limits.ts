/** How much of what people write who are nobody that this person knows is kept. */
import { DimError } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { checkOptionNames } from '../usage/check-usage.ts';

/** The bounds for strangers; those that are not given are what is usual. */
export interface StrangerLimitOptions {
  /** How many conversations with strangers are kept. 500, if not given. */
  readonly conversations?: number | undefined;
  /** How many messages in each of them. 50, if not given. */
  readonly messages?: number | undefined;
  /** How many characters the contents of these have together, as JSON. 131,072, if not given. */
  readonly length?: number | undefined;
}

/** The bounds for strangers. */
export type StrangerLimits = { readonly [name in keyof StrangerLimitOptions]-?: number };

const NAMES: Readonly<Record<keyof StrangerLimitOptions, true>> = { conversations: true, messages: true, length: true };

/** @throws DimError `USAGE_ARGUMENT` for what would be no bound */
export function readStrangerLimits(options: StrangerLimitOptions): StrangerLimits {
  checkOptionNames(requireArgument(options, 'strangers'), NAMES);
  const { conversations = 500, messages = 50, length = 128 * 1024 } = options;
  for (const [name, limit] of Object.entries({ conversations, messages, length }))
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path: `strangers.${name}` });
  return { conversations, messages, length };
}
