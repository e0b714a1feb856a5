/** A store that only stores, for tests of what the library makes of it, and to be spoiled in those of the contract. */
import {
  DimError,
  readMarkKey,
  type Change,
  type Dim,
  type ID,
  type JsonMap,
  type KeptMessageKey,
  type KeyDirection,
  type MessageKeyUse,
  type ReadMark,
  type Store,
} from 'dimp';

/**
 * A store that knows nothing of what it stores: rows of text in a table, by keys that are text. It is what an adapter of
 * any database comes to.
 */
export class NaiveStore implements Store {
  readonly #dim: Dim;
  readonly rows: Map<string, string>;

  constructor(dim: Dim, rows: ReadonlyMap<string, string> = new Map()) {
    this.#dim = dim;
    this.rows = new Map(rows);
  }

  meta = (id: ID) => this.#read(`meta ${id.entityKey}`) as never;
  documents = (id: ID) => this.#all(`document ${id.entityKey} `) as readonly JsonMap[] | null;
  members = (group: ID) => {
    const members = this.#read(`members ${group.entityKey}`) as readonly string[] | null;
    return members?.map((member) => this.#dim.ID.parse(member)) ?? null;
  };
  keys = (id: ID) => this.#read(`keys ${id.entityKey}`) as never;
  messageKeys = ({ sender, destination }: KeyDirection, use: MessageKeyUse) =>
    this.#all(`key ${use} ${sender.entityKey} ${destination.entityKey} `) as unknown as readonly KeptMessageKey[];
  readState = (mark: ReadMark) => (this.rows.has(`mark ${readMarkKey(mark)}`) ? 'read' : 'new');

  async commit(changes: readonly Change[]): Promise<void> {
    // As a database does: nothing is there before everything is.
    await Promise.resolve();
    const before = new Map(this.rows);
    try {
      for (const change of changes) this.#apply(change);
    } catch (error) {
      this.rows.clear();
      for (const [key, text] of before) this.rows.set(key, text);
      throw error;
    }
  }

  #apply(change: Change): void {
    switch (change.do) {
      case 'pin-meta':
        return this.#write(`meta ${change.id.entityKey}`, { meta: change.meta.meta, isProven: change.isProven });
      case 'keep-document':
      case 'drop-document': {
        const { did, document } = change.document;
        const key = `document ${did.entityKey} ${document.data}`;
        return change.do === 'keep-document' ? this.#write(key, document) : void this.rows.delete(key);
      }
      case 'keep-message-key':
      case 'drop-message-key': {
        const { sender, destination } = change.direction;
        const digest = change.do === 'keep-message-key' ? change.entry.digest : change.digest;
        const key = `key ${change.use} ${sender.entityKey} ${destination.entityKey} ${digest}`;
        return change.do === 'keep-message-key' ? this.#write(key, change.entry) : void this.rows.delete(key);
      }
      case 'mark-read': {
        const key = `mark ${readMarkKey(change.mark)}`;
        if (this.rows.has(key)) throw new DimError('INPUT_REPLAY', 'the message was read before');
        return this.#write(key, change.mark.time);
      }
      case 'keep-keys':
        return this.#write(`keys ${change.id.entityKey}`, change.keys);
      case 'set-members':
        return this.#write(`members ${change.group.entityKey}`, change.members);
      case 'add-contact':
        return this.#write(`contact ${change.id.entityKey}`, true);
      case 'forget':
        for (const key of this.rows.keys()) {
          const [kind, ...parts] = key.split(' ');
          const isOf =
            kind === 'key' ? parts.slice(1, 3).includes(change.id.entityKey) : parts[0] === change.id.entityKey;
          if (isOf && kind !== 'mark' && kind !== 'keys') this.rows.delete(key);
        }
    }
  }

  #write(key: string, value: unknown): void {
    this.rows.set(key, JSON.stringify(value));
  }

  #read(key: string): unknown {
    const text = this.rows.get(key);
    return text === undefined ? null : (JSON.parse(text) as unknown);
  }

  #all(prefix: string): readonly unknown[] | null {
    const found = [...this.rows]
      .filter(([key]) => key.startsWith(prefix))
      .map(([, text]) => JSON.parse(text) as unknown);
    return found.length === 0 ? null : found;
  }
}
