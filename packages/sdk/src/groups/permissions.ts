/**
 * Who may do what in a group: one table, for those who write and for those who read. The texts are those of deployed
 * clients, where these have one.
 */
import type { ID } from 'dimp';

/** What somebody is in a group. Each is one thing: an owner who is a member is the owner, a bot that is a member is one. */
export type GroupRole = 'owner' | 'administrator' | 'member' | 'assistant' | 'stranger';

/** What can be done in a group. */
export type GroupAction =
  /** Says that the group is founded. No client needs to hear it: who founded a group shows by the group's key. */
  | 'found'
  /** Says who the members are, all of them. */
  | 'reset'
  /** Adds members; of a member who is no administrator, asks for them to be added. */
  | 'invite'
  /** Asks to be added. */
  | 'join'
  /** Leaves. */
  | 'quit'
  /** Gives up being an administrator. */
  | 'resign'
  /** Removes members. It is done by a `reset`: deployed clients ignore the command of this name, and so does this one. */
  | 'expel'
  /** Makes administrators: by a new bulletin. */
  | 'hire'
  /** Makes administrators members again: by a new bulletin. */
  | 'fire'
  /** Gives the group to another owner. */
  | 'abdicate'
  /** Ends the group, by a `reset` of its owner that leaves nobody else in it. */
  | 'dissolve'
  /** Asks for the history. */
  | 'query'
  /** Gives the group another name: by a new bulletin. */
  | 'rename'
  /** Says which bots distribute messages: by a new bulletin. */
  | 'appoint'
  /** Writes to all members. */
  | 'write'
  /** Asks for a message key. */
  | 'ask-key';

/** A no, as a receipt says it. `${gid}` stands for the group. */
export interface GroupRefusal {
  readonly is: 'refused';
  readonly template: string;
}

/** What a role may do: it is done; it is refused; or it changes nothing, and nobody needs to be told. */
export type Permission = 'allowed' | 'without-effect' | GroupRefusal;

const no = (template: string): GroupRefusal => Object.freeze({ is: 'refused', template });

const YES = 'allowed';
const VOID = 'without-effect';
const NOT_RESET = no('Not allowed to reset members of group: ${gid}');
const NOT_INVITE = no('Not allowed to invite member into group: ${gid}');
const NOT_EXPEL = no('Not allowed to expel members of group: ${gid}');
const NOT_HIRE = no('Not allowed to hire administrator of group: ${gid}');
const NOT_FIRE = no('Not allowed to fire administrator of group: ${gid}');
const NOT_QUERY = no('Not allowed to query members of group: ${gid}');
const NOT_FOUND = no('Not allowed to found group: ${gid}');
const NOT_ABDICATE = no('Not allowed to abdicate from group: ${gid}');
const NOT_DISSOLVE = no('Not allowed to dissolve group: ${gid}');
const NOT_PUBLISH = no('Not allowed to change the document of group: ${gid}');
const NOT_WRITE = no('Not allowed to send messages to group: ${gid}');
const NOT_ASK_KEY = no('Not allowed to ask for keys of group: ${gid}');

/** The table. Conditions of a single command beside the role of its author are in {@link RESET_REFUSALS}. */
export const PERMISSIONS: Readonly<Record<GroupAction, Readonly<Record<GroupRole, Permission>>>> = Object.freeze({
  // Only the owner's bulletin makes administrators, and whatever these do, it is in the name of the group.
  reset: row(YES, YES, NOT_RESET, NOT_RESET, NOT_RESET),
  invite: row(YES, YES, YES, NOT_INVITE, NOT_INVITE),
  expel: row(YES, YES, NOT_EXPEL, NOT_EXPEL, NOT_EXPEL),
  join: row(VOID, VOID, VOID, YES, YES),
  quit: row(
    no('Owner cannot quit from group: ${gid}'),
    no('Administrator cannot quit from group: ${gid}'),
    YES,
    VOID,
    VOID,
  ),
  resign: row(no('Owner cannot resign from group: ${gid}'), YES, VOID, VOID, VOID),
  hire: row(YES, NOT_HIRE, NOT_HIRE, NOT_HIRE, NOT_HIRE),
  fire: row(YES, NOT_FIRE, NOT_FIRE, NOT_FIRE, NOT_FIRE),
  rename: row(YES, NOT_PUBLISH, NOT_PUBLISH, NOT_PUBLISH, NOT_PUBLISH),
  appoint: row(YES, NOT_PUBLISH, NOT_PUBLISH, NOT_PUBLISH, NOT_PUBLISH),
  found: row(YES, NOT_FOUND, NOT_FOUND, NOT_FOUND, NOT_FOUND),
  // The key of a group is its founder's: nobody else could sign another bulletin, and no client would believe one.
  abdicate: row(no('Owner cannot abdicate from group: ${gid}'), NOT_ABDICATE, NOT_ABDICATE, NOT_ABDICATE, NOT_ABDICATE),
  dissolve: row(YES, NOT_DISSOLVE, NOT_DISSOLVE, NOT_DISSOLVE, NOT_DISSOLVE),
  query: row(YES, YES, YES, YES, NOT_QUERY),
  write: row(YES, YES, YES, NOT_WRITE, NOT_WRITE),
  'ask-key': row(YES, YES, YES, YES, NOT_ASK_KEY),
});

/** Why a `reset` of somebody who may send one is refused all the same. */
export const RESET_REFUSALS = Object.freeze({
  ownerNotFirst: no('Owner must be the first member of group: ${gid}'),
  expelsOwner: no('Not allowed to expel owner of group: ${gid}'),
  expelsAdministrator: no('Not allowed to expel administrator of group: ${gid}'),
});

function row(
  owner: Permission,
  administrator: Permission,
  member: Permission,
  assistant: Permission,
  stranger: Permission,
): Readonly<Record<GroupRole, Permission>> {
  return Object.freeze({ owner, administrator, member, assistant, stranger });
}

/** What a role may do. */
export function permissionOf(action: GroupAction, role: GroupRole): Permission {
  return PERMISSIONS[action][role];
}

/** Who is what in a group, by entity keys. */
export interface Roster {
  readonly owner: ID;
  readonly administrators: KeySet;
  readonly members: KeySet;
  readonly assistants: KeySet;
}

interface KeySet {
  has(entityKey: string): boolean;
}

/** What somebody is in a group. */
export function roleIn({ owner, administrators, members, assistants }: Roster, { entityKey }: ID): GroupRole {
  if (owner.entityKey === entityKey) return 'owner';
  if (administrators.has(entityKey)) return 'administrator';
  if (members.has(entityKey)) return 'member';
  return assistants.has(entityKey) ? 'assistant' : 'stranger';
}
