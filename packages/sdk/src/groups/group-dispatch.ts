/** How a message to a group goes out: hidden among personal ones, or as one ciphertext. */
import { DimError, type ID } from 'dimp';
import { filledIn } from './group-receipts.ts';
import { roleOf, type GroupState } from './group-state.ts';
import { othersThan } from './hand-on.ts';
import { permissionOf, type GroupRefusal } from './permissions.ts';

/** From this many members on a message is encrypted once for all: then stations see which group it is for. */
export const SHARED_GROUP_SIZE = 16;

/** How a message to a group goes out. */
export type GroupDispatch =
  /** A message of its own for each, with the group in the content alone: stations see none of it. */
  | { readonly form: 'hidden'; readonly receivers: readonly ID[] }
  /**
   * One message to the group, packed for all who are members, and split for `members`: see `splitMessage`. The same message
   * key may be used again: where members come or go, `packMessage` makes another.
   */
  | { readonly form: 'shared'; readonly receiver: ID; readonly members: readonly ID[] };

/**
 * How a message of one's own to a group goes out, and to whom: all members but oneself.
 *
 * @throws DimError `MISSING_MEMBERS` where nobody has said who the members are; `GROUP_DENIED` for who is none
 * @example
 * ```ts
 * import type { GroupState } from 'dimsdk';
 * import { groupDispatch } from 'dimsdk/internal';
 * import type { ID } from 'dimp';
 *
 * function receiversOf(state: GroupState, self: ID): readonly ID[] {
 *   const dispatch = groupDispatch(state, self);
 *   return dispatch.form === 'hidden' ? dispatch.receivers : [dispatch.receiver];
 * }
 * ```
 */
export function groupDispatch(state: GroupState, self: ID): GroupDispatch {
  const { group, members, hasMembers } = state;
  if (!hasMembers)
    throw new DimError('MISSING_MEMBERS', `no members are known of ${group.toString()}`, {
      missing: [{ what: 'members', id: group }],
    });
  const permission = permissionOf('write', roleOf(state, self));
  if (typeof permission === 'object') throw groupDenied(group, permission);
  const others = othersThan(self, members);
  return members.length < SHARED_GROUP_SIZE
    ? { form: 'hidden', receivers: others }
    : { form: 'shared', receiver: group, members: others };
}

/** What the rules of a group do not allow, as an error. */
export function groupDenied(group: ID, { template }: GroupRefusal): DimError {
  return new DimError('GROUP_DENIED', filledIn({ template, replacements: { gid: group.toString() } }), {
    path: 'group',
  });
}
