/** Does calls in a file, as many in one transaction as come together. It blocks its thread while it works. */
import { storeFailure, type SqliteConnection } from 'dimsdk/node/internal';
import type { EngineFile } from './connect.ts';
import type { Call, Desk, Failure, Outcome } from './desk.ts';
import { Ledger } from './ledger.ts';
import { MailboxTables } from './mailbox-tables.ts';
import { RecordTables } from './record-tables.ts';

/** Calls that change nothing. */
const READING: ReadonlySet<keyof Desk> = new Set([
  'read',
  'usage',
  'fullest',
  'total',
  'readRecord',
  'listRecords',
  'countRecords',
  'oldestRecords',
]);

/** See the top of the file. */
export class SqliteDesk {
  readonly #file: EngineFile;
  readonly #connection: SqliteConnection;
  readonly #path: string;
  readonly #mailbox: MailboxTables;
  readonly #records: RecordTables;

  constructor(file: EngineFile, path: string) {
    this.#file = file;
    this.#connection = file.connection;
    this.#path = path;
    this.#mailbox = new MailboxTables(file.connection);
    this.#records = new RecordTables(file.connection);
  }

  /** Does calls one after the other. @returns what came of each; what is done is on the disk */
  run(calls: readonly Call[]): readonly Outcome[] {
    try {
      return this.#runTogether(calls);
    } catch (error) {
      const [call] = calls;
      if (calls.length === 1 && call !== undefined) return [{ error: this.#failureOf(error) }];
      // Nothing of it was done. One of them may be what does not fit: so each is on its own.
      return calls.flatMap((each) => this.run([each]));
    }
  }

  /** @throws DimError, SqliteError: nothing was done */
  #runTogether(calls: readonly Call[]): readonly Outcome[] {
    const action = (): readonly Outcome[] => {
      const ledger = new Ledger(this.#connection);
      const desk = this.#deskOf(ledger);
      const outcomes = calls.map((call) => ({ value: answer(desk, call) }));
      ledger.write();
      return outcomes;
    };
    const isReading = calls.every((call) => READING.has(call.do));
    return isReading ? action() : this.#connection.transaction(action);
  }

  #deskOf(ledger: Ledger): Desk {
    const [mailbox, records] = [this.#mailbox, this.#records];
    return {
      append: (postings, limits) => mailbox.append(ledger, postings, limits),
      read: (box, after, limits) => mailbox.read(ledger, box, after, limits),
      acknowledge: (acknowledgements) => mailbox.acknowledge(ledger, acknowledgements),
      expireSome: (before) => mailbox.expireSome(ledger, before),
      usage: (user) => mailbox.usage(ledger, user),
      fullest: (limit) => mailbox.fullest(ledger, limit),
      total: () => ledger.total,
      readRecord: (table, key) => records.read(table, key),
      writeRecords: (changes) => records.write(changes),
      listRecords: (table, after, limit) => records.list(table, after, limit),
      countRecords: (table) => records.count(table),
      oldestRecords: (table, before, limit) => records.oldest(table, before, limit),
      pruneRecords: (table, before, limit, keys) => records.prune(table, before, limit, keys),
    };
  }

  #failureOf(error: unknown): Failure {
    return failureOf(error, this.#path);
  }

  close(): void {
    this.#file.close();
  }
}

function answer(desk: Desk, call: Call): unknown {
  const method = desk[call.do] as (...values: readonly unknown[]) => unknown;
  return method(...call.with);
}

/** An error, as it goes from thread to thread. */
export function failureOf(error: unknown, path: string): Failure {
  const { code, reason, cause } = storeFailure(error, path);
  return { code, reason, cause: cause instanceof Error ? cause.message : '' };
}
