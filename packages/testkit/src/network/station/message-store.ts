/** What the station keeps for those who have not acknowledged it. */
import type { ID, ReliableMessage } from 'dimp';
import type { Clock } from 'dimsdk';

/** A message that is kept. */
export interface KeptMessage {
  /** For whom: a user, at a terminal or without one. */
  readonly receiver: ID;
  readonly message: ReliableMessage;
  /** What goes out. */
  readonly bytes: Uint8Array;
  /** In seconds since 1970. */
  readonly keptAt: number;
}

const MAX_AGE = 7 * 24 * 60 * 60;
const MAX_MESSAGES = 20_480;

/** Keeps messages until they are acknowledged, for seven days at most. */
export class MessageStore {
  readonly #clock: Clock;
  readonly #ordersBySeconds: boolean;
  /** By receiver, then by signature, in the order in which they came. */
  readonly #kept = new Map<string, Map<string, KeptMessage>>();

  constructor(clock: Clock, ordersBySeconds: boolean) {
    this.#clock = clock;
    this.#ordersBySeconds = ordersBySeconds;
  }

  /** Keeps a message, in the place of one with the same signature for the same receiver. */
  keep(kept: KeptMessage): void {
    const key = keyOf(kept.receiver);
    const own = this.#kept.get(key) ?? new Map<string, KeptMessage>();
    this.#kept.set(key, own.set(signatureOf(kept.message), kept));
  }

  remove({ receiver, message }: KeptMessage): void {
    const key = keyOf(receiver);
    const own = this.#kept.get(key);
    own?.delete(signatureOf(message));
    if (own?.size === 0) this.#kept.delete(key);
  }

  /** What is kept for a user at a terminal, the oldest first, by the times of the messages. */
  of(receiver: ID): readonly KeptMessage[] {
    const all = [...(this.#kept.get(keyOf(receiver))?.values() ?? [])];
    const oldest = this.#clock.now() - MAX_AGE;
    for (const kept of all) if (timeOf(kept) <= oldest) this.remove(kept);
    return all
      .filter((kept) => timeOf(kept) > oldest)
      .sort((one, other) => this.#compare(one, other))
      .slice(-MAX_MESSAGES);
  }

  /** All that is kept, also what is too old to go out. */
  all(): readonly KeptMessage[] {
    return [...this.#kept.values()].flatMap((own) => [...own.values()]);
  }

  #compare(one: KeptMessage, other: KeptMessage): number {
    if (!this.#ordersBySeconds) return timeOf(one) - timeOf(other);
    const [a, b] = [one, other].map(({ message }) => shortSignature(message));
    return Math.floor(timeOf(one)) - Math.floor(timeOf(other)) || ((a ?? '') < (b ?? '') ? -1 : 1);
  }
}

/** A text for a user at a terminal, whatever the spelling of the address. */
export function keyOf(id: ID): string {
  return `${id.entityKey}/${id.terminal ?? ''}`;
}

/** The signature of a message, as it is written. */
export function signatureOf({ fields }: ReliableMessage): string {
  const signature = fields['signature'];
  return typeof signature === 'string' ? signature : '';
}

/** The end of the signature, which stations take for the whole. */
export function shortSignature(message: ReliableMessage): string {
  return signatureOf(message).slice(-8);
}

/** A message without a time is as old as its keeping. */
function timeOf({ message, keptAt }: KeptMessage): number {
  return message.time ?? keptAt;
}
