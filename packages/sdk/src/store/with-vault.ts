/** A store whose private keys a vault seals before they come to the disk. */
import { DimError, isDimError, stringifyJson, type Awaitable, type Change, type ID, type KeyRing } from 'dimp';
import { typeName } from 'dimp/extend';
import { BoundedCache } from 'dimp/internal';
import type { ClientStore, Row, RowChange, RowRange } from '../ports/client-store.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import { currentTurn, keyringRow, keyringRows, putRing, readKeyringRow, takeTurn } from './keyring-rows.ts';
import { isOwnFault, throwOfVault } from './own-fault.ts';
import { openRing, readRing, ringText, sealRing, type RingCodecs } from './sealed-ring.ts';

/** How many rings are kept open. */
const OPEN_RINGS = 1000;

/** How many rings are tried before a passphrase counts as wrong: some may be damaged. */
const TRIED_RINGS = 8;

/** Of several that change rings at once, one wins each time. */
const ATTEMPTS = 100;

/** A ring that was opened, by which vault, and the text of the row that it was in. */
interface OpenRing {
  readonly vault: KeyVault;
  readonly text: string;
  /** Undefined once it failed: asked again, it is tried again. */
  readonly ring: Promise<KeyRing> | undefined;
}

/** What a commit has to do with keys. */
type KeepKeys = Extract<Change, { readonly do: 'keep-keys' }>;

/**
 * A store that keeps private keys sealed by a vault, and gives everything else to the store behind it.
 *
 * Whatever keeps the keys of a user, `dim.addUser` say, commits the sealed ring in the same commit as the rest. What `keys`
 * gives is opened when it is asked for first, and is the same object until the row changes, here or in another process.
 * Before a ring is written, one that is there is opened: so a wrong passphrase never gets in beside the right one. What an
 * application throws when it is asked for its passphrase arrives as it is.
 *
 * Use this store alone, and not the one behind it beside it.
 *
 * @param codecs reads the keys, so that each is read once and not with each message: a context, `dim`
 * @throws DimError `USAGE_ARGUMENT`; the store's `keys` and `commit` also `VAULT_PASSPHRASE`, and `INTERNAL_STORE` for keys that
 * cannot be read
 * @example
 * ```ts
 * import { passphraseVault, withVault, type ClientStore } from 'dimsdk';
 * import type { Dim } from 'dimp';
 *
 * function unlock(dim: Dim, store: ClientStore, passphrase: string): ClientStore {
 *   return withVault(store, passphraseVault(passphrase), dim);
 * }
 * ```
 */
export function withVault(store: ClientStore, vault: KeyVault, codecs?: RingCodecs): ClientStore {
  checkMethods(store, ['commit', 'row', 'rows', 'exclusive'], 'store');
  checkVault(vault, 'vault');
  if (codecs !== undefined) {
    checkMethods(codecs.PrivateKey, ['parse'], 'codecs.PrivateKey');
    checkMethods(codecs.DecryptKey, ['parse'], 'codecs.DecryptKey');
  }
  return new VaultedStore(store, vault, codecs);
}

/** @throws DimError `USAGE_ARGUMENT` */
export function checkVault(vault: KeyVault, path: string): void {
  checkMethods(vault, ['seal', 'open'], path);
}

function checkMethods<T extends object>(value: T, names: readonly (keyof T & string)[], path: string): void {
  const methods: T | undefined | null = value;
  const lacking = names.find((name) => typeof methods?.[name] !== 'function');
  if (lacking === undefined) return;
  const reason = `must have a method ${lacking}, and is ${typeName(value)}`;
  throw new DimError('USAGE_ARGUMENT', reason, { path });
}

/** See {@link withVault}. */
export class VaultedStore implements ClientStore {
  readonly #store: ClientStore;
  #vault: KeyVault;
  /** Ends when the vault is being changed no longer. */
  #changing: Promise<unknown> = Promise.resolve();
  readonly #codecs: RingCodecs | undefined;
  readonly #open = new BoundedCache<string, OpenRing>(OPEN_RINGS);

  constructor(store: ClientStore, vault: KeyVault, codecs: RingCodecs | undefined) {
    this.#store = store;
    this.#vault = vault;
    this.#codecs = codecs;
  }

  /** @throws DimError `VAULT_PASSPHRASE`, `INTERNAL_STORE` */
  async keys(id: ID): Promise<KeyRing | undefined> {
    return this.#withVault(async (vault) => {
      const row = await keyringRow(this.#store, id.entityKey);
      return row === undefined ? undefined : this.#ringOf(vault, row);
    });
  }

  /** @throws DimError as {@link ClientStore.commit}; where there are keys to keep, also `VAULT_PASSPHRASE`, `USAGE_ARGUMENT` */
  async commit(changes: readonly Change[], rows: readonly RowChange[] = []): Promise<void> {
    const rings = changes.filter((change): change is KeepKeys => change.do === 'keep-keys');
    if (rings.length === 0) return this.#store.commit(changes, rows);
    const others = changes.filter((change) => change.do !== 'keep-keys');
    const texts = rings.map(({ id, keys }) => ({ id, text: this.#checkedText(keys) }));
    await this.#withVault(async (vault) =>
      inTurn(this.#store, async (turn) => {
        await this.#checkVault(vault);
        const sealed: RowChange[] = [];
        for (const { id, text } of texts)
          sealed.push(putRing(id.entity, id.entityKey, await sealRing(vault, id.entityKey, text)));
        // A ring that came among the rows is not what counts.
        await this.#store.commit(others, [...rows, ...sealed, ...takeTurn(turn)]);
      }),
    );
  }

  /**
   * Goes on with another vault once an action has sealed all rings by it.
   * @throws what the action throws; then the vault stays
   */
  async changeVault(vault: KeyVault, action: (store: ClientStore) => Promise<void>): Promise<void> {
    const before = this.#changing;
    const change = (async () => {
      await before;
      await action(this.#store);
      this.#vault = vault;
    })();
    this.#changing = change.catch(() => undefined);
    return change;
  }

  /** Runs an action again where it failed with a vault that was given up meanwhile. */
  async #withVault<T>(action: (vault: KeyVault) => Promise<T>): Promise<T> {
    for (;;) {
      const vault = this.#vault;
      try {
        return await action(vault);
      } catch (error) {
        await this.#changing;
        if (this.#vault === vault) throw error;
      }
    }
  }

  /** What is written is read first: whatever nobody could read is refused before it is too late. */
  #checkedText(keys: KeyRing): string {
    const text = ringText(keys);
    try {
      readRing(text, this.#codecs);
    } catch (cause) {
      const path = isDimError(cause) && cause.path !== '' ? `keys.${cause.path}` : 'keys';
      throw new DimError('USAGE_ARGUMENT', 'cannot be read again', { path, cause });
    }
    return text;
  }

  /** @throws DimError `VAULT_PASSPHRASE` for another vault than the one that has sealed what is there */
  async #checkVault(vault: KeyVault): Promise<void> {
    const errors: unknown[] = [];
    for (const row of await keyringRows(this.#store, TRIED_RINGS)) {
      try {
        await this.#ringOf(vault, row);
        return;
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  async #ringOf(vault: KeyVault, row: Row): Promise<KeyRing> {
    const text = stringifyJson(row.value);
    const known = this.#open.get(row.key);
    if (known?.ring !== undefined && known.text === text && known.vault === vault) return known.ring;
    const opened = { vault, text, ring: this.#readRow(vault, row) };
    this.#open.set(row.key, opened);
    opened.ring.catch(() => {
      if (this.#open.get(row.key) === opened) this.#open.set(row.key, { vault, text, ring: undefined });
    });
    return opened.ring;
  }

  async #readRow(vault: KeyVault, row: Row): Promise<KeyRing> {
    try {
      const { key, sealed } = readKeyringRow(row);
      return readRing(await openRing(vault, key, sealed).catch(throwOfVault), this.#codecs);
    } catch (error) {
      throw asOwnFault(error);
    }
  }

  meta(id: ID): ReturnType<ClientStore['meta']> {
    return this.#store.meta(id);
  }
  documents(id: ID): ReturnType<ClientStore['documents']> {
    return this.#store.documents(id);
  }
  members(group: ID): ReturnType<ClientStore['members']> {
    return this.#store.members(group);
  }
  messageKeys(...which: Parameters<ClientStore['messageKeys']>): ReturnType<ClientStore['messageKeys']> {
    return this.#store.messageKeys(...which);
  }
  readState(...which: Parameters<ClientStore['readState']>): ReturnType<ClientStore['readState']> {
    return this.#store.readState(...which);
  }
  row(table: string, key: string): ReturnType<ClientStore['row']> {
    return this.#store.row(table, key);
  }
  rows(table: string, partition: string, range?: RowRange): Awaitable<readonly Row[]> {
    return this.#store.rows(table, partition, range);
  }
  count(table: string, partition: string): Awaitable<number> {
    return this.#store.count(table, partition);
  }
  partitions(table: string, after?: string): Awaitable<readonly string[]> {
    return this.#store.partitions(table, after);
  }
  exclusive<T>(action: () => Promise<T>): Promise<T> {
    return this.#store.exclusive(action);
  }
  close(): Awaitable<void> {
    return this.#store.close();
  }
}

/** What is wrong with a ring is no fault of whoever wrote the message that it was to open: that one is not to be refused. */
function asOwnFault(error: unknown): unknown {
  if (!isDimError(error) || isOwnFault(error)) return error;
  const path = error.path === '' ? 'keyring' : `keyring.${error.path}`;
  return new DimError('INTERNAL_STORE', 'the store has keys that cannot be read', { path, cause: error });
}

/**
 * Plans and commits a change of rings, again where another one was faster.
 * @throws what the action throws, `STORE_CONFLICT` for another reason among it
 */
export async function inTurn(store: ClientStore, action: (turn: number) => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const turn = await currentTurn(store);
    try {
      return await action(turn);
    } catch (error) {
      const wasLate = isDimError(error) && error.code === 'STORE_CONFLICT' && (await currentTurn(store)) !== turn;
      if (!wasLate || attempt === ATTEMPTS) throw error;
    }
  }
}
