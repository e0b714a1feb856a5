/** Contacts: whom a person knows, and from whom nothing is wanted. Table `contact`. */
import { DimError, type Content, type ID } from 'dimp';
import { fieldOf, optionalTextOf, readBoolean, requireArgument, textOf, typeName } from 'dimp/extend';
import { checkId } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';

/** What a person keeps of another, or of a group. */
export interface Contact {
  readonly id: ID;
  /** Whether the person has added it; others have only been blocked or muted. */
  readonly isAdded: boolean;
  /** Messages are not read, and nobody is told. */
  readonly isBlocked: boolean;
  /** Messages are read, and there is no noise about it. */
  readonly isMuted: boolean;
  /** What this person calls it. */
  readonly alias: string | undefined;
}

/** The one partition. */
export const CONTACTS = '';

/** Keeps contacts; those who are blocked are in memory. */
export class Contacts<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #table: Table<Contact>;
  readonly #all = new Map<string, Contact>();
  readonly #changed: (contact: Contact) => Promise<void>;

  /** @param changed is told of each that is another than before */
  constructor(device: OwnDevice<C>, changed: (contact: Contact) => Promise<void>) {
    this.#device = device;
    this.#table = contactTable(device);
    this.#changed = changed;
  }

  /** Reads them from the disk. */
  async start(): Promise<void> {
    for await (const contact of this.#table.each(this.#device.store.kept, CONTACTS))
      this.#all.set(contact.id.entityKey, contact);
  }

  /** All that is kept, in no order. */
  get all(): readonly Contact[] {
    return [...this.#all.values()];
  }

  /** What is kept of an ID; one that is neither added nor blocked nor muted, where nothing is. */
  of(id: ID): Contact {
    checkId(id, 'id');
    const none = { id: id.entity, isAdded: false, isBlocked: false, isMuted: false, alias: undefined };
    return this.#all.get(id.entityKey) ?? none;
  }

  /** Changes what is kept of an ID. @throws DimError `STORE_…` */
  async change(id: ID, change: Partial<Omit<Contact, 'id'>>): Promise<Contact> {
    checkId(id, 'id');
    checkChange(change);
    const { store } = this.#device;
    const contact = await store.exclusive(async () => {
      // The disk knows it also before the start, and what another tab has changed.
      const known = await this.#table.get(store, id.entityKey);
      const changed = { ...(known ?? this.of(id)), ...change };
      const isNothing = !changed.isAdded && !changed.isBlocked && !changed.isMuted && changed.alias === undefined;
      const rows = [isNothing ? this.#table.remove(id.entityKey) : this.#table.put(changed)];
      const changes = change.isAdded === true ? [{ do: 'add-contact' as const, id: id.entity }] : [];
      store.stage({ changes, rows });
      return changed;
    });
    this.#all.set(id.entityKey, contact);
    await this.#changed(contact);
    return contact;
  }
}

/** A cast lets anything in, and who misspells `isBlocked` blocks nobody. */
function checkChange(change: Partial<Omit<Contact, 'id'>>): void {
  for (const [name, value] of Object.entries(requireArgument(change, 'change'))) {
    const type = new Map([
      ['alias', 'string'],
      ['isAdded', 'boolean'],
      ['isBlocked', 'boolean'],
      ['isMuted', 'boolean'],
    ]).get(name);
    if (type === undefined)
      throw new DimError('USAGE_ARGUMENT', 'is none of isAdded, isBlocked, isMuted, alias', { path: name });
    if (value !== undefined && typeof value !== type)
      throw new DimError('USAGE_ARGUMENT', `must be a ${type}, not ${typeName(value)}`, { path: name });
  }
}

/** The table that they are in. */
export function contactTable({ dim }: Pick<OwnDevice<Content>, 'dim'>): Table<Contact> {
  return defineTable<Contact>({
    table: 'contact',
    toRow: ({ id, isAdded, isBlocked, isMuted, alias }) => ({
      key: id.entityKey,
      partition: CONTACTS,
      order: 0,
      value: definedFields({ id: id.toString(), isAdded, isBlocked, isMuted, alias }),
    }),
    fromRow: ({ value }) => ({
      id: dim.ID.parse(textOf(value, 'id')),
      isAdded: readBoolean(fieldOf(value, 'isAdded')),
      isBlocked: readBoolean(fieldOf(value, 'isBlocked')),
      isMuted: readBoolean(fieldOf(value, 'isMuted')),
      alias: optionalTextOf(value, 'alias'),
    }),
  });
}
