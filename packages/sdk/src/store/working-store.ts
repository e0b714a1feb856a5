/**
 * The store as a client plans by it: what is staged is seen by the next plan, and goes to the disk in one commit with what
 * comes after it. So a backlog is opened in few transactions, and each plan still knows what the one before decided.
 */
import { DimError } from 'dimp';
import type { Change, ID, KeyDirection, MessageContext, MessageKeyUse, ReadMark } from 'dimp';
import type { ClientStore, Row, RowChange, RowRange } from '../ports/client-store.ts';
import { AskedOnce } from './asked-once.ts';
import { StagedMemory } from './staged-memory.ts';

/** What one plan wants kept. */
export interface Staged {
  readonly changes?: readonly Change[] | undefined;
  readonly rows?: readonly RowChange[] | undefined;
  /** Runs once all of it is kept; not at all where it is not. It tells somebody, and does not throw. */
  readonly onceKept?: (() => void) | undefined;
}

/** A store with a stage. All that is planned and committed happens inside {@link WorkingStore.exclusive}. */
export class WorkingStore implements ClientStore {
  /** What is on the disk, for those who only look. */
  readonly kept: ClientStore;
  readonly #onDisk: AskedOnce;
  readonly #memory: StagedMemory;
  #rows: (RowChange | undefined)[] = [];
  /** Where the last change of a row stands among the changes. */
  readonly #places = new Map<string, number>();
  #onceKept: (() => void)[] = [];
  /** Rows by table and key; undefined for one that is removed. */
  readonly #byKey = new Map<string, Row | undefined>();
  readonly #tables = new Set<string>();
  #isEnded = false;

  constructor(context: MessageContext, store: ClientStore) {
    this.kept = store;
    this.#onDisk = new AskedOnce(store);
    this.#memory = new StagedMemory(context, this.#onDisk);
  }

  // The read side of memory, with what is staged.
  meta = async (id: ID) => this.#memory.meta(id);
  documents = async (id: ID) => this.#memory.documents(id);
  keys = async (id: ID) => this.#memory.keys(id);
  members = async (group: ID) => this.#memory.members(group);
  messageKeys = async (direction: KeyDirection, use: MessageKeyUse) => this.#memory.messageKeys(direction, use);
  readState = async (mark: ReadMark) => this.#memory.readState(mark);

  async row(table: string, key: string): Promise<Row | undefined> {
    const name = nameOf(table, key);
    return this.#byKey.has(name) ? this.#byKey.get(name) : ((await this.kept.row(table, key)) ?? undefined);
  }

  async rows(table: string, partition: string, range?: RowRange): Promise<readonly Row[]> {
    await this.#settle(table);
    return this.kept.rows(table, partition, range);
  }

  async count(table: string, partition: string): Promise<number> {
    await this.#settle(table);
    return this.kept.count(table, partition);
  }

  async partitions(table: string, after?: string): Promise<readonly string[]> {
    await this.#settle(table);
    return this.kept.partitions(table, after);
  }

  /** Whether each `where` is so, as it is with what is staged. */
  async agreesWith(rows: readonly RowChange[]): Promise<boolean> {
    for (const change of rows) {
      if (change.do !== 'put-row' || change.where === undefined) continue;
      const isThere = (await this.row(change.row.table, change.row.key)) !== undefined;
      if (isThere !== (change.where === 'present')) return false;
    }
    return true;
  }

  /** Takes changes and rows for the next {@link flush}: they are kept together or not at all. */
  stage({ changes = [], rows = [], onceKept }: Staged): void {
    if (onceKept !== undefined) this.#onceKept.push(onceKept);
    this.#memory.stage(changes);
    for (const change of rows) {
      if (change.do === 'put-row') this.#stageRow(change.row.table, change.row.key, change);
      else if (change.do === 'delete-row') this.#stageRow(change.table, change.key, change);
      else {
        // What is staged of the partition must not come after its end.
        this.#tables.add(change.table);
        this.#places.clear();
        this.#rows.push(change);
      }
    }
  }

  #stageRow(table: string, key: string, change: Exclude<RowChange, { do: 'delete-partition' }>): void {
    const name = nameOf(table, key);
    const place = this.#places.get(name);
    const earlier = place === undefined ? undefined : this.#rows[place];
    // The disk knows nothing of what is staged: whoever wants a row to be so has asked for that.
    const isStaged = this.#byKey.has(name);
    this.#tables.add(table);
    this.#byKey.set(name, change.do === 'put-row' ? change.row : undefined);
    if (place === undefined || earlier?.do !== 'put-row') {
      const asked = change.do === 'put-row' && isStaged ? { ...change, where: undefined } : change;
      this.#places.set(name, this.#rows.push(asked) - 1);
      return;
    }
    // One change of a row is enough: the last one, where the first one could be made.
    this.#rows[place] =
      change.do === 'put-row' ? { ...change, where: earlier.where } : earlier.where === 'absent' ? undefined : change;
  }

  /** Keeps what is staged. Where that fails nothing of it is kept, and nothing of it is staged any longer. */
  async flush(): Promise<void> {
    const [changes, onceKept] = [this.#memory.staged, this.#onceKept];
    const rows = this.#rows.filter((change) => change !== undefined);
    try {
      if (changes.length > 0 || rows.length > 0) await this.kept.commit(changes, rows);
    } finally {
      this.discard();
    }
    for (const tell of onceKept) tell();
  }

  /** Forgets what is staged. */
  discard(): void {
    this.#memory.clear();
    this.#onDisk.forget();
    this.#rows = [];
    this.#onceKept = [];
    this.#byKey.clear();
    this.#places.clear();
    this.#tables.clear();
  }

  async commit(changes: readonly Change[], rows: readonly RowChange[] = []): Promise<void> {
    this.stage({ changes, rows });
    await this.flush();
  }

  /** Runs a plan and keeps what it staged; where it throws, nothing of that is kept. */
  async exclusive<T>(action: () => Promise<T>): Promise<T> {
    if (this.#isEnded) throw new DimError('USAGE_ARGUMENT', 'the client was closed: make a new one');
    return this.kept.exclusive(async () => {
      this.discard();
      this.#onDisk.begin();
      try {
        const result = await action();
        await this.flush();
        return result;
      } finally {
        this.discard();
        this.#onDisk.end();
      }
    });
  }

  /** From now on nothing is planned: whoever works over the store next would not know of it. */
  end(): void {
    this.#isEnded = true;
  }

  async close(): Promise<void> {
    await this.kept.close();
  }

  /** A range is read from the disk: what it may find has to be there. */
  async #settle(table: string): Promise<void> {
    if (this.#tables.has(table)) await this.flush();
  }
}

/** A line break is in no table's name. */
function nameOf(table: string, key: string): string {
  return `${table}\n${key}`;
}
