/** Message keys that are used again: which one to send with, and which ones may have come in. */
import {
  type DimError,
  type KeyDirection,
  type MessageContext,
  type Recipient,
  type ReliableMessage,
  type Result,
  type SymmetricKey,
} from 'dkd';
import { keyDigest } from 'dkd/extend';
import { recipientsDigest } from 'dkd/internal';
import type { Change } from '../memory/change.ts';
import { asStoreFault, isObject, listOf } from '../memory/from-store.ts';
import type { KeptMessageKey, Memory, MessageKeyUse } from '../memory/memory.ts';

/** How many keys of a direction are kept: a sender may have several devices, and messages come in any order. */
export const MAX_KEYS = 8;

/** A key is used no longer than this, in seconds: a week, as deployed clients keep theirs. */
const MAX_AGE = 7 * 24 * 60 * 60;

/** The keys of a direction, the one that was used last first. */
export async function keptKeys(
  memory: Memory,
  direction: KeyDirection,
  use: MessageKeyUse,
): Promise<readonly KeptMessageKey[]> {
  const kept = listOf('messageKeys', direction.sender, await memory.messageKeys(direction, use), isObject);
  return kept.length < 2 ? kept : [...kept].sort((one, other) => other.time - one.time);
}

/** The keys that came in of one direction: a store may have maps of them, of which each is read once. */
export class ReceivedKeys {
  readonly #context: MessageContext;
  readonly #direction: KeyDirection;
  readonly #kept: readonly KeptMessageKey[];
  readonly #results = new Map<KeptMessageKey, Result<SymmetricKey>>();

  /** @param kept see {@link keptKeys} */
  constructor(context: MessageContext, direction: KeyDirection, kept: readonly KeptMessageKey[]) {
    this.#context = context;
    this.#direction = direction;
    this.#kept = kept;
  }

  /**
   * As far as they can be read: one that cannot is sent again by whoever is asked for it.
   * @throws DimError `INTERNAL_STORE` when none can
   */
  readable(): readonly SymmetricKey[] {
    const keys: SymmetricKey[] = [];
    let fault: DimError | undefined;
    // Of many messages at once each may have left one more: no more are tried than would be kept of them in turn.
    for (const entry of this.#kept.slice(0, MAX_KEYS)) {
      const result = this.#read(entry);
      if (result.ok) keys.push(result.value);
      else fault = asStoreFault('messageKeys', this.#direction.sender, result.error);
    }
    if (keys.length === 0 && fault !== undefined) throw fault;
    return keys;
  }

  /**
   * What to change so that a key that came in, or was used, is the one to try first.
   * @param isNamed whether the message names it
   */
  keep(key: SymmetricKey, isNamed: boolean, now: number): readonly Change[] {
    const digest = keyDigest(this.#context, key);
    const [first] = this.#kept;
    // It is the first already, and can be read.
    if (first?.digest === digest && (first.isNamed === true || !isNamed) && this.#read(first).ok) return [];
    // Once is enough: a message may lose the name on its way.
    const wasNamed = this.#kept.some((known) => known.digest === digest && known.isNamed === true);
    const entry = { key, digest, isNamed: isNamed || wasNamed, time: Math.max(now, (first?.time ?? 0) + TICK) };
    return keepKey(this.#kept, this.#direction, 'receive', entry);
  }

  #read(entry: KeptMessageKey): Result<SymmetricKey> {
    const result = this.#results.get(entry) ?? this.#context.SymmetricKey.safeParse(entry.key);
    this.#results.set(entry, result);
    return result;
  }
}

/** Later than any time that was noted before, where a clock stands still or was set back. */
const TICK = 0.001;

function keepKey(
  kept: readonly KeptMessageKey[],
  direction: KeyDirection,
  use: MessageKeyUse,
  entry: KeptMessageKey,
): readonly Change[] {
  const others = kept.filter(({ digest }) => digest !== entry.digest);
  // A key that was made for one message alone pushes out none that is used again. To send with, all are.
  const lasting = others.filter(({ isNamed }) => use === 'send' || isNamed === true);
  const passing = others.filter((other) => !lasting.includes(other));
  const dropped = [...lasting, ...passing].slice(MAX_KEYS - 1);
  return [
    ...dropped.map(({ digest }): Change => ({ do: 'drop-message-key', direction, use, digest })),
    { do: 'keep-message-key', direction, use, entry },
  ];
}

/** The key to send with, and whether its receivers have it. */
export interface SendingKey {
  readonly messageKey: SymmetricKey;
  readonly isKnown: boolean;
  readonly changes: readonly Change[];
}

/** For which messages a key may be reused. */
export interface SendingKeyOptions {
  readonly direction: KeyDirection;
  readonly recipients: readonly Recipient[];
  /** The terminal that sends. */
  readonly terminal: string | undefined;
  readonly algorithm: string;
  readonly now: number;
}

/**
 * The key of a direction that was made for exactly these recipients, with these keys, by this terminal, or a new one: who
 * left reads no further, and who came reads from the start. Receivers have it once a message that carried it was handed
 * over.
 */
export async function findSendingKey(
  context: MessageContext,
  memory: Memory,
  options: SendingKeyOptions,
): Promise<SendingKey> {
  const { direction, terminal, algorithm, now } = options;
  const recipients = recipientsDigest(context, options.recipients);
  const kept = await keptKeys(memory, direction, 'send');
  const usable = kept.find(
    (entry) =>
      entry.recipients === recipients &&
      (entry.terminal ?? undefined) === terminal &&
      Math.abs(now - entry.time) < MAX_AGE,
  );
  if (usable !== undefined) {
    const result = context.SymmetricKey.safeParse(usable.key);
    if (!result.ok) throw asStoreFault('messageKeys', direction.sender, result.error);
    const messageKey = result.value;
    if (messageKey.algorithm === algorithm) return { messageKey, isKnown: usable.isHandedOver === true, changes: [] };
  }
  const messageKey = await context.SymmetricKey.generate(algorithm);
  const entry = { key: messageKey, digest: keyDigest(context, messageKey), time: now, terminal, recipients };
  return {
    messageKey,
    isKnown: false,
    changes: keepKey(kept, direction, 'send', { ...entry, isHandedOver: false }),
  };
}

/** What to change once a message was handed over: from then on its key may be left out. */
export async function handOver(
  memory: Memory,
  direction: KeyDirection,
  message: ReliableMessage,
): Promise<readonly Change[]> {
  if (!message.hasKey || message.keyDigest === undefined) return [];
  const entry = (await keptKeys(memory, direction, 'send')).find(({ digest }) => digest === message.keyDigest);
  if (entry === undefined || entry.isHandedOver === true) return [];
  return [{ do: 'keep-message-key', direction, use: 'send', entry: { ...entry, isHandedOver: true } }];
}
