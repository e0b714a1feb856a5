/** A link to messages in memory, which counts what it is asked for. */
import type { EngineLink } from '../../src/link/engine-link.ts';
import type { CallName, EngineEvent, MessagePage } from '../../src/protocol/calls.ts';
import type { ConversationView, MessageView, PersonView } from '../../src/protocol/views.ts';
import { comparePlaces } from '../../src/page/message-order.ts';

export function person(id: string, more: Partial<PersonView> = {}): PersonView {
  return {
    id,
    name: id,
    nameFrom: 'alias',
    end: undefined,
    chosenName: undefined,
    isGroup: false,
    isContact: true,
    isBlocked: false,
    isMuted: false,
    isVerified: false,
    hasAlarm: false,
    ...more,
  };
}

export function message(key: string, time: number, more: Partial<MessageView> = {}): MessageView {
  return {
    key,
    conversation: 'bob',
    sender: person('bob'),
    isOwn: false,
    time,
    says: { is: 'text', text: key },
    quote: undefined,
    delivery: undefined,
    wasEncrypted: true,
    ...more,
  };
}

export class TalkLink implements EngineLink {
  readonly asked: CallName[] = [];
  readonly messages = new Map<string, MessageView>();
  conversations: readonly ConversationView[] = [];
  readonly #listeners = new Set<(event: EngineEvent) => void>();
  /** What each call waits for. */
  gate: Promise<void> = Promise.resolve();

  put(...messages: readonly MessageView[]): void {
    for (const one of messages) this.messages.set(one.key, one);
  }

  fill(count: number, start = 0): void {
    for (let index = start; index < start + count; index++) this.put(message(`m${index}`, index));
  }

  tell(event: EngineEvent): void {
    for (const listener of this.#listeners) listener(event);
  }

  tellOf(key: string, isNew = true): void {
    this.tell({ tell: 'message', conversation: 'bob', key, isNew });
  }

  readonly hear: EngineLink['hear'] = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly call: EngineLink['call'] = async (name, ...[parameter]) => {
    this.asked.push(name);
    await this.gate;
    // Each branch gives what the contract says for that call.
    return this.#answer(name, parameter) as never;
  };

  #answer(name: CallName, parameter: unknown): unknown {
    if (name === 'conversations') return this.conversations;
    if (name === 'message') return this.messages.get((parameter as { readonly key: string }).key);
    if (name === 'messages') return this.#page(parameter as MessagePage);
    throw new Error(`no ${name} here`);
  }

  #page({ conversation, before, after, limit }: MessagePage): readonly MessageView[] {
    const all = [...this.messages.values()].filter((one) => one.conversation === conversation).sort(comparePlaces);
    if (before !== undefined) return all.filter((one) => comparePlaces(one, before) < 0).slice(-limit);
    if (after !== undefined) return all.filter((one) => comparePlaces(one, after) > 0).slice(0, limit);
    return all.slice(-limit);
  }
}

/** Done when a signal has a value that is looked for. */
export async function until<T>(
  source: { readonly value: T; subscribe(listener: (value: T) => void): () => void },
  isIt: (value: T) => boolean,
): Promise<void> {
  const ends: (() => void)[] = [];
  await new Promise<void>((resolve) => {
    ends.push(source.subscribe((value) => isIt(value) && resolve()));
  });
  for (const end of ends) end();
}
