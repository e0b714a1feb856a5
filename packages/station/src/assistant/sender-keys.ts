/**
 * The message keys of senders, each encrypted for the members, as far as the senders have said them. The assistant can open none.
 * Table `app-assistant-keys`, a partition for each group, a row for each sender.
 */
import type { Dim, ID, JsonMap, ReliableMessage } from 'dimp';
import { changeFields, fieldOf, isJsonMap } from 'dimp/extend';
import { BoundedCache } from 'dimp/internal';
import type { ClientStore, RowChange } from 'dimsdk';

const TABLE = 'app-assistant-keys';

/** Rows that are held ready. */
const READY = 256;

/** Encrypted keys by names, as messages have them: `ID` or `ID/terminal`. */
export interface SenderKeys {
  /** Which message key it is. */
  readonly digest: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** What senders have said of their keys. */
export class SenderKeysTable {
  readonly #dim: Dim;
  readonly #store: ClientStore;
  /** Also what is not on the disk yet: several messages may be split in one commit. */
  #ready = new BoundedCache<string, SenderKeys>(READY);

  constructor({ dim, store }: { readonly dim: Dim; readonly store: ClientStore }) {
    this.#dim = dim;
    this.#store = store;
  }

  /** Holds nothing ready any longer: a commit may have failed. */
  reset(): void {
    this.#ready = new BoundedCache(READY);
  }

  async of(group: ID, sender: ID): Promise<SenderKeys | undefined> {
    const key = keyOf(group, sender);
    const ready = this.#ready.get(key);
    if (ready !== undefined) return ready;
    const value = (await this.#store.row(TABLE, key))?.value;
    const keys = value === undefined ? undefined : readKeys(value);
    if (keys !== undefined) this.#ready.set(key, keys);
    return keys;
  }

  /** Adds to what is known of a key; of another one than before, nothing of that stays. */
  async merge(group: ID, sender: ID, added: SenderKeys, now: number): Promise<readonly RowChange[]> {
    if (Object.keys(added.keys).length === 0) return [];
    const known = await this.of(group, sender);
    const isSame = known?.digest === added.digest;
    if (isSame && Object.entries(added.keys).every(([name, key]) => known.keys[name] === key)) return [];
    const all = isSame ? { ...known.keys, ...added.keys } : added.keys;
    // What a message may have: of more, those that came last.
    const keys = Object.fromEntries(Object.entries(all).slice(-this.#dim.limits.messageKeys));
    const merged: SenderKeys = { digest: added.digest, keys };
    const key = keyOf(group, sender);
    this.#ready.set(key, merged);
    const value: JsonMap = { digest: merged.digest, keys };
    return [{ do: 'put-row', row: { table: TABLE, key, partition: group.entityKey, order: now, value } }];
  }

  /** A message with those keys that are known of its sender's, and that it does not have itself. */
  async complete(message: ReliableMessage): Promise<ReliableMessage> {
    const { keyDigest: digest, receiver, sender, key } = message;
    if (digest === undefined || key !== undefined) return message;
    const known = await this.of(receiver, sender);
    if (known?.digest !== digest) return message;
    const keys = { ...known.keys, ...Object.fromEntries(message.keys), digest };
    return this.#dim.ReliableMessage.parse(changeFields(message.fields, { keys }));
  }

  /** Those that were written before a time, in seconds since 1970. */
  async expired(before: number): Promise<readonly RowChange[]> {
    const changes: RowChange[] = [];
    for (let last: string | undefined; ;) {
      const groups = await this.#store.partitions(TABLE, last);
      for (const group of groups)
        for (const { key } of await this.#store.rows(TABLE, group, { to: before, limit: 1000 }))
          changes.push({ do: 'delete-row', table: TABLE, key });
      last = groups.at(-1);
      if (groups.length < 1000) return changes;
    }
  }
}

/** The keys that a message brings, where it says which key it is. */
export function keysIn({ keyDigest: digest, keys }: ReliableMessage): SenderKeys | undefined {
  return digest === undefined ? undefined : { digest, keys: Object.fromEntries(keys) };
}

function keyOf(group: ID, sender: ID): string {
  return `${group.entityKey} ${sender.entityKey}`;
}

function readKeys(value: JsonMap): SenderKeys | undefined {
  const [digest, keys] = [fieldOf(value, 'digest'), fieldOf(value, 'keys')];
  if (typeof digest !== 'string' || !isJsonMap(keys)) return undefined;
  const texts = Object.entries(keys).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { digest, keys: Object.fromEntries(texts) };
}
