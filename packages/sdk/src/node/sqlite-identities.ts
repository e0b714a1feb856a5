/** Metas, documents, private keys and members: those of contacts, and in a bounded room those of strangers heard of last. */
import type { Document, ID, JsonMap, KeyRing, PinnedMeta, VerifiedDocument, VerifiedMeta } from 'dimp';
import type { KeptForms } from '../store/kept-forms.ts';
import { ringText } from '../store/sealed-ring.ts';
import type { StoreLimits } from '../store/store-limits.ts';
import { numberIn, textIn, type SqliteConnection } from './sqlite-connection.ts';
import type { SqlRow } from './sqlite-driver.ts';
import type { Tallies } from './sqlite-tallies.ts';

/** What is known of people and groups. */
export class SqliteIdentities {
  readonly #connection: SqliteConnection;
  readonly #forms: KeptForms;
  readonly #limits: StoreLimits;

  constructor(connection: SqliteConnection, forms: KeptForms, limits: StoreLimits) {
    this.#connection = connection;
    this.#forms = forms;
    this.#limits = limits;
  }

  meta(id: ID): PinnedMeta | undefined {
    const row = this.#connection.get('SELECT meta, is_proven FROM identities WHERE id = ?', id.entityKey);
    const text = row?.['meta'];
    if (row === undefined || typeof text !== 'string') return undefined;
    return { meta: this.#forms.meta(id, text), isProven: row['is_proven'] === 1 };
  }

  documents(id: ID): readonly (VerifiedDocument | Document | JsonMap)[] {
    return this.#documents(id).map((row) => this.#forms.document(id, textIn(row, 'text')));
  }

  keys(id: ID): KeyRing | undefined {
    const row = this.#connection.get('SELECT text FROM keyrings WHERE id = ?', id.entityKey);
    return row && this.#forms.keys(id.entityKey, textIn(row, 'text'));
  }

  /** The private keys of all local users. */
  allKeys(): readonly { readonly id: ID; readonly keys: KeyRing }[] {
    return this.#connection.all('SELECT name, text FROM keyrings ORDER BY id').map((row) => {
      const id = this.#forms.id(textIn(row, 'name'));
      return { id, keys: this.#forms.keys(id.entityKey, textIn(row, 'text')) };
    });
  }

  members(group: ID): readonly ID[] {
    const row = this.#connection.get('SELECT text FROM members WHERE id = ?', group.entityKey);
    return row === undefined ? [] : this.#forms.members(group, textIn(row, 'text'));
  }

  isContact(entityKey: string): boolean {
    return this.#connection.get('SELECT 1 FROM contacts WHERE id = ?', entityKey) !== undefined;
  }

  pin(tallies: Tallies, id: ID, meta: VerifiedMeta, isProven: boolean): void {
    const text = this.#forms.metaText(id, meta);
    this.#change(tallies, id, () => {
      this.#connection.run(
        'UPDATE identities SET meta = ?, is_proven = ? WHERE id = ?',
        text,
        isProven ? 1 : 0,
        id.entityKey,
      );
    });
  }

  keep(tallies: Tallies, document: VerifiedDocument): void {
    const text = this.#forms.documentText(document);
    this.#change(tallies, document.did, () => {
      // Of two processes that learn the same, the second one adds nothing.
      this.#connection.run('DELETE FROM documents WHERE id = ? AND text = ?', document.did.entityKey, text);
      this.#connection.run('INSERT INTO documents (id, text) VALUES (?, ?)', document.did.entityKey, text);
    });
  }

  drop(tallies: Tallies, { did, document }: VerifiedDocument): void {
    this.#change(tallies, did, () => {
      for (const row of this.#documents(did))
        if (this.#forms.dataOf(textIn(row, 'text')) === document.data)
          this.#connection.run('DELETE FROM documents WHERE number = ?', numberIn(row, 'number'));
    });
  }

  keepKeys(id: ID, keys: KeyRing): void {
    this.#connection.run(
      `INSERT INTO keyrings (id, name, text) VALUES (?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text`,
      id.entityKey,
      id.entity.toString(),
      ringText(keys),
    );
  }

  dropKeys(): void {
    this.#connection.run('DELETE FROM keyrings');
  }

  setMembers(group: ID, members: readonly ID[]): void {
    this.#connection.run(
      'INSERT INTO members (id, text) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET text = excluded.text',
      group.entityKey,
      this.#forms.membersText(members),
    );
  }

  /** Somebody is a contact from now on. */
  add(tallies: Tallies, { entityKey }: ID): void {
    const known = this.#row(entityKey);
    if (typeof known?.['heard'] !== 'number') return;
    this.#connection.run('UPDATE identities SET heard = NULL WHERE id = ?', entityKey);
    tallies.add('strangers', -1);
    tallies.add('strangers-length', -numberIn(known, 'length'));
  }

  forget(tallies: Tallies, { entityKey }: ID): void {
    const known = this.#row(entityKey);
    if (known !== undefined) this.#remove(tallies, known);
  }

  /** A message of somebody was read: strangers who write are the last to be forgotten. */
  hear(tallies: Tallies, { entityKey }: ID): void {
    const heard = this.#row(entityKey)?.['heard'];
    // Who is far from being forgotten need not be written with each message.
    if (typeof heard !== 'number' || tallies.get('turn') - heard < this.#limits.strangers / 4) return;
    this.#connection.run('UPDATE identities SET heard = ? WHERE id = ?', tallies.next(), entityKey);
  }

  /** Forgets the strangers for whom there is no room. */
  makeRoom(tallies: Tallies): void {
    const { strangers, strangersLength } = this.#limits;
    const isOverfull = (): boolean =>
      tallies.get('strangers') > strangers ||
      (tallies.get('strangers-length') > strangersLength && tallies.get('strangers') > 1);
    while (isOverfull()) {
      const oldest = this.#connection.get(
        'SELECT id, heard, length FROM identities WHERE heard IS NOT NULL ORDER BY heard LIMIT 1',
      );
      if (oldest === undefined) return;
      this.#remove(tallies, oldest);
    }
  }

  /** Changes what is kept of an identity, and counts it. */
  #change(tallies: Tallies, { entityKey }: ID, change: () => void): void {
    const before = this.#row(entityKey);
    const isContact = before === undefined ? this.isContact(entityKey) : before['heard'] === null;
    if (before === undefined)
      this.#connection.run('INSERT INTO identities (id, length, is_proven) VALUES (?, 0, 0)', entityKey);
    change();
    const length = this.#connection.number(
      `SELECT ifnull(length(meta), 0) + (SELECT ifnull(sum(length(text)), 0) FROM documents WHERE documents.id = identities.id)
       FROM identities WHERE id = ?`,
      entityKey,
    );
    this.#connection.run(
      'UPDATE identities SET length = ?, heard = ? WHERE id = ?',
      length,
      isContact ? null : tallies.next(),
      entityKey,
    );
    if (isContact) return;
    tallies.add('strangers', before === undefined ? 1 : 0);
    tallies.add('strangers-length', length - (before === undefined ? 0 : numberIn(before, 'length')));
  }

  #remove(tallies: Tallies, known: SqlRow): void {
    const id = textIn(known, 'id');
    this.#connection.run('DELETE FROM identities WHERE id = ?', id);
    this.#connection.run('DELETE FROM documents WHERE id = ?', id);
    if (known['heard'] === null) return;
    tallies.add('strangers', -1);
    tallies.add('strangers-length', -numberIn(known, 'length'));
  }

  #row(entityKey: string): SqlRow | undefined {
    return this.#connection.get('SELECT id, heard, length FROM identities WHERE id = ?', entityKey);
  }

  #documents({ entityKey }: ID): readonly SqlRow[] {
    return this.#connection.all('SELECT number, text FROM documents WHERE id = ? ORDER BY number', entityKey);
  }
}
