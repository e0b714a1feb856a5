/** A store over IndexedDB: each answer is read from the database, so that it is right whatever other tabs do. */
import type {
  Change,
  Document,
  ID,
  JsonMap,
  KeptMessageKey,
  KeyDirection,
  KeyRing,
  MessageKeyUse,
  PinnedMeta,
  ReadMark,
  ReadState,
  VerifiedDocument,
} from 'dimp';
import { timeBy } from 'dimp/internal';
import type { ClientStore, Row, RowChange, RowRange } from '../ports/client-store.ts';
import type { Clock } from '../ports/clock.ts';
import { KeptForms, type StoreCodecs } from '../store/kept-forms.ts';
import { checkName, checkRange, checkRowChanges, checkTable } from '../store/row-checks.ts';
import type { StoreLimits } from '../store/store-limits.ts';
import { StoreUse } from '../store/store-use.ts';
import type { UnsealedKeys } from '../store/vault-choice.ts';
import { tablesOf, writeChanges } from './commit.ts';
import { CommitTables } from './commit-tables.ts';
import type { Database } from './database.ts';
import type { TakeTurn } from './exclusive.ts';
import { storeFailure } from './failures.ts';
import { MarkChanges } from './mark-changes.ts';
import { messageKeysKey } from './message-keys.ts';
import { isUnsettled, MARK_TABLES, stateOf, viewOf } from './read-marks.ts';
import { countRows, planRows, readPartitions, readRow, readRows } from './rows.ts';
import type { TableDatabase, TableName } from './schema.ts';
import { read, write, type Read } from './transaction.ts';

/** What a store is made of. */
export interface StoreParts {
  readonly database: Database;
  readonly codecs: StoreCodecs;
  readonly turns: TakeTurn;
  readonly limits: StoreLimits;
  readonly clock: Clock;
}

/** See the top of the file. */
export class IndexedDbStore implements ClientStore, UnsealedKeys {
  readonly #database: Database;
  readonly #forms: KeptForms;
  readonly #turns: TakeTurn;
  readonly #limits: StoreLimits;
  readonly #clock: Clock;
  readonly #use = new StoreUse();
  /** What was asked of the database and is not done. */
  readonly #calls = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor({ database, codecs, turns, limits, clock }: StoreParts) {
    this.#database = database;
    this.#forms = new KeptForms(codecs);
    this.#turns = turns;
    this.#limits = limits;
    this.#clock = clock;
  }

  async meta(id: ID): Promise<PinnedMeta | undefined> {
    const record = await this.#read(['identities'], (transaction) =>
      transaction.objectStore('identities').get(id.entityKey),
    );
    if (record?.meta === undefined) return undefined;
    return { meta: this.#forms.meta(id, record.meta), isProven: record.isProven === true };
  }

  async documents(id: ID): Promise<readonly (VerifiedDocument | Document | JsonMap)[]> {
    const record = await this.#read(['identities'], (transaction) =>
      transaction.objectStore('identities').get(id.entityKey),
    );
    return (record?.documents ?? []).map((text) => this.#forms.document(id, text));
  }

  async keys(id: ID): Promise<KeyRing | undefined> {
    const record = await this.#read(['keyrings'], (transaction) =>
      transaction.objectStore('keyrings').get(id.entityKey),
    );
    return record && this.#forms.keys(id.entityKey, record.text);
  }

  async members(group: ID): Promise<readonly ID[]> {
    const text = await this.#read(['members'], (transaction) =>
      transaction.objectStore('members').get(group.entityKey),
    );
    return text === undefined ? [] : this.#forms.members(group, text);
  }

  async messageKeys(direction: KeyDirection, use: MessageKeyUse): Promise<readonly KeptMessageKey[]> {
    const record = await this.#read(['messageKeys'], (transaction) =>
      transaction.objectStore('messageKeys').get(messageKeysKey(direction, use)),
    );
    return (record?.entries ?? []).map(({ text }) => this.#forms.messageKey(text));
  }

  async readState(mark: ReadMark): Promise<ReadState> {
    const limits = this.#limits;
    return this.#call(async (database) => {
      const now = this.#now();
      const view = await read(database, MARK_TABLES, (transaction) => viewOf(transaction, mark));
      if (!isUnsettled(view, mark, limits, now)) return stateOf(view, mark, limits, now);
      return write(database, MARK_TABLES, async (writer) => {
        const marks = new MarkChanges(new CommitTables(writer), limits, now);
        const state = await marks.settle(mark);
        await marks.write();
        return state;
      });
    });
  }

  async commit(changes: readonly Change[], rows: readonly RowChange[] = []): Promise<void> {
    this.#use.check();
    // Copies: what the caller changes later does not reach the store.
    const all = [...changes];
    const plan = rows.length === 0 ? undefined : planRows(checkRowChanges(rows));
    const tables = tablesOf(all, plan !== undefined);
    if (tables.length === 0) return;
    const parts = { rows: plan, forms: this.#forms, limits: this.#limits, now: this.#now() };
    await this.#call((database) => write(database, tables, (writer) => writeChanges(writer, all, parts)));
  }

  async row(table: string, key: string): Promise<Row | undefined> {
    checkTable(table);
    checkName(key, 'key');
    return this.#read(['rows'], (transaction) => readRow(transaction, table, key));
  }

  async rows(table: string, partition: string, range?: RowRange): Promise<readonly Row[]> {
    checkTable(table);
    checkName(partition, 'partition');
    const checked = checkRange(range);
    return this.#read(['rows'], (transaction) => readRows(transaction, table, partition, checked));
  }

  async count(table: string, partition: string): Promise<number> {
    checkTable(table);
    checkName(partition, 'partition');
    return this.#read(['rows'], (transaction) => countRows(transaction, table, partition));
  }

  async partitions(table: string, after?: string): Promise<readonly string[]> {
    checkTable(table);
    if (after !== undefined) checkName(after, 'after');
    return this.#read(['rows'], (transaction) => readPartitions(transaction, table, after));
  }

  async exclusive<T>(action: () => Promise<T>): Promise<T> {
    return this.#use.during(async () => {
      // It may have been closed by another tab, and again while others had their turn.
      void this.#database.connection;
      return this.#turns(async () => {
        void this.#database.connection;
        return action();
      });
    });
  }

  async close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    await this.#use.close();
    while (this.#calls.size > 0) await Promise.allSettled(this.#calls);
    this.#database.close('the store was closed');
  }

  #now(): number {
    return timeBy(() => this.#clock.now());
  }

  /** The private keys that no vault seals. */
  async unsealedRings(): Promise<readonly { readonly id: ID; readonly keys: KeyRing }[]> {
    const records = await this.#read(['keyrings'], (transaction) => transaction.objectStore('keyrings').getAll());
    return records.map(({ id: name, text }) => {
      const id = this.#forms.id(name);
      return { id, keys: this.#forms.keys(id.entityKey, text) };
    });
  }

  /** Removes the private keys that no vault seals. */
  async dropUnsealedRings(): Promise<void> {
    await this.#call((database) =>
      write(database, ['keyrings'], async ({ transaction }) => transaction.objectStore('keyrings').clear()),
    );
  }

  /** Reads in one transaction. @throws DimError `STORE_…` */
  async #read<T>(tables: readonly TableName[], action: Read<T>): Promise<T> {
    return this.#call((database) => read(database, tables, action));
  }

  /** Runs what uses the database. @throws DimError `STORE_…`; what the action throws */
  async #call<T>(action: (database: TableDatabase) => Promise<T>): Promise<T> {
    this.#use.check();
    const call = action(this.#database.connection);
    this.#calls.add(call);
    try {
      return await call;
    } catch (error) {
      const failure = storeFailure(error);
      // What was begun when another tab closed it, and fails for that.
      throw failure.code === 'STORE_FAILED' && this.#database.isClosed ? this.#database.closed(error) : failure;
    } finally {
      this.#calls.delete(call);
    }
  }
}
