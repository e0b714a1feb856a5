/** An engine over a file: checks what it is given, and has it done together with what else comes. */
import {
  checkAcknowledgements,
  checkBox,
  checkCount,
  checkLimits,
  checkMailboxLimits,
  checkNumber,
  checkPostings,
  checkText,
  checkTime,
} from '../engine/checked-postings.ts';
import { EngineUse } from '../engine/engine-use.ts';
import { checkRecordChanges, valueOf } from '../engine/record-values.ts';
import type { Engine } from '../ports/engine.ts';
import type { Mailbox } from '../ports/mailbox.ts';
import type { Records } from '../ports/records.ts';
import { Collector } from './collector.ts';
import type { Desk, DeskLine } from './desk.ts';

/** An engine in a file of SQLite. */
export interface SqliteEngine extends Engine {
  /**
   * Writes a copy of all that is kept at this moment into a new file, while everything goes on. Only its owner can read it.
   * @throws DimError `STORE_…`: where there is a file of that name already, it stays as it is
   */
  backup(path: string): Promise<void>;
}

/** The engine over a line to a desk. */
export function sqliteEngine(line: DeskLine): SqliteEngine {
  const collector = new Collector(line);
  const use = new EngineUse();
  const call = <M extends keyof Desk>(method: M, ...values: Parameters<Desk[M]>): Promise<ReturnType<Desk[M]>> =>
    collector.call(0, method, ...values);

  const mailbox: Mailbox = {
    append: (postings, limits) =>
      use.during(() => {
        const checked = checkPostings(postings);
        const size = checked.reduce((sum, { bytes }) => sum + bytes.length, 0);
        return collector.call(size, 'append', checked, checkMailboxLimits(limits));
      }),
    read: (box, after, limits) =>
      use.during(() => {
        checkNumber(after, 'after');
        return collector.call(limits.bytes, 'read', checkBox(box), after, checkLimits(limits));
      }),
    acknowledge: (acknowledgements) => use.during(() => call('acknowledge', checkAcknowledgements(acknowledgements))),
    expire: (before) =>
      use.during(async () => {
        checkTime(before, 'before');
        let count = 0;
        // What others want done goes in between; what is left is too old the next time as well.
        for (let more = 1; more > 0 && !use.isClosing; count += more) more = await call('expireSome', before);
        return count;
      }),
    usage: (user) =>
      use.during(() => {
        checkText(user, 'user');
        return call('usage', user);
      }),
    fullest: (limit) =>
      use.during(() => {
        checkCount(limit, 'limit');
        return call('fullest', limit);
      }),
    total: () => use.during(() => call('total')),
  };

  const records: Records = {
    read: (table, key) =>
      use.during(async () => {
        checkText(table, 'table');
        checkText(key, 'key');
        const text = await call('readRecord', table, key);
        return text === undefined ? undefined : valueOf(text);
      }),
    write: (changes) => use.during(() => call('writeRecords', checkRecordChanges(changes))),
    list: (table, after, limit) =>
      use.during(async () => {
        checkText(table, 'table');
        checkText(after, 'after');
        checkCount(limit, 'limit');
        const found = await call('listRecords', table, after, limit);
        return found.map(({ key, text, writtenAt }) => ({ key, value: valueOf(text), writtenAt }));
      }),
    count: (table) =>
      use.during(() => {
        checkText(table, 'table');
        return call('countRecords', table);
      }),
    oldest: (table, before, limit) =>
      use.during(() => {
        checkText(table, 'table');
        checkTime(before, 'before');
        checkCount(limit, 'limit');
        return call('oldestRecords', table, before, limit);
      }),
    prune: (table, before, limit, keys) =>
      use.during(() => {
        checkText(table, 'table');
        checkTime(before, 'before');
        checkCount(limit, 'limit');
        for (const [index, key] of keys?.entries() ?? []) checkText(key, `keys[${index}]`);
        return call('pruneRecords', table, before, limit, keys && [...keys]);
      }),
  };

  return {
    mailbox,
    records,
    backup: (path) => use.during(() => line.backup(path)),
    close: () => use.close(() => line.close()),
  };
}
