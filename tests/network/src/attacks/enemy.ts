/** What an enemy does: packs whatever it likes, and has it delivered. */
import { MemoryStore, type Content, type ID, type User } from 'dimp';
import type { TestNetwork } from 'dimtestkit/network';
import { clockOf, dim } from '../world.ts';

/** A message by somebody, as it goes over the network. */
export async function packed(
  net: TestNetwork,
  from: User,
  to: User | ID,
  content: Content,
  options: { readonly knows?: readonly User[]; readonly introduce?: boolean; readonly time?: number } = {},
): Promise<Uint8Array> {
  const store = new MemoryStore();
  await dim.addUser(store, from);
  const receiver = 'id' in to ? to.id : to;
  for (const user of 'id' in to ? [to] : []) await dim.addContact(store, user);
  const messenger = dim.messenger({ self: from.id, store, clock: () => net.clock.now() });
  return messenger.pack(content, receiver, {
    introduce: options.introduce ?? true,
    time: options.time ?? net.clock.now(),
  });
}

/** What the clients have sent since, as the network saw it, by senders and receivers. */
export function sentBy(
  net: TestNetwork,
  sender: ID,
  since = 0,
): readonly { to: string; bytes: number; type: string }[] {
  return net.log
    .slice(since)
    .filter(({ event, envelope }) => event === 'arrived' && envelope?.sender.equals(sender) === true)
    .map(({ envelope, bytes }) => ({
      to: envelope?.receiver.toString() ?? '',
      bytes: bytes?.length ?? 0,
      type: String(envelope?.type),
    }));
}

/** Lets time pass in small steps. */
export async function pass(net: TestNetwork, seconds: number, steps = 20): Promise<void> {
  for (let step = 0; step < steps; step++) await clockOf(net).advance(seconds / steps);
}
