/** The members of a group as a list: users, each once, without terminals. */
import { DimError, type ID } from 'dkd';
import { checkId } from 'dkd/internal';
import { checkList } from '../trust/check-options.ts';
import { withoutRepetition } from '../groups/group-command.ts';

/**
 * @param founder who comes first, and was checked already
 * @throws DimError `USAGE_ARGUMENT` for a member that is no user
 */
export function memberList(members: readonly ID[], founder?: ID): readonly ID[] {
  checkList(members, 'members');
  for (const [index, member] of members.entries()) checkId(member, `members[${index}]`);
  const wrong = members.findIndex((member) => !member.isUser || member.isBroadcast);
  if (wrong !== -1) throw new DimError('USAGE_ARGUMENT', 'must be a user', { path: `members[${wrong}]` });
  const all = founder === undefined ? members : [founder, ...members];
  return withoutRepetition(all.map((member) => member.entity));
}
