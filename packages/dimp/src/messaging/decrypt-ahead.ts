/**
 * Decrypting the keys of messages that are opened next. Private key operations take most of the time of opening, and may go on on
 * other threads: so they begin for several messages, which are opened one after the other all the same. What comes of it is looked
 * at in its turn alone, when the message is verified.
 */
import { stringifyJson, verifyMessage } from 'dkd';
import type { DecryptKey, ID, MessageContext, ReliableMessage, TerminalKey } from 'dkd';
import { equalBytes, firstDecryption, ifReadable } from 'dkd/internal';
import type { Memory } from '../memory/memory.ts';
import { knownMeta } from '../trust/known-identity.ts';
import { privateKeysOf } from '../trust/own-keys.ts';

/** What was begun for a message. */
interface Begun {
  readonly key: DecryptKey;
  readonly ciphertext: Uint8Array;
  readonly plaintext: Promise<Uint8Array>;
}

const begunFor = new WeakMap<ReliableMessage, Begun>();

/** Begins to decrypt the key of a message, if it brings one. It never fails: what is wrong is said when the message is opened. */
export async function decryptAhead(
  context: MessageContext,
  memory: Memory,
  message: ReliableMessage,
  self: ID,
): Promise<void> {
  if (!message.hasKey || message.envelope.isBroadcast || begunFor.has(message)) return;
  if (!message.receiver.isGroup && !message.receiver.equals(self)) return;
  try {
    // A private key does nothing for strangers, nor for what others wrote in a name that is known.
    const sender = await knownMeta(context, memory, message.sender);
    if (sender === undefined || !(await verifyMessage(message, [sender.meta]))) return;
    const privateKeys = await privateKeysOf(context, memory, self);
    const first = firstDecryption(context, message, { receiver: self, privateKeys });
    if (first === undefined) return;
    const { key, ciphertext } = first;
    const plaintext = (async () => key.decrypt(ciphertext))();
    plaintext.catch(nothing);
    begunFor.set(message, { key, ciphertext, plaintext });
  } catch {
    // Memory may answer better when it is asked again.
  }
}

/** The same private keys; one of them has begun already. It is so once, so that nothing decrypted stays with the message. */
export function withBegun(message: ReliableMessage, privateKeys: readonly TerminalKey[]): readonly TerminalKey[] {
  const begun = begunFor.get(message);
  if (begun === undefined) return privateKeys;
  begunFor.delete(message);
  // The first one that looks like it: there may be several in a keystore.
  const place = privateKeys.findIndex((one) => isSame(one.key, begun.key));
  return privateKeys.map((one, index) => (index === place ? { ...one, key: new BegunKey(begun) } : one));
}

/** A private key that has begun with one ciphertext. */
class BegunKey implements DecryptKey {
  readonly #begun: Begun;

  constructor(begun: Begun) {
    this.#begun = begun;
  }

  get algorithm(): string {
    return this.#begun.key.algorithm;
  }

  get fields(): DecryptKey['fields'] {
    return this.#begun.key.fields;
  }

  get encryptKey(): DecryptKey['encryptKey'] {
    return this.#begun.key.encryptKey;
  }

  toJSON(): DecryptKey['fields'] {
    return this.#begun.key.toJSON();
  }

  decrypt(ciphertext: Uint8Array): ReturnType<DecryptKey['decrypt']> {
    const { key, ciphertext: known, plaintext } = this.#begun;
    return equalBytes(ciphertext, known) ? plaintext : key.decrypt(ciphertext);
  }
}

/** A store may have maps of keys, of which each is read anew. */
function isSame(one: DecryptKey, other: DecryptKey): boolean {
  return one === other || ifReadable(() => stringifyJson(one.fields) === stringifyJson(other.fields)) === true;
}

function nothing(): undefined {}
