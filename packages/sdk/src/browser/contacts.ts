/** Who is a contact, as a commit sees it: all that is bounded has a room of its own for them. */
import type { ContactRecord } from './schema.ts';
import type { Writer } from './transaction.ts';

/** The contacts, each read once in a commit. */
export class Contacts {
  readonly #writer: Writer;
  readonly #known = new Map<string, ContactRecord | undefined>();

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async get(entityKey: string): Promise<ContactRecord | undefined> {
    if (this.#known.has(entityKey)) return this.#known.get(entityKey);
    const record = await this.#writer.transaction.objectStore('contacts').get(entityKey);
    this.#known.set(entityKey, record);
    return record;
  }

  async has(entityKey: string): Promise<boolean> {
    return (await this.get(entityKey)) !== undefined;
  }

  put(entityKey: string, record: ContactRecord): void {
    this.#known.set(entityKey, record);
    this.#writer.queue(this.#writer.transaction.objectStore('contacts').put(record, entityKey));
  }
}
