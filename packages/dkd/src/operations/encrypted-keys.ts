/** Which of the encrypted keys of a message are for a receiver: by the names that stand in the open beside them. */
import type { ID } from 'mkm';
import type { MessageContext } from '../context/message-context.ts';
import type { SecureMessage } from '../messages/secure-message.ts';

/** How many entries of one receiver are tried: the sender writes them, and each costs a private key operation. */
const MAX_ENTRIES = 16;

/** One encrypted message key. */
export interface EncryptedKey {
  /** In base64. */
  readonly text: string;
  /** The terminal that it is for; undefined when it is for all, or does not say. */
  readonly terminal: string | undefined;
}

/**
 * The entries for a receiver, the likeliest first: for its terminal, for all its terminals, for any of them, in the older
 * form.
 */
export function encryptedKeysFor(
  context: MessageContext,
  message: SecureMessage,
  receiver: ID,
): readonly EncryptedKey[] {
  const { keys, key } = message;
  const found = new Map<string, EncryptedKey>();
  const add = (text: string | undefined, terminal?: string) => {
    if (text !== undefined && !found.has(text)) found.set(text, { text, terminal });
  };
  add(keys.get(receiver.toString()), receiver.terminal);
  // Nearly always: whatever else is looked for below would be found beside it.
  if (keys.size === found.size && key === undefined) return [...found.values()];
  add(keys.get(receiver.entity.toString()));
  // A visa may have been renamed on its way: where nothing is named for this terminal, any other may be meant for it.
  if (receiver.terminal === undefined || !keys.has(receiver.toString())) {
    for (const [name, id] of namesOf(context, keys, receiver)) add(keys.get(name), id.terminal);
  }
  add(key);
  return [...found.values()].slice(0, MAX_ENTRIES);
}

/** Names of a receiver in any spelling. Only what has its address is read: reading a name costs a hundred comparisons. */
function* namesOf(context: MessageContext, keys: ReadonlyMap<string, string>, receiver: ID): Iterable<[string, ID]> {
  const address = receiver.address.canonical.toLowerCase();
  let read = 0;
  for (const name of keys.keys()) {
    if (read === MAX_ENTRIES) return;
    if (!name.toLowerCase().includes(address)) continue;
    read++;
    const id = context.ID.tryParse(name);
    if (id?.equals(receiver) === true) yield [name, id];
  }
}
