/** `dim contact list`. */
import type { Call, Result } from '../command/call.ts';
import { withClient } from '../messages/open-client.ts';
import { printable } from '../text/printable.ts';
import { contactJson } from './contact-facts.ts';

/** Lists who was added, blocked or muted. */
export async function listContacts(call: Call): Promise<Result> {
  return withClient(call, { isOffline: true }, async ({ client, store }) => {
    const contacts = await Promise.all(client.contacts.map(async (contact) => contactJson(store, contact)));
    const { table } = await import('dimstation/internal');
    const rows = contacts.map(({ id, alias, name, isBlocked, isMuted }) => [
      text(alias),
      text(name),
      text(id),
      [...(isBlocked === true ? ['blocked'] : []), ...(isMuted === true ? ['muted'] : [])].join(', ') || '-',
    ]);
    return {
      json: { contacts },
      text:
        rows.length === 0
          ? 'Nobody was added yet: `dim contact add ID`'
          : (await table(['ALIAS', 'NAME', 'ID', 'IS'], rows)).trimEnd(),
    };
  });
}

function text(value: unknown): string {
  return typeof value === 'string' ? printable(value) : '-';
}
