/** How many are in a group. */
import { t } from '../../language/language.ts';
import type { GroupView } from '../../protocol/views.ts';

/** Empty where nobody has said who they are. */
export function memberCount(group: Pick<GroupView, 'hasMembers' | 'members'> | undefined): string {
  if (group?.hasMembers !== true) return '';
  const count = group.members.length;
  return count === 1 ? t('memberCountOne') : t('memberCount', { count });
}
