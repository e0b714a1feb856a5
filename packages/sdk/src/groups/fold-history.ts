/**
 * From a history to who is what in a group.
 *
 * It depends on what is in the history alone, and not on the order in which it came: whoever has the same has the same
 * group. Each command is judged by what was so at its own time, and what its author was not allowed to do did not happen.
 */
import type { ID } from 'dimp';
import { compareBulletins, compareText, type GroupBulletin } from './group-bulletin.ts';
import {
  changeOf,
  changesByAdding,
  changesByBulletin,
  changesByReset,
  type BeforeReset,
  type GroupChange,
} from './group-changes.ts';
import { MAX_PENDING, type GroupState, type Invitation, type JoinRequest } from './group-state.ts';
import { MAX_MEMBERS, type HistoryEntry } from './history-entry.ts';
import { permissionOf, RESET_REFUSALS, roleIn, type GroupRefusal } from './permissions.ts';

/** What is known of a group beside its history. */
export interface GroupFacts {
  readonly group: ID;
  /** The founder, whose key was found to be the group's. */
  readonly owner: ID;
  /** All bulletins at hand, each verified; at least one. Older ones say who was an administrator then. */
  readonly bulletins: readonly GroupBulletin[];
}

/** What became of a command. */
export type Verdict =
  /** It did what it says. */
  | 'applied'
  /** It waits for the owner or an administrator. */
  | 'pending'
  /** There was nothing to do. */
  | 'without-effect'
  /** What came after it decides: a later `reset`, or for a `resign` a later bulletin. */
  | 'expired'
  /** Its author was not allowed to. */
  | GroupRefusal;

/** A group, and what each command of its history did for that. */
export interface FoldedHistory {
  readonly state: GroupState;
  /** By the `id` of each entry. */
  readonly verdicts: ReadonlyMap<string, Verdict>;
  /** The `reset` that counts; undefined where there is none. */
  readonly reset: HistoryEntry | undefined;
  /** The `id`s of those without which the state would be another. A `resign` may be, though a bulletin came after it. */
  readonly effective: ReadonlySet<string>;
  /** What happened, the oldest first: also what came after it made void, and nothing that was not allowed. */
  readonly changes: readonly GroupChange[];
}

type FoldedEntry = Omit<HistoryEntry, 'message' | 'group'>;

/**
 * The state of a group by its history.
 *
 * The order is that of the times that authors signed, and where two are the same, that of what they say; bulletins come
 * before commands of the same time. Administrators are those of the bulletin that was the newest at the time of a command;
 * of the time before any bulletin that is at hand, those of the oldest.
 *
 * @param entries in any order, also several times
 */
export function foldHistory(facts: GroupFacts, entries: readonly HistoryEntry[]): FoldedHistory {
  const bulletins = [...facts.bulletins].sort(compareBulletins);
  const unique = new Map(entries.map((entry) => [entry.id, entry]));
  const inOrder = [...unique.values()].sort(compareEntries);
  const fold = new Fold(facts, bulletins[0]);
  let next = 0;
  for (const entry of inOrder) {
    for (; next < bulletins.length; next++) {
      const bulletin = bulletins[next];
      if (bulletin === undefined || bulletin.time > entry.time) break;
      fold.publish(bulletin);
    }
    fold.apply(entry);
  }
  for (const bulletin of bulletins.slice(next)) fold.publish(bulletin);
  return fold.result(bulletins.at(-1));
}

/** The order of entries. */
export function compareEntries(one: FoldedEntry, other: FoldedEntry): number {
  return one.time - other.time || compareText(one.id, other.id);
}

type Users = Map<string, ID>;

/** A group while its history is gone through. */
class Fold {
  readonly #facts: GroupFacts;
  readonly #members: Users;
  #administrators: Users;
  #assistants: Users;
  #name: string | undefined;
  /** Whether a bulletin of the time that is gone through is at hand. */
  #isRecorded = false;
  #reset: HistoryEntry | undefined;
  readonly #invitations = new Map<string, Invitation>();
  readonly #joins = new Map<string, JoinRequest>();
  readonly #verdicts = new Map<string, Verdict>();
  /** Those that a later reset, or a later bulletin, makes void. */
  #sinceReset: string[] = [];
  #sinceBulletin: string[] = [];
  readonly #effective = new Map<string, HistoryEntry>();
  readonly #changes: GroupChange[] = [];

  constructor(facts: GroupFacts, oldest: GroupBulletin | undefined) {
    this.#facts = facts;
    this.#members = usersOf([facts.owner]);
    this.#administrators = usersOf(oldest?.administrators ?? []);
    this.#assistants = usersOf(oldest?.assistants ?? []);
  }

  publish(bulletin: GroupBulletin): void {
    const { administrators, assistants, name } = bulletin;
    // Of the first that is at hand nobody can tell what it changed.
    if (this.#isRecorded) {
      const before = { name: this.#name, administrators: this.#administrators };
      this.#changes.push(...changesByBulletin(bulletin, before, this.#facts.owner));
    }
    this.#name = name ?? this.#name;
    this.#administrators = usersOf(administrators);
    this.#assistants = usersOf(assistants);
    this.#isRecorded = true;
    for (const id of this.#sinceBulletin) this.#verdicts.set(id, 'expired');
    this.#sinceBulletin = [];
  }

  apply(entry: HistoryEntry): void {
    const verdict = this.#decide(entry);
    this.#verdicts.set(entry.id, verdict);
    if (verdict === 'applied' || verdict === 'pending') this.#effective.set(entry.id, entry);
    (entry.command === 'resign' ? this.#sinceBulletin : this.#sinceReset).push(entry.id);
  }

  result(newest: GroupBulletin | undefined): FoldedHistory {
    const { group, owner } = this.#facts;
    const state: GroupState = Object.freeze({
      group: group.entity,
      name: newest?.name,
      owner: owner.entity,
      administrators: listOf(this.#administrators),
      members: listOf(this.#members),
      assistants: listOf(this.#assistants),
      hasMembers: this.#reset !== undefined,
      invitations: newestOf(this.#invitations),
      joins: newestOf(this.#joins),
      documentTime: newest === undefined || newest.time === 0 ? undefined : newest.time,
      // They are in order.
      historyTime: [...this.#effective.values()].filter(({ id }) => this.#verdicts.get(id) !== 'expired').at(-1)?.time,
    });
    const effective = new Set(this.#effective.keys());
    return Object.freeze({ state, verdicts: this.#verdicts, reset: this.#reset, effective, changes: this.#changes });
  }

  #decide(entry: HistoryEntry): Verdict {
    const { author, command } = entry;
    const role = roleIn(this.#roster(), author);
    const permission = permissionOf(command, role);
    if (permission !== 'allowed') return permission;
    if (command === 'reset') return this.#decideReset(entry);
    if (command === 'invite') return role === 'member' ? this.#ask(entry) : this.#add(entry);
    if (command === 'join') {
      if (!this.#joins.has(author.entityKey)) this.#changes.push(changeOf(entry, 'asked'));
      this.#joins.set(author.entityKey, Object.freeze({ user: author, time: entry.time }));
      return 'pending';
    }
    this.#changes.push(changeOf(entry, command === 'quit' ? 'left' : 'resigned'));
    (command === 'quit' ? this.#members : this.#administrators).delete(author.entityKey);
    return 'applied';
  }

  #decideReset(entry: HistoryEntry): Verdict {
    const { members } = entry;
    const { owner } = this.#facts;
    if (members[0]?.equals(owner) !== true) return RESET_REFUSALS.ownerNotFirst;
    const named = new Set(members.map(({ entityKey }) => entityKey));
    // Who was an administrator before the oldest bulletin at hand, nobody can tell.
    if (this.#isRecorded && ![...this.#administrators.keys()].every((key) => named.has(key)))
      return RESET_REFUSALS.expelsAdministrator;
    this.#changes.push(...changesByReset(entry, this.#beforeReset(), owner));
    this.#members.clear();
    for (const member of members) this.#members.set(member.entityKey, member);
    this.#invitations.clear();
    this.#joins.clear();
    for (const id of this.#sinceReset) {
      this.#verdicts.set(id, 'expired');
      this.#effective.delete(id);
    }
    this.#sinceReset = [];
    this.#reset = entry;
    return 'applied';
  }

  #add(entry: HistoryEntry): Verdict {
    const { members } = entry;
    const added = this.#strangersOf(members).slice(0, Math.max(0, MAX_MEMBERS - this.#members.size));
    this.#changes.push(...changesByAdding(entry, added, (key) => this.#isWaiting(key)));
    for (const member of added) {
      this.#members.set(member.entityKey, member);
      this.#invitations.delete(member.entityKey);
      this.#joins.delete(member.entityKey);
    }
    return added.length === 0 ? 'without-effect' : 'applied';
  }

  #ask(entry: HistoryEntry): Verdict {
    const { members, author, time } = entry;
    const asked = this.#strangersOf(members);
    const proposed = asked.filter(({ entityKey }) => !this.#invitations.has(entityKey));
    if (proposed.length > 0) this.#changes.push(changeOf(entry, 'proposed', proposed));
    for (const user of proposed) this.#invitations.set(user.entityKey, Object.freeze({ user, by: author, time }));
    return asked.length === 0 ? 'without-effect' : 'pending';
  }

  #beforeReset(): BeforeReset {
    const waiting = [...this.#invitations.values(), ...this.#joins.values()].map(({ user }) => user);
    return { members: new Map(this.#members), waiting: usersOf(waiting), isFirst: this.#reset === undefined };
  }

  #isWaiting(entityKey: string): boolean {
    return this.#invitations.has(entityKey) || this.#joins.has(entityKey);
  }

  #strangersOf(users: readonly ID[]): readonly ID[] {
    return users.filter(({ entityKey }) => !this.#members.has(entityKey));
  }

  #roster(): Parameters<typeof roleIn>[0] {
    return {
      owner: this.#facts.owner,
      administrators: this.#administrators,
      members: this.#members,
      assistants: this.#assistants,
    };
  }
}

function usersOf(ids: readonly ID[]): Users {
  return new Map(ids.map((id) => [id.entityKey, id]));
}

function listOf(users: Users): readonly ID[] {
  return Object.freeze([...users.values()]);
}

/** The newest of what waits, the oldest of them first; what came at once, as it was written. */
function newestOf<T extends { readonly time: number }>(waiting: ReadonlyMap<string, T>): readonly T[] {
  const inOrder = [...waiting.values()].sort((one, other) => one.time - other.time);
  return Object.freeze(inOrder.slice(-MAX_PENDING));
}
