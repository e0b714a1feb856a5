/** Adding a contact, with what the person has of it already. */
import { learnIdentity, type Content, type Document, type ID, type Meta } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Contact, Contacts } from './contacts.ts';

/** What a person has of somebody already. */
export interface KnownOfContact {
  readonly meta?: Meta;
  readonly visas?: readonly Document[];
  readonly alias?: string;
}

/** What adding asks of the client around it. */
export interface AddContactHost {
  /** Something of an identity was learned. */
  learned(id: ID): void;
  /** The rest is to be asked for. */
  want(id: ID): void;
}

/** See `Client.addContact`. */
export async function addContact<C extends Content>(
  { dim, store, clock }: OwnDevice<C>,
  contacts: Contacts<C>,
  host: AddContactHost,
  { id, meta, visas, alias }: KnownOfContact & { readonly id: ID },
): Promise<Contact> {
  if (meta !== undefined || (visas?.length ?? 0) > 0) {
    await store.exclusive(async () => {
      const plan = await learnIdentity(dim, store, { id, meta, documents: visas }, { clock: () => clock.now() });
      store.stage({ changes: plan.changes });
    });
    host.learned(id);
  }
  const contact = await contacts.change(id, { isAdded: true, ...(alias !== undefined && { alias }) });
  const known = await store.kept.meta(id);
  if (!known) host.want(id);
  return contact;
}
