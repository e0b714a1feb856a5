/** Who is what in a group, as its verified history says. */
import { DimError, isDimError, type Dim, type ID, type JsonMap, type JsonValue } from 'dimp';
import { optionalListOf, optionalTextOf, optionalTimeOf, requiredOf } from 'dimp/extend';
import { roleIn, type GroupRole } from './permissions.ts';

/** Somebody whom a member wants to be added. Owner and administrators decide: by an `invite` of their own, or a `reset`. */
export interface Invitation {
  readonly user: ID;
  /** The member who invited. */
  readonly by: ID;
  /** When, in seconds since 1970. */
  readonly time: number;
}

/** Somebody who asks to be added. */
export interface JoinRequest {
  readonly user: ID;
  /** When, in seconds since 1970. */
  readonly time: number;
}

/** A group at one point of its history. All who have the same history have the same. Frozen. */
export interface GroupState {
  readonly group: ID;
  /** The name that people see. */
  readonly name: string | undefined;
  /** The founder, whose key is the group's. */
  readonly owner: ID;
  /** Without the owner. */
  readonly administrators: readonly ID[];
  /** The owner first; without terminals, each once. */
  readonly members: readonly ID[];
  /** Bots that distribute messages for the group. They are no members, and read nothing. */
  readonly assistants: readonly ID[];
  /** Whether somebody who may has said who the members are. Until then only the owner is known to be one. */
  readonly hasMembers: boolean;
  /** Waits for the owner or an administrator; the oldest first, and no more than {@link MAX_PENDING}. */
  readonly invitations: readonly Invitation[];
  /** Waits for the owner or an administrator; the oldest first, and no more than {@link MAX_PENDING}. */
  readonly joins: readonly JoinRequest[];
  /** When the bulletin was signed, in seconds since 1970. */
  readonly documentTime: number | undefined;
  /** The time of the last command that had an effect, in seconds since 1970. */
  readonly historyTime: number | undefined;
}

/** How many invitations, and how many requests, wait in one group: of more, the newest. */
export const MAX_PENDING = 256;

/** What somebody is in a group. */
export function roleOf(state: GroupState, user: ID): GroupRole {
  return roleIn(
    {
      owner: state.owner,
      administrators: keysOf(state.administrators),
      members: keysOf(state.members),
      assistants: keysOf(state.assistants),
    },
    user,
  );
}

function keysOf(ids: readonly ID[]): ReadonlySet<string> {
  return new Set(ids.map(({ entityKey }) => entityKey));
}

/** A state as JSON, for a row. */
export function writeState(state: GroupState): JsonMap {
  const { name, documentTime, historyTime } = state;
  return {
    group: state.group.toString(),
    owner: state.owner.toString(),
    administrators: state.administrators.map(String),
    members: state.members.map(String),
    assistants: state.assistants.map(String),
    hasMembers: state.hasMembers,
    invitations: state.invitations.map(({ user, by, time }) => ({ user: user.toString(), by: by.toString(), time })),
    joins: state.joins.map(({ user, time }) => ({ user: user.toString(), time })),
    ...(name !== undefined && { name }),
    ...(documentTime !== undefined && { documentTime }),
    ...(historyTime !== undefined && { historyTime }),
  };
}

/** Reads what {@link writeState} wrote. @throws DimError `INTERNAL_STORE` for anything else */
export function readState(dim: Pick<Dim, 'ID'>, fields: JsonMap): GroupState {
  const readId = (value: unknown): ID => dim.ID.parse(value);
  const ids = (name: string): readonly ID[] => Object.freeze(rowList(fields, name).map(readId));
  const maps = (name: string): readonly JsonMap[] => rowList(fields, name) as readonly JsonMap[];
  try {
    return Object.freeze({
      group: requiredOf(fields, 'group', readId),
      name: optionalTextOf(fields, 'name'),
      owner: requiredOf(fields, 'owner', readId),
      administrators: ids('administrators'),
      members: ids('members'),
      assistants: ids('assistants'),
      hasMembers: fields['hasMembers'] === true,
      invitations: Object.freeze(
        maps('invitations').map((item) =>
          Object.freeze({ user: readId(item['user']), by: readId(item['by']), time: timeOf(item) }),
        ),
      ),
      joins: Object.freeze(
        maps('joins').map((item) => Object.freeze({ user: readId(item['user']), time: timeOf(item) })),
      ),
      documentTime: optionalTimeOf(fields, 'documentTime'),
      historyTime: optionalTimeOf(fields, 'historyTime'),
    });
  } catch (error) {
    throw wrongRow('groups', error);
  }
}

function rowList(fields: JsonMap, name: string): readonly JsonValue[] {
  return optionalListOf(fields, name) ?? [];
}

function timeOf(fields: JsonMap): number {
  const time = optionalTimeOf(fields, 'time');
  if (time === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: 'time' });
  return time;
}

/** What a store gave back in a form in which nothing was kept. */
export function wrongRow(table: string, cause: unknown): DimError {
  if (isDimError(cause) && cause.code.startsWith('INTERNAL_')) return cause;
  return new DimError('INTERNAL_STORE', `the store gave a row of ${table} that cannot be read`, { cause });
}
