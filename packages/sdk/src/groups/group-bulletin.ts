/** What a bulletin says of the offices in a group, from the time on at which it was signed. */
import { type Bulletin, type Dim, type ID } from 'dimp';
import { ifReadable } from 'dimp/internal';
import type { Row } from '../ports/client-store.ts';
import { wrongRow } from './group-state.ts';
import { digestOf, HISTORY_TABLE, userList } from './history-entry.ts';

/** A bulletin that the key of the group has signed. */
export interface GroupBulletin {
  /** The same for all who have it. */
  readonly id: string;
  /** When it was signed, in seconds since 1970; 0 for one that does not say. */
  readonly time: number;
  readonly name: string | undefined;
  /** Who is said to have founded the group. Whether the key is theirs is asked elsewhere. */
  readonly founder: ID | undefined;
  /** Users, without the founder. */
  readonly administrators: readonly ID[];
  readonly assistants: readonly ID[];
  readonly document: Bulletin;
}

/** How many bulletins of one group are kept, the newest: the founder alone can make them. */
export const MAX_BULLETINS = 32;

/** Reads what counts of a bulletin that was verified; a part that cannot be read is as good as none. */
export function readBulletin(dim: Pick<Dim, 'sha256'>, document: Bulletin): GroupBulletin {
  const known = read.get(document);
  if (known !== undefined) return known;
  const founder = ifReadable(() => document.founder);
  const owner = founder?.isUser === true && !founder.isBroadcast ? founder.entity : undefined;
  const administrators = userList(ifReadable(() => document.administrators) ?? []);
  const bulletin: GroupBulletin = Object.freeze({
    id: digestOf(dim, ['bulletin', document.did.entityKey, document.data ?? '']),
    time: ifReadable(() => document.time) ?? 0,
    name: ifReadable(() => document.name),
    founder: owner,
    administrators: owner === undefined ? administrators : administrators.filter((user) => !user.equals(owner)),
    assistants: userList(ifReadable(() => document.assistants) ?? []),
    document,
  });
  read.set(document, bulletin);
  return bulletin;
}

/** Each message to a group asks whether its bulletin is another one. */
const read = new WeakMap<Bulletin, GroupBulletin>();

/** The order of bulletins: by when they were signed, and of two at once by what they say. */
export function compareBulletins(one: GroupBulletin, other: GroupBulletin): number {
  return one.time - other.time || compareText(one.id, other.id);
}

/** In the order of code units, on every machine. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

const BULLETIN = 'bulletin';

/** A row for a bulletin: among the entries of the history of its group. */
export function bulletinRow({ id, time, document }: GroupBulletin): Row {
  const { did, type, data, fields } = document;
  return {
    table: HISTORY_TABLE,
    key: id,
    partition: did.entityKey,
    order: time,
    value: {
      is: BULLETIN,
      document: { did: did.entity.toString(), type, data: data ?? '', signature: fields['signature'] ?? '' },
    },
  };
}

/** Whether a row of history is that of a bulletin. */
export function isBulletinRow({ value }: Row): boolean {
  return value['is'] === BULLETIN;
}

/** The document in a row of a bulletin; not verified. @throws DimError `INTERNAL_STORE` */
export function documentOf(dim: Pick<Dim, 'Document'>, { value }: Row): ReturnType<Dim['Document']['parse']> {
  try {
    return dim.Document.parse(value['document']);
  } catch (error) {
    throw wrongRow(HISTORY_TABLE, error);
  }
}
