/** `dim contact forget`, `block`, `unblock`, `name`. */
import type { Call, Result } from '../command/call.ts';
import { findPeer } from '../messages/find-peer.ts';
import { withClient } from '../messages/open-client.ts';
import { Names } from '../messages/names.ts';
import { contactJson } from './contact-facts.ts';

/** What may become of a contact. */
export type ContactAct =
  /** It is a stranger from now on; with its identity, its meta and keys are not known any more either. */
  | { readonly do: 'forget'; readonly identity: boolean }
  | { readonly do: 'block' | 'unblock' }
  | { readonly do: 'name'; readonly alias: string };

/** Changes a contact. */
export async function changeContact(call: Call, who: string, act: ContactAct): Promise<Result> {
  return withClient(call, { isOffline: true }, async (open) => {
    const { client, store } = open;
    const id = await findPeer(open, who);
    const name = (await new Names(open).of(id)).text;
    const contact = await client.changeContact(id, changeOf(act));
    if (act.do === 'forget' && act.identity) await client.forgetIdentity(id);
    return { json: await contactJson(store, contact), text: `${name} ${SAID[act.do]}.` };
  });
}

function changeOf(act: ContactAct) {
  if (act.do === 'forget') return { isAdded: false, isMuted: false, alias: undefined };
  return act.do === 'name' ? { alias: act.alias } : { isBlocked: act.do === 'block' };
}

const SAID = {
  forget: 'is no contact any more',
  block: 'is blocked: nothing of that sender is read',
  unblock: 'is not blocked any more',
  name: 'has another name here',
} as const;
