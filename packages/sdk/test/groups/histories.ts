/** Histories by hand, and by chance. */
import * as fc from 'fast-check';
import type { Bulletin, ID, User } from 'dimp';
import type { GroupBulletin, GroupFacts, HistoryCommand, HistoryEntry } from '../../src/internal.ts';
import { digestOf, HISTORY_COMMANDS } from '../../src/groups/history-entry.ts';
import { alice, bob, carol, dave, dim, erin, mallory } from './world.ts';

const meta = await dim.Meta.generate({ type: 'MKM', privateKey: alice.keys.identity, seed: 'Group-12345' });
export const group: ID = meta.id(1);

/** A bulletin of which nothing counts but what it says. */
export function bulletin(
  time: number,
  administrators: readonly User[] = [],
  assistants: readonly User[] = [],
): GroupBulletin {
  const ids = (users: readonly User[]): readonly ID[] => users.map(({ id }) => id);
  return {
    id: digestOf(dim, ['bulletin', time, ...administrators.map(({ id }) => id.entityKey)]),
    time,
    name: 'Team',
    founder: alice.id,
    administrators: ids(administrators),
    assistants: ids(assistants),
    document: {} as Bulletin,
  };
}

/** A group of Alice's. */
export function factsOf(...bulletins: readonly GroupBulletin[]): GroupFacts {
  return { group, owner: alice.id, bulletins };
}

/** A command at a time. */
export function entry(
  time: number,
  author: User,
  command: HistoryCommand,
  members: readonly User[] = [],
): HistoryEntry {
  const ids = members.map(({ id }) => id);
  const id = digestOf(dim, [time, author.id.entityKey, command, ...ids.map(({ entityKey }) => entityKey)]);
  return { id, group, author: author.id, command, time, members: ids, message: undefined };
}

/** Mallory is in no bulletin, and others see to it that she is no member. */
const honest = [alice, bob, carol, dave] as const;
const users = [...honest, erin, mallory] as const;

/** Few times, so that many things happen at once. */
const time = fc.integer({ min: 1, max: 12 });
const list = fc.subarray([bob, carol, dave, erin] as User[]);

export const anyBulletins: fc.Arbitrary<readonly GroupBulletin[]> = fc.uniqueArray(
  fc.tuple(time, list).map(([at, administrators]) => bulletin(at, administrators)),
  { minLength: 1, maxLength: 4, selector: ({ id }) => id },
);

const command = fc
  .tuple(time, fc.constantFrom(...users), fc.constantFrom(...HISTORY_COMMANDS), list, fc.boolean())
  .map(([at, author, kind, members, isOwnerFirst]) => {
    if (kind !== 'reset' && kind !== 'invite') return entry(at, author, kind);
    if (kind === 'reset' && isOwnerFirst) return entry(at, author, kind, [alice, ...members]);
    return entry(at, author, kind, members.length === 0 ? [erin] : members);
  });

/** Any commands of anybody, permitted or not. */
export const anyEntries: fc.Arbitrary<readonly HistoryEntry[]> = fc.uniqueArray(command, {
  maxLength: 20,
  selector: ({ id }) => id,
});
