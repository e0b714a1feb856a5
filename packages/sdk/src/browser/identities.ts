/** Metas and documents: those of contacts, and in a bounded room those of strangers who were heard of last. */
import type { ID, VerifiedDocument, VerifiedMeta } from 'dimp';
import type { KeptForms } from '../store/kept-forms.ts';
import type { StoreLimits } from '../store/store-limits.ts';
import { OpenCounter, type CommitTables } from './commit-tables.ts';
import type { IdentityRecord } from './schema.ts';

const UNKNOWN: IdentityRecord = { documents: [] };

/** What a commit changes of identities. */
export class IdentityChanges {
  readonly #tables: CommitTables;
  readonly #forms: KeptForms;
  readonly #limits: StoreLimits;
  /** By entity key: what was there, and what is to be. */
  readonly #changed = new Map<string, { readonly before: IdentityRecord | undefined; now: IdentityRecord }>();
  readonly #heard = new Set<string>();

  constructor(tables: CommitTables, forms: KeptForms, limits: StoreLimits) {
    this.#tables = tables;
    this.#forms = forms;
    this.#limits = limits;
  }

  /** An identity that will be changed, or heard of. */
  expect(id: ID): void {
    this.#tables.identities.expect(id.entityKey);
    this.#tables.contacts.expect(id.entityKey);
    this.#tables.counters.expect('strangers');
  }

  async pin(id: ID, meta: VerifiedMeta, isProven: boolean): Promise<void> {
    const text = this.#forms.metaText(id, meta);
    await this.#change(id.entityKey, (known) => ({ ...known, meta: text, isProven }));
  }

  async keep(document: VerifiedDocument): Promise<void> {
    const { entityKey } = document.did;
    const text = this.#forms.documentText(document);
    // Of two tabs that learn the same, the second one adds nothing.
    await this.#change(entityKey, ({ documents, ...known }) => ({
      ...known,
      documents: [...documents.filter((other) => other !== text), text],
    }));
  }

  async drop(document: VerifiedDocument): Promise<void> {
    const { data } = document.document;
    await this.#change(document.did.entityKey, ({ documents, ...known }) => ({
      ...known,
      documents: documents.filter((text) => this.#forms.dataOf(text) !== data),
    }));
  }

  /** Somebody who is a contact from now on. */
  async add(entityKey: string): Promise<void> {
    await this.#entry(entityKey);
  }

  async forget(id: ID): Promise<void> {
    await this.#change(id.entityKey, () => UNKNOWN);
  }

  /** A message of somebody was read: strangers who write are the last to be forgotten. */
  hear(sender: ID): void {
    this.#heard.add(sender.entityKey);
  }

  async #change(entityKey: string, change: (known: IdentityRecord) => IdentityRecord): Promise<void> {
    const entry = await this.#entry(entityKey);
    entry.now = change(entry.now);
  }

  async #entry(entityKey: string): Promise<{ now: IdentityRecord }> {
    const known = this.#changed.get(entityKey);
    if (known !== undefined) return known;
    const before = await this.#tables.identities.get(entityKey);
    const entry = { before, now: before ?? UNKNOWN };
    this.#changed.set(entityKey, entry);
    return entry;
  }

  /** Writes what was changed, and forgets the strangers for whom there is no room. */
  async write(): Promise<void> {
    if (this.#changed.size === 0 && this.#heard.size === 0) return;
    const counter = await OpenCounter.open(this.#tables, 'strangers');
    for (const [entityKey, { before, now }] of this.#changed) {
      if (before?.heard !== undefined) counter.add(-1, -lengthOf(before));
      if (now === UNKNOWN) {
        if (before !== undefined) this.#tables.identities.delete(entityKey);
        continue;
      }
      const isContact = await this.#tables.isContact(entityKey);
      const { heard: _, ...rest } = now;
      const record = isContact ? rest : { ...rest, heard: counter.next() };
      if (!isContact) counter.add(1, lengthOf(record));
      this.#tables.identities.put(entityKey, record);
    }
    for (const entityKey of this.#heard) if (!this.#changed.has(entityKey)) await this.#refresh(entityKey, counter);
    await this.#evict(counter);
    counter.write();
  }

  async #refresh(entityKey: string, counter: OpenCounter): Promise<void> {
    const record = await this.#tables.identities.get(entityKey);
    // Who is far from being forgotten need not be written with each message.
    if (record?.heard === undefined || counter.turn - record.heard < this.#limits.strangers / 4) return;
    this.#tables.identities.put(entityKey, { ...record, heard: counter.next() });
  }

  async #evict(counter: OpenCounter): Promise<void> {
    const { strangers, strangersLength } = this.#limits;
    const isOverfull = (): boolean =>
      counter.count > strangers || (counter.length > strangersLength && counter.count > 1);
    if (!isOverfull()) return;
    const { writer } = this.#tables;
    let cursor = await writer.transaction.objectStore('identities').index('heard').openCursor();
    while (cursor !== null && isOverfull()) {
      counter.add(-1, -lengthOf(cursor.value));
      writer.queue(cursor.delete());
      cursor = await cursor.continue();
    }
  }
}

/** Characters of what is kept of an identity. */
function lengthOf({ meta = '', documents }: IdentityRecord): number {
  return documents.reduce((length, text) => length + text.length, meta.length);
}
