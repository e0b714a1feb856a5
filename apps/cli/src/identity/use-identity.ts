/** `dim id use`. */
import type { Call, Result } from '../command/call.ts';
import { selfOf, withHome } from '../home/open-home.ts';
import { changeSettings } from '../home/settings.ts';
import { printable } from '../text/printable.ts';

/** Chooses the identity of a home. */
export async function useIdentity(call: Call, who: string): Promise<Result> {
  return withHome(call, async (open) => {
    const self = await selfOf({ ...call, globals: { ...call.globals, as: who } }, open);
    await changeSettings(open.home, { self: self.toString() });
    return { json: { id: self.toString() }, text: `${printable(self.toString())} is used from now on.` };
  });
}
