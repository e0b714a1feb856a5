/** The members of a group as a list: users, each once, without terminals. */
import { DimError, type ID } from 'dkd';

/** @throws DimError `USAGE_ARGUMENT` for a member that is no user */
export function memberList(members: readonly ID[]): readonly ID[] {
  const unique = new Map<string, ID>();
  for (const [index, member] of members.entries()) {
    if (!member.isUser || member.isBroadcast)
      throw new DimError('USAGE_ARGUMENT', 'must be a user', { path: `members[${index}]` });
    if (!unique.has(member.entityKey)) unique.set(member.entityKey, member.entity);
  }
  return Object.freeze([...unique.values()]);
}
