/** `dim group new`, `invite`, `expel`, `leave`, `rename`. */
import type { GroupState } from 'dimsdk';
import type { Call, Result } from '../command/call.ts';
import { EXIT } from '../command/exit-codes.ts';
import { withDeadline } from '../input/deadline.ts';
import { secondsOf } from '../input/seconds.ts';
import { findPeer } from '../messages/find-peer.ts';
import { whyOffline, withClient, type ClientCallOptions, type OpenClient } from '../messages/open-client.ts';
import { groupJson, groupText } from './group-facts.ts';
import { stateOf } from './show-groups.ts';

/** As the commands take them. */
export interface GroupOptions extends ClientCallOptions {
  readonly timeout: string;
}

/** What is done. */
export type GroupAct =
  | { readonly do: 'new'; readonly name: string; readonly members: readonly string[] }
  | { readonly do: 'invite' | 'expel'; readonly group: string; readonly who: readonly string[] }
  | { readonly do: 'leave'; readonly group: string }
  | { readonly do: 'rename'; readonly group: string; readonly name: string };

/** Does it, and waits until a station has what the others have to hear. */
export async function actInGroup(call: Call, act: GroupAct, options: GroupOptions): Promise<Result> {
  const seconds = secondsOf(options.timeout);
  return withClient(call, options, async (open) => {
    const state = await done(open, act);
    const isTold = await untilTold(call, open, seconds);
    const text = await groupText(open, state);
    return {
      json: { ...groupJson(open, state), isTold },
      text: isTold ? text : `${text}\nThe others hear of it when a station is there: it is kept, and goes out then.`,
      ...(!isTold && { exitCode: EXIT.connection }),
    };
  });
}

async function done(open: OpenClient, act: GroupAct): Promise<GroupState> {
  const { groups } = open.client;
  const usersOf = async (who: readonly string[]) => Promise.all(who.map(async (one) => findPeer(open, one)));
  if (act.do === 'new') return groups.found({ name: act.name, members: await usersOf(act.members) });
  const { group } = await stateOf(open, act.group);
  if (act.do === 'leave') return groups.quit(group);
  if (act.do === 'rename') return groups.rename(group, act.name);
  const users = await usersOf(act.who);
  return act.do === 'invite' ? groups.invite(group, users) : groups.expel(group, users);
}

/** @returns whether a station has all that the others have to hear */
async function untilTold({ context }: Call, open: OpenClient, seconds: number): Promise<boolean> {
  if ((await whyOffline(open, { signal: context.signal, seconds })) !== undefined) return false;
  return withDeadline(context.signal, seconds, async (over) => open.client.flush(over));
}
