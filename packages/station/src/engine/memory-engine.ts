/** An engine that forgets: for tests, and for stations that need not remember. */
import type { Engine } from '../ports/engine.ts';
import {
  checkAcknowledgements,
  checkBox,
  checkCount,
  checkLimits,
  checkMailboxLimits,
  checkPostings,
} from './checked-postings.ts';
import { EngineUse } from './engine-use.ts';
import { MemoryMailbox } from './memory-mailbox.ts';
import { MemoryRecords } from './memory-records.ts';
import { checkRecordChanges } from './record-values.ts';

/**
 * Keeps everything in memory: what it has is gone with the process.
 * @example
 * ```ts
 * import { memoryEngine } from 'dimstation';
 *
 * export const engine = memoryEngine();
 * ```
 */
export function memoryEngine(): Engine {
  const mailbox = new MemoryMailbox();
  const records = new MemoryRecords();
  const use = new EngineUse();
  return {
    mailbox: {
      append: (postings, limits) =>
        use.during(() => mailbox.append(checkPostings(postings), checkMailboxLimits(limits))),
      read: (box, after, limits) => use.during(() => mailbox.read(checkBox(box), after, checkLimits(limits))),
      acknowledge: (acknowledgements) => use.during(() => mailbox.acknowledge(checkAcknowledgements(acknowledgements))),
      expire: (before) => use.during(() => mailbox.expire(before)),
      usage: (user) => use.during(() => mailbox.usage(user)),
      fullest: (limit) =>
        use.during(() => {
          checkCount(limit, 'limit');
          return mailbox.fullest(limit);
        }),
      total: () => use.during(() => mailbox.total()),
    },
    records: {
      read: (table, key) => use.during(() => records.read(table, key)),
      write: (changes) => use.during(() => records.write(checkRecordChanges(changes))),
      list: (table, after, limit) => use.during(() => records.list(table, after, limit)),
      count: (table) => use.during(() => records.count(table)),
      oldest: (table, before, limit) => use.during(() => records.oldest(table, before, limit)),
      prune: (table, before, limit, keys) => use.during(() => records.prune(table, before, limit, keys)),
    },
    close: () => use.close(() => undefined),
  };
}
