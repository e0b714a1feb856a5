/** A store over SQLite: each answer is read from the file, so that it is right whatever other processes do. */
import {
  DimError,
  type Change,
  type Document,
  type ID,
  type JsonMap,
  type KeptMessageKey,
  type KeyDirection,
  type KeyRing,
  type MessageKeyUse,
  type PinnedMeta,
  type ReadMark,
  type ReadState,
  type VerifiedDocument,
} from 'dimp';
import { typeName } from 'dimp/extend';
import type { ClientStore, Row, RowChange, RowRange } from '../ports/client-store.ts';
import type { Clock } from '../ports/clock.ts';
import { KeptForms, type StoreCodecs } from '../store/kept-forms.ts';
import { checkName, checkRange, checkRowChanges, checkTable } from '../store/row-checks.ts';
import type { StoreLimits } from '../store/store-limits.ts';
import { StoreUse } from '../store/store-use.ts';
import type { UnsealedKeys } from '../store/vault-choice.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { storeFailure } from './sqlite-failures.ts';
import { SqliteIdentities } from './sqlite-identities.ts';
import type { SqliteLock } from './sqlite-lock.ts';
import { SqliteMessageKeys } from './sqlite-message-keys.ts';
import { SqliteReadMarks } from './sqlite-read-marks.ts';
import { SqliteRows } from './sqlite-rows.ts';
import { Tallies } from './sqlite-tallies.ts';

/** What a store is made of. */
export interface SqliteStoreParts {
  readonly connection: SqliteConnection;
  readonly lock: SqliteLock;
  readonly path: string;
  readonly codecs: StoreCodecs;
  readonly limits: StoreLimits;
  readonly clock: Clock;
}

/** See the top of the file. */
export class SqliteStore implements ClientStore, UnsealedKeys {
  readonly #connection: SqliteConnection;
  readonly #lock: SqliteLock;
  readonly #path: string;
  readonly #identities: SqliteIdentities;
  readonly #messageKeys: SqliteMessageKeys;
  readonly #readMarks: SqliteReadMarks;
  readonly #rows: SqliteRows;
  readonly #use = new StoreUse();

  constructor({ connection, lock, path, codecs, limits, clock }: SqliteStoreParts) {
    this.#connection = connection;
    this.#lock = lock;
    this.#path = path;
    const forms = new KeptForms(codecs);
    this.#identities = new SqliteIdentities(connection, forms, limits);
    this.#messageKeys = new SqliteMessageKeys(connection, forms, limits.messageKeys);
    this.#readMarks = new SqliteReadMarks(connection, limits, clock);
    this.#rows = new SqliteRows(connection);
  }

  meta(id: ID): PinnedMeta | undefined {
    return this.#call(() => this.#identities.meta(id));
  }

  documents(id: ID): readonly (VerifiedDocument | Document | JsonMap)[] {
    return this.#call(() => this.#identities.documents(id));
  }

  keys(id: ID): KeyRing | undefined {
    return this.#call(() => this.#identities.keys(id));
  }

  members(group: ID): readonly ID[] {
    return this.#call(() => this.#identities.members(group));
  }

  messageKeys(direction: KeyDirection, use: MessageKeyUse): readonly KeptMessageKey[] {
    return this.#call(() => this.#messageKeys.of(direction, use));
  }

  readState(mark: ReadMark): ReadState {
    return this.#call(() => this.#readMarks.stateOf(mark));
  }

  commit(changes: readonly Change[], rows: readonly RowChange[] = []): void {
    this.#use.check();
    const checked = checkRowChanges(rows);
    if (changes.length === 0 && checked.length === 0) return;
    const marks = changes.flatMap((change) => (change.do === 'mark-read' ? [change.mark] : []));
    const senders = new Map(marks.map(({ sender }) => [sender.entityKey, sender]));
    this.#write((tallies) => {
      if (!this.#rows.agreesWith(checked)) throw new DimError('STORE_CONFLICT', 'a row is not as the commit wants it');
      this.#readMarks.requireNew(marks);
      for (const change of changes) this.#apply(tallies, change);
      for (const sender of senders.values()) this.#identities.hear(tallies, sender);
      this.#rows.apply(checked);
      this.#identities.makeRoom(tallies);
      this.#messageKeys.makeRoom(tallies);
    });
  }

  row(table: string, key: string): Row | undefined {
    this.#use.check();
    checkTable(table);
    checkName(key, 'key');
    return this.#call(() => this.#rows.row(table, key));
  }

  rows(table: string, partition: string, range?: RowRange): readonly Row[] {
    this.#use.check();
    checkTable(table);
    checkName(partition, 'partition');
    const checked = checkRange(range);
    return this.#call(() => this.#rows.rows(table, partition, checked));
  }

  count(table: string, partition: string): number {
    this.#use.check();
    checkTable(table);
    checkName(partition, 'partition');
    return this.#call(() => this.#rows.count(table, partition));
  }

  partitions(table: string, after?: string): readonly string[] {
    this.#use.check();
    checkTable(table);
    if (after !== undefined) checkName(after, 'after');
    return this.#call(() => this.#rows.partitions(table, after));
  }

  exclusive<T>(action: () => Promise<T>): Promise<T> {
    return this.#use.during(() => this.#lock.take(action));
  }

  async close(): Promise<void> {
    if (!(await this.#use.close())) return;
    this.#lock.close();
    this.#connection.close();
  }

  unsealedRings(): readonly { readonly id: ID; readonly keys: KeyRing }[] {
    return this.#call(() => this.#identities.allKeys());
  }

  dropUnsealedRings(): void {
    this.#write(() => {
      this.#identities.dropKeys();
    });
    // What was deleted is overwritten in the file, and is still in the log before it.
    this.#call(() => this.#connection.get('PRAGMA wal_checkpoint(TRUNCATE)'));
  }

  #apply(tallies: Tallies, change: Change): void {
    switch (change.do) {
      case 'pin-meta':
        return this.#identities.pin(tallies, change.id, change.meta, change.isProven);
      case 'keep-document':
        return this.#identities.keep(tallies, change.document);
      case 'drop-document':
        return this.#identities.drop(tallies, change.document);
      case 'keep-message-key': {
        const isContact = this.#identities.isContact(change.direction.sender.entityKey);
        return this.#messageKeys.keep(tallies, change.direction, change.use, { entry: change.entry, isContact });
      }
      case 'drop-message-key':
        return this.#messageKeys.drop(tallies, change.direction, change.use, change.digest);
      case 'mark-read':
        return this.#readMarks.add(tallies, change.mark);
      case 'keep-keys':
        return this.#identities.keepKeys(change.id, change.keys);
      case 'set-members':
        return this.#identities.setMembers(change.group, change.members);
      case 'add-contact':
        this.#readMarks.know(tallies, change.id);
        this.#messageKeys.add(tallies, change.id);
        return this.#identities.add(tallies, change.id);
      case 'forget':
        this.#messageKeys.forget(tallies, change.id);
        return this.#identities.forget(tallies, change.id);
      default:
        throw new DimError('USAGE_ARGUMENT', `no such change: ${typeName(change)}`, { path: 'changes' });
    }
  }

  #write(action: (tallies: Tallies) => void): void {
    this.#call(() => {
      this.#connection.transaction(() => {
        const tallies = new Tallies(this.#connection);
        action(tallies);
        tallies.write();
      });
    });
  }

  /** @throws DimError `STORE_…`; what the action throws */
  #call<T>(action: () => T): T {
    this.#use.check();
    try {
      return action();
    } catch (error) {
      throw storeFailure(error, this.#path);
    }
  }
}
