/** Contacts, first contact, and what this person thinks of somebody. */
import { DimError, isDimError, learnIdentity, MemoryStore, type Document, type ID, type Meta } from 'dimp';
import { isJsonMap, parseJsonMap } from 'dimp/extend';
import type { Calls } from '../protocol/calls.ts';
import type { PersonDetails, PersonView } from '../protocol/views.ts';
import { dim } from './dim.ts';
import { idIn, linkOf } from './links.ts';
import { readId, type OpenSession } from './open-session.ts';
import { shownName } from './shown-text.ts';

/** Whom to add, and what is known of it already. */
interface Card {
  readonly id: ID;
  readonly meta?: Meta;
  readonly visas?: readonly Document[];
}

const MAX_CARD = 256 * 1024;

export async function addContact(open: OpenSession, { text, alias }: Calls['addContact'][0]): Promise<PersonView> {
  const { id, ...known } = await readCard(text);
  if (id.equals(open.client.self)) throw new DimError('INPUT_CONFLICT', 'is this identity itself', { path: 'text' });
  const given = readAlias(alias);
  await open.client.addContact(id, { ...known, ...(given !== undefined && { alias: given }) });
  open.people.changed();
  return open.people.view(id);
}

/** What a card says of the key holds, or nothing of it is kept; its names are not read. */
async function readCard(text: string): Promise<Card> {
  const trimmed = text.trim();
  if (!trimmed.startsWith('{')) return { id: idIn(trimmed, 'contact') };
  if (trimmed.length > MAX_CARD) throw new DimError('INPUT_LIMIT', 'is too long for a contact', { path: 'text' });
  try {
    const { id: written, meta, visas } = parseJsonMap(trimmed);
    if (typeof written !== 'string') throw new DimError('INPUT_MISSING', 'is required', { path: 'id' });
    const card: Card = {
      id: idIn(written, 'contact'),
      ...(isJsonMap(meta) && { meta: dim.Meta.parse(meta) }),
      ...(Array.isArray(visas) && { visas: Array.from(visas, (visa) => dim.Document.parse(visa)) }),
    };
    await checkCard(card);
    return card;
  } catch (error) {
    throw isDimError(error) ? new DimError(error.code, error.reason, { path: 'text', cause: error }) : error;
  }
}

async function checkCard({ id, meta, visas = [] }: Card): Promise<void> {
  if (meta === undefined) {
    if (visas.length > 0) throw new DimError('INPUT_MISSING', 'is required', { path: 'meta' });
    return;
  }
  const { value } = await learnIdentity(dim, new MemoryStore(), { id, meta, documents: visas });
  for (const outcome of value.documents) if (isDimError(outcome)) throw outcome;
}

/** Says yes to somebody who wrote first. */
export async function acceptRequest(open: OpenSession, text: string): Promise<void> {
  const id = readId(text, 'id');
  await open.client.addContact(id);
  changed(open, id);
}

/** Deletes what that one wrote, and blocks: before all else, so that nothing more comes meanwhile. */
export async function declineRequest(open: OpenSession, text: string): Promise<void> {
  const id = readId(text, 'id');
  if (!(await open.strangers.isStranger(id)))
    throw new DimError('USAGE_ARGUMENT', 'is no stranger: block instead', { path: 'id' });
  await open.client.changeContact(id, { isBlocked: true });
  await open.client.conversations.clear(id);
  changed(open, id);
}

export async function contacts({ client, people }: OpenSession): Promise<readonly PersonView[]> {
  const known = client.contacts.filter(({ id, isAdded, isBlocked }) => id.isUser && (isAdded || isBlocked));
  const views = await people.views(known.map(({ id }) => id));
  return [...views].sort((one, other) => one.name.localeCompare(other.name));
}

export async function person(open: OpenSession, text: string): Promise<PersonDetails> {
  const { client, people, verification, platform } = open;
  const id = readId(text, 'id');
  const groups = (await client.groups.all()).filter(({ members }) => members.some((member) => member.equals(id)));
  const shared: ID[] = [];
  for (const { group } of groups) if (!(await open.strangers.isStranger(group))) shared.push(group);
  return {
    ...(await people.view(id)),
    code: id.isGroup ? undefined : await verification.code(client.self, id),
    link: linkOf(platform.page, id.isGroup ? 'group' : 'contact', id),
    groups: id.isGroup ? [] : await people.views(shared),
  };
}

export async function changeContact(open: OpenSession, change: Calls['changeContact'][0]): Promise<PersonView> {
  const { isBlocked, isMuted, isAdded } = change;
  const id = readId(change.id, 'id');
  await open.client.changeContact(id, {
    ...('alias' in change && { alias: readAlias(change.alias) }),
    ...(isBlocked !== undefined && { isBlocked }),
    ...(isMuted !== undefined && { isMuted }),
    ...(isAdded !== undefined && { isAdded }),
  });
  changed(open, id);
  return open.people.view(id);
}

/** An empty one is none. @throws DimError `INPUT_FORMAT` at `alias` for one that shows nothing */
function readAlias(alias: string | undefined): string | undefined {
  if (alias === undefined || alias.trim() === '') return undefined;
  const shown = shownName(alias);
  if (shown === undefined) throw new DimError('INPUT_FORMAT', 'shows nothing', { path: 'alias' });
  return shown;
}

export async function setVerified(open: OpenSession, { id: text, isVerified }: Calls['setVerified'][0]): Promise<void> {
  const id = readId(text, 'id');
  if (!(await open.verification.set(id, isVerified)))
    throw new DimError('MISSING_META', 'there is no code yet: the key is not known', {
      missing: [{ what: 'meta', id }],
    });
  changed(open, id);
}

/** The person has asked: the new key is right. The mark of the old one goes first, so that it never stands beside the new key. */
export async function acceptNewKey(open: OpenSession, text: string): Promise<void> {
  const id = readId(text, 'id');
  await open.verification.set(id, false);
  await open.client.forgetIdentity(id);
  await open.alarms.close(id);
  open.people.learned(id);
  changed(open, id);
}

/** The person has looked at it, and stays with the key that is known. */
export async function closeAlarm(open: OpenSession, text: string): Promise<void> {
  const id = readId(text, 'id');
  await open.alarms.close(id);
  changed(open, id);
}

function changed({ people, tell }: OpenSession, id: ID): void {
  people.changed();
  tell({ tell: 'people' });
  tell({ tell: 'conversation', conversation: id.toString() });
}
