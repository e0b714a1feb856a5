/** Message keys: by use and direction, in two bounded rooms, of which one is for what came from strangers. */
import type { ID, JsonMap, KeptMessageKey, KeyDirection, MessageKeyUse, SymmetricKey } from 'dimp';
import { checkArguments, copyJsonMap, within } from 'dimp/extend';
import { writeJson } from 'dimp/internal';
import { OpenCounter, type CommitTables } from './commit-tables.ts';
import type { KeyRoom, MessageKeyEntry, MessageKeysRecord, Tables } from './schema.ts';

type RecordKey = Tables['messageKeys']['key'];

const ROOMS: readonly KeyRoom[] = ['known', 'strangers'];
const COUNTERS = { known: 'known-keys', strangers: 'stranger-keys' } as const;

/** Where the message keys of a direction and use lie. */
export function messageKeysKey({ sender, destination }: KeyDirection, use: MessageKeyUse): RecordKey {
  return [use, sender.entityKey, destination.entityKey];
}

/** An entry as it is kept. @throws DimError `USAGE_ARGUMENT` for a key that has no map */
function writeEntry(entry: KeptMessageKey): MessageKeyEntry {
  const { digest, time } = entry;
  return {
    key: checkArguments(() => within('entry.key', () => writeJson(copyJsonMap(entry.key)))),
    digest,
    time,
    isNamed: entry.isNamed ?? undefined,
    terminal: entry.terminal ?? undefined,
    recipients: entry.recipients ?? undefined,
    isHandedOver: entry.isHandedOver ?? undefined,
  };
}

/** An entry that was kept. */
export function readEntry(entry: MessageKeyEntry, readKey: (text: string) => SymmetricKey | JsonMap): KeptMessageKey {
  return { ...entry, key: readKey(entry.key) };
}

/** What a commit changes of message keys. */
export class MessageKeyChanges {
  readonly #tables: CommitTables;
  /** How many directions a room has place for. */
  readonly #capacity: number;
  #counters: Readonly<Record<KeyRoom, OpenCounter>> | undefined;

  constructor(tables: CommitTables, capacity: number) {
    this.#tables = tables;
    this.#capacity = capacity;
  }

  /** A direction whose keys will be changed. */
  expect(direction: KeyDirection, use: MessageKeyUse): void {
    this.#tables.messageKeys.expect(messageKeysKey(direction, use));
    this.#tables.contacts.expect(direction.sender.entityKey);
    for (const room of ROOMS) this.#tables.counters.expect(COUNTERS[room]);
  }

  async keep(direction: KeyDirection, use: MessageKeyUse, entry: KeptMessageKey): Promise<void> {
    await this.#change(direction, use, entry.digest, [writeEntry(entry)]);
  }

  async drop(direction: KeyDirection, use: MessageKeyUse, digest: string): Promise<void> {
    await this.#change(direction, use, digest, []);
  }

  /** Removes the keys of both directions. It looks at all of them: nobody forgets often. */
  async forget({ entityKey }: ID): Promise<void> {
    for (const key of await this.#tables.writer.transaction.objectStore('messageKeys').getAllKeys()) {
      const [, sender, destination] = key;
      if (sender !== entityKey && destination !== entityKey) continue;
      const record = await this.#tables.messageKeys.get(key);
      if (record !== undefined) await this.#remove(key, record);
    }
  }

  async #change(
    direction: KeyDirection,
    use: MessageKeyUse,
    digest: string,
    entries: readonly MessageKeyEntry[],
  ): Promise<void> {
    const key = messageKeysKey(direction, use);
    const before = await this.#tables.messageKeys.get(key);
    const all = [...entries, ...(before?.entries ?? []).filter((entry) => entry.digest !== digest)];
    if (before !== undefined) await this.#remove(key, before);
    if (all.length === 0) return;
    const isOfStranger = use === 'receive' && !(await this.#tables.isContact(direction.sender.entityKey));
    const room = isOfStranger ? 'strangers' : 'known';
    const counter = (await this.#open())[room];
    counter.add(1);
    this.#tables.messageKeys.put(key, { entries: all, room, turn: counter.next() });
  }

  async #remove(key: RecordKey, { room }: MessageKeysRecord): Promise<void> {
    (await this.#open())[room].add(-1);
    this.#tables.messageKeys.delete(key);
  }

  /** Writes how many there are, and removes those for which there is no room: which were changed longest ago. */
  async write(): Promise<void> {
    if (this.#counters === undefined) return;
    for (const room of ROOMS) {
      const counter = this.#counters[room];
      if (counter.count > this.#capacity) await this.#evict(room, counter);
      counter.write();
    }
  }

  async #evict(room: KeyRoom, counter: OpenCounter): Promise<void> {
    const { writer } = this.#tables;
    const index = writer.transaction.objectStore('messageKeys').index('turn');
    let cursor = await index.openCursor(IDBKeyRange.bound([room], [room, []]));
    while (cursor !== null && counter.count > this.#capacity) {
      counter.add(-1);
      writer.queue(cursor.delete());
      cursor = await cursor.continue();
    }
  }

  async #open(): Promise<Readonly<Record<KeyRoom, OpenCounter>>> {
    return (this.#counters ??= {
      known: await OpenCounter.open(this.#tables, COUNTERS.known),
      strangers: await OpenCounter.open(this.#tables, COUNTERS.strangers),
    });
  }
}
