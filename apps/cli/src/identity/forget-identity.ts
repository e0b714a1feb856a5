/** `dim id forget`. */
import { DimError } from 'dimp';
import { removeLocalUser } from 'dimsdk';
import { holdStore } from 'dimsdk/node';
import type { Call, Result } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { selfOf, withHome } from '../home/open-home.ts';
import { changeSettings } from '../home/settings.ts';
import { confirm } from '../input/prompt.ts';
import { printable } from '../text/printable.ts';

/** Removes an identity with its keys from this home. The documented shape: `{ id, isForgotten }`. */
export async function forgetIdentity(
  call: Call,
  who: string,
  { yes }: { readonly yes?: true | undefined },
): Promise<Result> {
  return withHome(call, async (open) => {
    const id = await selfOf({ ...call, globals: { ...call.globals, as: who } }, open);
    const name = printable(id.toString());
    const question = `The private keys of ${name} are gone for good, unless you have them in an exported identity or in recovery words. Forget them?`;
    if (yes !== true && !(await confirm(call.context, question)))
      throw wrong(`${name} stays: say --yes to forget its private keys for good`);
    const release = await holdStore(open.home.store);
    if (release === undefined)
      throw new DimError('STORE_CONFLICT', `another dim is at work with ${printable(open.home.path)}: end it first`);
    try {
      await removeLocalUser(open.store, id);
      if (open.settings.self === id.toString()) await changeSettings(open.home, { self: undefined });
    } finally {
      release();
    }
    return {
      json: { id: id.toString(), isForgotten: true },
      text: `The private keys of ${name} are not in this home any more. Messages and contacts stay.`,
    };
  });
}
