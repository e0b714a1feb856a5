/** What may be done with a member: nothing that the rules of groups would refuse. */
import type { GroupView, Role } from '../../protocol/views.ts';

export type MemberAction = 'hire' | 'fire' | 'expel';

/** The owner stays, assistants are no members, and whoever has an office is not expelled but by the owner, after being fired. */
export function memberActions(may: GroupView['may'], role: Role, isSelf: boolean): readonly MemberAction[] {
  if (isSelf) return [];
  if (role === 'administrator') return may.fire ? ['fire'] : [];
  if (role !== 'member') return [];
  return [...(may.hire ? (['hire'] as const) : []), ...(may.expel ? (['expel'] as const) : [])];
}
