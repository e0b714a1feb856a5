/** `dim id list`. */
import type { Call, Result } from '../command/call.ts';
import { withHome } from '../home/open-home.ts';
import { printable } from '../text/printable.ts';
import { nameOf } from '../home/known-identity.ts';

/** Lists the identities of a home. */
export async function listIdentities(call: Call): Promise<Result> {
  return withHome(call, async ({ settings, store, users }) => {
    const identities = await Promise.all(
      users.map(async (user) => {
        const id = user.toString();
        return {
          id,
          name: (await nameOf(store, user)) ?? null,
          isUsed: users.length === 1 || settings.self === id,
        };
      }),
    );
    return {
      json: { identities },
      text: identities
        .map(({ id, name, isUsed }) => `${isUsed ? '*' : ' '} ${printable(id)}  ${printable(name ?? '')}`)
        .join('\n'),
    };
  });
}
