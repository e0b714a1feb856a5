/** What roles are called. */
import { t } from '../../language/language.ts';
import type { Role } from '../../protocol/views.ts';

const NAMES = {
  owner: 'roleOwner',
  administrator: 'roleAdministrator',
  member: 'roleMember',
  assistant: 'roleAssistant',
  stranger: 'roleStranger',
} as const;

export function roleText(role: Role): string {
  return t(NAMES[role]);
}
