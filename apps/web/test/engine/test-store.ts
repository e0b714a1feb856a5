/** A store in memory that stays when an engine ends, as the database of a browser does, and that can fail as at a crash. */
import { DimError, type Change, type ID } from 'dimp';
import { MemoryClientStore, withVault, type ClientStore, type Row, type RowChange, type VaultChoice } from 'dimsdk';
import { dim } from '../../src/engine/dim.ts';

export class TestDisk {
  #store = new MemoryClientStore();
  /** Whose keys lie there as they are. */
  #open: ID[] = [];
  /** Throws at the commits that are to fail. */
  onCommit: (rows: readonly RowChange[], changes: readonly Change[]) => void = () => undefined;

  onOpen: () => void = () => undefined;
  /** Private keys are read. */
  onKeys: () => void = () => undefined;

  async open(vault: VaultChoice): Promise<ClientStore> {
    this.onOpen();
    const behind = this.#failing(this.#store.openAgain());
    if (vault === 'unprotected') {
      if ((await behind.rows('keyring', '')).length === 0) return behind;
      throw new DimError('USAGE_ARGUMENT', 'the keys in this store are sealed', { path: 'vault' });
    }
    const vaulted = withVault(behind, vault, dim);
    // As dimsdk's own stores do: what lay open is sealed, and dropped then.
    for (const id of this.#open) {
      const keys = await behind.keys(id);
      if (keys === undefined || keys === null) continue;
      await vaulted.commit([{ do: 'keep-keys', id, keys }]);
      await behind.commit([{ do: 'keep-keys', id, keys: { identity: undefined, decrypt: [] } }]);
    }
    return vaulted;
  }

  async delete(): Promise<void> {
    this.#store = new MemoryClientStore();
    this.#open = [];
  }

  /** All rows of a table, as they lie there. */
  rows(table: string, partition = ''): ReturnType<MemoryClientStore['rows']> {
    return this.#store.rows(table, partition, { limit: 1000 });
  }

  /** Changes rows of a table, as nobody does who keeps to the rules. */
  change(table: string, change: (row: Row) => Row): void {
    for (const row of this.rows(table)) this.#store.commit([], [{ do: 'put-row', row: change(row) }]);
  }

  #failing(store: MemoryClientStore): ClientStore {
    const commit = async (changes: readonly Change[], rows: readonly RowChange[] = []): Promise<void> => {
      this.onCommit(rows, changes);
      store.commit(changes, rows);
      for (const change of changes) {
        if (change.do !== 'keep-keys') continue;
        this.#open = this.#open.filter((id) => !id.equals(change.id));
        if (change.keys.identity !== undefined) this.#open.push(change.id);
      }
    };
    return new Proxy<ClientStore>(store, {
      get: (target, name: keyof ClientStore) => {
        if (name === 'commit') return commit;
        if (name === 'keys') this.onKeys();
        const value: unknown = target[name];
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  }
}
