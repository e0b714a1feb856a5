/** What is said when a home gets one more identity: from then on, commands want to know which. */
import type { ID } from 'dimp';
import type { Call } from '../command/call.ts';
import type { OpenHome } from '../home/open-home.ts';
import { printable } from '../text/printable.ts';

/** Says it, where it is so. @param id the new one */
export function noteSeveral(call: Call, { users, settings }: OpenHome, id: ID): void {
  if (users.length === 0 || users.some((user) => user.equals(id))) return;
  const count = `This home has ${users.length + 1} identities now`;
  call.note(
    settings.self === undefined
      ? `${count}: say which with --as, or choose one with \`dim id use ID\`.`
      : `${count}, and uses ${printable(settings.self)}: say --as for another, or choose it with \`dim id use ID\`.`,
  );
}
