/** Messages, as a page shows them. */
import { QuoteContent, type ID } from 'dimp';
import type { Delivery, MessageRange } from 'dimsdk';
import type { DeliveryView, MessageView, Quote, Saying } from '../protocol/views.ts';
import type { ChatClient, ChatMessage } from './dim.ts';
import { failureOf } from './failure.ts';
import type { People } from './people.ts';
import { sayingOf } from './saying.ts';
import { shownLine } from './shown-text.ts';
import { toldApart } from './told-apart.ts';

/** So many messages before a quote are looked through for the one that it answers, where it does not say when that was. */
const NEAR = 200;
const MAX_QUOTE = 300;
/** Writers count seconds or milliseconds. */
const SPREAD = 1;

export class MessageViews {
  readonly #client: ChatClient;
  readonly #people: People;

  constructor(client: ChatClient, people: People) {
    this.#client = client;
    this.#people = people;
  }

  /** @param longest of a text; what a page shows, if not given */
  async of(message: ChatMessage, longest?: number): Promise<MessageView> {
    const { key, conversation, sender, isOwn, time, content, wasEncrypted } = message;
    const person = async (id: ID) => this.#people.view(id);
    return {
      key,
      conversation: conversation.toString(),
      sender: await person(sender),
      isOwn,
      time,
      says: await sayingOf(content, person, longest),
      quote: content instanceof QuoteContent ? await this.#quoteOf(message, content) : undefined,
      delivery: await this.#deliveryOf(message),
      wasEncrypted,
    };
  }

  async all(messages: readonly ChatMessage[], longest?: number): Promise<readonly MessageView[]> {
    return Promise.all(messages.map(async (message) => this.of(message, longest)));
  }

  /** The words are those of the message that is here: whoever quotes could put others into its sender's mouth. */
  async #quoteOf(message: ChatMessage, { origin }: QuoteContent): Promise<Quote> {
    const found = await this.#answered(message, origin);
    const sender = await this.#people.view(origin.sender);
    if (found === undefined) return { sender, text: '', key: undefined };
    const says = await sayingOf(found.content, async (id) => this.#people.view(id));
    return { sender, text: shownLine(wordsOf(says), MAX_QUOTE), key: found.key };
  }

  async #answered(message: ChatMessage, origin: QuoteContent['origin']): Promise<ChatMessage | undefined> {
    const { sender, sn, time } = origin;
    if (sn === undefined) return undefined;
    const named = async (range: MessageRange) =>
      (await this.#client.conversations.messages(message.conversation, range)).filter(
        (one) => one.content.sn === sn && one.sender.equals(sender),
      );
    const then = time === undefined ? [] : await named({ from: time - SPREAD, to: time + SPREAD + 1, limit: NEAR });
    // Where the clock of its sender is ahead, it stands where it came.
    const all = then.length > 0 ? then : await named({ to: message.time + SPREAD, limit: NEAR });
    const exact = all.filter((one) => one.content.time === time);
    const [found, another] = exact.length > 0 ? exact : all;
    // Whoever writes a second one of that number and time could change what an answer is to.
    return another === undefined ? found : undefined;
  }

  async #deliveryOf({ delivery: id }: ChatMessage): Promise<DeliveryView | undefined> {
    const delivery = id === undefined ? undefined : await this.#client.delivery(id);
    return delivery && deliveryView(delivery);
  }
}

async function deliveryView(delivery: Delivery): Promise<DeliveryView> {
  const { id, state, error, counts } = delivery;
  const { delivered, recipients } = counts;
  const waitsForReceiver = (await delivery.waitsFor()) === 'receiver';
  return { id, state, failure: error && failureOf(error), waitsForReceiver, delivered, recipients };
}

/** In a line, without words of this page: it puts a sign for what is no text. */
export function wordsOf(says: Saying): string {
  if (says.is === 'text') return says.text;
  if (says.is === 'file') return says.filename;
  if (says.is === 'card') return toldApart(says.person);
  if (says.is === 'link') return says.title === '' ? says.url : says.title;
  if (says.is === 'money') return `${says.amount} ${says.currency}`;
  return says.is === 'forwarded' ? says.title : '';
}
