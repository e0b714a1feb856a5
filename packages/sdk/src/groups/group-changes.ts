/** What happened in a group, as people tell it: what each command and each bulletin changed at its time. */
import type { ID } from 'dimp';
import type { GroupBulletin } from './group-bulletin.ts';
import type { HistoryEntry } from './history-entry.ts';

/** What somebody did in a group. */
export type GroupChangeKind =
  /** The first word of the founder that is at hand: who the members are. What was before it, who came later does not have. */
  | 'founded'
  /** The same of an administrator. */
  | 'listed'
  | 'added'
  /** Added, as they had asked or were proposed. */
  | 'admitted'
  | 'removed'
  /** The founder removed everybody else. */
  | 'ended'
  /** Waited, and a `reset` without them ended that. */
  | 'refused'
  /** A member wants them to be added: it waits for owner or administrators. */
  | 'proposed'
  /** Asks to be added: waits, too. */
  | 'asked'
  | 'left'
  | 'resigned'
  /** Made administrators. */
  | 'hired'
  /** No administrators any more. */
  | 'fired'
  | 'renamed';

/** One thing that somebody did in a group, and was allowed to. */
export interface GroupChange {
  /** The same for the same change of a group. */
  readonly key: string;
  /** When, as the one says who did it, in seconds since 1970. */
  readonly time: number;
  readonly by: ID;
  readonly did: GroupChangeKind;
  /** Whom it is about, beside the one who did it. */
  readonly users: readonly ID[];
  /** The new name of the group. */
  readonly name: string | undefined;
}

type Users = ReadonlyMap<string, ID>;

/** One change by a command. */
export function changeOf(
  { id, time, author }: Pick<HistoryEntry, 'id' | 'time' | 'author'>,
  did: GroupChangeKind,
  users: readonly ID[] = [],
  name?: string,
): GroupChange {
  return Object.freeze({ key: `${id} ${did}`, time, by: author.entity, did, users: Object.freeze([...users]), name });
}

/** Who was in a group, and who waited, before a `reset`. */
export interface BeforeReset {
  readonly members: Users;
  readonly waiting: Users;
  /** Whether nobody had said before who the members are. */
  readonly isFirst: boolean;
}

/** What a `reset` changed; nothing where all was so before. */
export function changesByReset(entry: HistoryEntry, before: BeforeReset, owner: ID): readonly GroupChange[] {
  const { author } = entry;
  const isOwners = author.equals(owner);
  const after: Users = new Map(entry.members.map((member) => [member.entityKey, member]));
  if (before.isFirst) {
    const others = entry.members.filter((member) => !member.equals(author));
    return [changeOf(entry, isOwners ? 'founded' : 'listed', others)];
  }
  const isEnd = isOwners && after.size === 1;
  return [
    ...changesByAdding(entry, without(after, before.members), (key) => before.waiting.has(key)),
    ...about(entry, isEnd ? 'ended' : 'removed', without(before.members, after)),
    ...about(entry, 'refused', without(before.waiting, after)),
  ];
}

/** What it is that some were added: those who waited were let in. */
export function changesByAdding(
  entry: HistoryEntry,
  added: readonly ID[],
  isWaiting: (entityKey: string) => boolean,
): readonly GroupChange[] {
  const isExpected = ({ entityKey }: ID): boolean => isWaiting(entityKey);
  return [
    ...about(
      entry,
      'admitted',
      added.filter((user) => isExpected(user)),
    ),
    ...about(
      entry,
      'added',
      added.filter((user) => !isExpected(user)),
    ),
  ];
}

/** What a bulletin changed of what was so before it. */
export function changesByBulletin(
  { id, time, name, administrators }: GroupBulletin,
  before: { readonly name: string | undefined; readonly administrators: Users },
  owner: ID,
): readonly GroupChange[] {
  const now = new Map(administrators.map((user) => [user.entityKey, user]));
  const by = { id, time, author: owner };
  const offices = [
    ...about(by, 'hired', without(now, before.administrators)),
    ...about(by, 'fired', without(before.administrators, now)),
  ];
  return name === undefined || name === before.name ? offices : [...offices, changeOf(by, 'renamed', [], name)];
}

/** Nothing, where it is about nobody. */
function about(by: Parameters<typeof changeOf>[0], did: GroupChangeKind, users: readonly ID[]): readonly GroupChange[] {
  return users.length === 0 ? [] : [changeOf(by, did, users)];
}

function without(some: Users, others: Users): readonly ID[] {
  return [...some.values()].filter(({ entityKey }) => !others.has(entityKey));
}
