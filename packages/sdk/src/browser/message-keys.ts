/** Message keys: by use and direction, in two bounded rooms, of which one is for what came from strangers. */
import type { ID, KeptMessageKey, KeyDirection, MessageKeyUse } from 'dimp';
import type { KeptForms } from '../store/kept-forms.ts';
import { OpenCounter, type CommitTables } from './commit-tables.ts';
import type { KeyRoom, MessageKeyEntry, MessageKeysRecord, Tables } from './schema.ts';

type RecordKey = Tables['messageKeys']['key'];

const ROOMS: readonly KeyRoom[] = ['known', 'strangers'];
const COUNTERS = { known: 'known-keys', strangers: 'stranger-keys' } as const;

/** Where the message keys of a direction and use lie. */
export function messageKeysKey({ sender, destination }: KeyDirection, use: MessageKeyUse): RecordKey {
  return [use, sender.entityKey, destination.entityKey];
}

/** What a commit changes of message keys. */
export class MessageKeyChanges {
  readonly #tables: CommitTables;
  readonly #forms: KeptForms;
  /** How many directions a room has place for. */
  readonly #capacity: number;
  #counters: Readonly<Record<KeyRoom, OpenCounter>> | undefined;

  constructor(tables: CommitTables, forms: KeptForms, capacity: number) {
    this.#tables = tables;
    this.#forms = forms;
    this.#capacity = capacity;
  }

  /** A direction whose keys will be changed. */
  expect(direction: KeyDirection, use: MessageKeyUse): void {
    this.#tables.messageKeys.expect(messageKeysKey(direction, use));
    this.#tables.contacts.expect(direction.sender.entityKey);
    for (const room of ROOMS) this.#tables.counters.expect(COUNTERS[room]);
  }

  async keep(direction: KeyDirection, use: MessageKeyUse, entry: KeptMessageKey): Promise<void> {
    await this.#change(direction, use, entry.digest, [
      { digest: entry.digest, text: this.#forms.messageKeyText(entry) },
    ]);
  }

  async drop(direction: KeyDirection, use: MessageKeyUse, digest: string): Promise<void> {
    await this.#change(direction, use, digest, []);
  }

  /** The keys that came from somebody who is a contact from now on. */
  async add({ entityKey }: ID): Promise<void> {
    const store = this.#tables.writer.transaction.objectStore('messageKeys');
    for (const key of await store.getAllKeys(IDBKeyRange.bound(['receive', entityKey], ['receive', entityKey, []]))) {
      const record = await this.#tables.messageKeys.get(key);
      if (record?.room !== 'strangers') continue;
      const counters = await this.#open();
      counters.strangers.add(-1);
      counters.known.add(1);
      this.#tables.messageKeys.put(key, { ...record, room: 'known', turn: counters.known.next() });
    }
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
