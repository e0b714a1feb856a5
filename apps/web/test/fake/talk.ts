/** The conversations of a fake engine. */
import { EngineError } from '../../src/link/engine-link.ts';
import type { MessagePage } from '../../src/protocol/calls.ts';
import type { ConversationView, DeliveryView, MessageView, PersonView, Saying } from '../../src/protocol/views.ts';
import { fakeId, ME, type FakePeople } from './people.ts';

const GROUP = { hikers: fakeId('Hikers', 'Group-hikers@'), family: fakeId('Family', 'Group-family@') };

/** The ID of the conversation that `many` messages are in. */
export const LONG_TALK = fakeId('Alice');

export class FakeTalk {
  readonly #people: FakePeople;
  /** By conversation, the oldest first. */
  readonly #messages = new Map<string, MessageView[]>();
  readonly #drafts = new Map<string, string>();
  readonly #unread = new Map<string, number>();
  #last = 0;

  constructor(people: FakePeople, now: number, many: number) {
    this.#people = people;
    if (people.all.size > 0) this.#fill(now, many);
  }

  list(): readonly ConversationView[] {
    const all = [...this.#messages].map(([id, messages]) => {
      const one = this.#people.get(id);
      return {
        with: one,
        last: this.#seen(messages.at(-1)),
        unread: this.#unread.get(id) ?? 0,
        draft: this.#drafts.get(id),
        isRequest: !one.isContact && !one.isGroup && !messages.some(({ isOwn }) => isOwn),
        asking: 0,
        isAsked: false,
      };
    });
    return all.sort((one, other) => (other.last?.time ?? 0) - (one.last?.time ?? 0));
  }

  page({ conversation, before, after, limit }: MessagePage): readonly MessageView[] {
    const all = this.#messages.get(conversation) ?? [];
    const place = (key: string) => all.findIndex((message) => message.key === key);
    const from = after === undefined ? undefined : place(after.key) + 1;
    const to = before === undefined ? all.length : Math.max(place(before.key), 0);
    const part = from === undefined ? all.slice(Math.max(to - limit, 0), to) : all.slice(from, from + limit);
    return part.flatMap((message) => this.#seen(message) ?? []);
  }

  get(key: string): MessageView {
    const found = this.find(key);
    if (found !== undefined) return found;
    throw new EngineError({ code: 'INPUT_VALUE', path: 'key', reason: `there is no message ${key}` });
  }

  find(key: string): MessageView | undefined {
    for (const messages of this.#messages.values()) {
      const found = messages.find((message) => message.key === key);
      if (found !== undefined) return this.#seen(found);
    }
    return undefined;
  }

  search(text: string, conversation: string | undefined, limit: number): readonly MessageView[] {
    const wanted = text.normalize('NFKC').toLowerCase();
    const all = conversation === undefined ? [...this.#messages.values()].flat() : this.all(conversation);
    return all
      .filter(({ says }) => says.is === 'text' && says.text.normalize('NFKC').toLowerCase().includes(wanted))
      .sort((one, other) => other.time - one.time)
      .slice(0, limit);
  }

  all(conversation: string): readonly MessageView[] {
    return this.#messages.get(conversation) ?? [];
  }

  add(conversation: string, sender: PersonView, time: number, says: Saying, more: Partial<MessageView> = {}) {
    const key = String((this.#last += 1)).padStart(8, '0');
    const isOwn = sender.id === ME;
    const message: MessageView = {
      key,
      conversation,
      sender,
      isOwn,
      time,
      says,
      quote: undefined,
      delivery: isOwn ? delivery(`d${key}`, 'delivered') : undefined,
      wasEncrypted: true,
      ...more,
    };
    const messages = this.#messages.get(conversation) ?? [];
    messages.push(message);
    this.#messages.set(conversation, messages);
    if (!isOwn) this.#unread.set(conversation, (this.#unread.get(conversation) ?? 0) + 1);
    return message;
  }

  change(key: string, change: Partial<MessageView>): MessageView {
    const old = this.get(key);
    const messages = this.#messages.get(old.conversation) ?? [];
    const next = { ...old, ...change };
    messages[messages.findIndex((message) => message.key === key)] = next;
    return next;
  }

  remove(key: string): void {
    const { conversation } = this.get(key);
    this.#messages.set(
      conversation,
      this.all(conversation).filter((message) => message.key !== key),
    );
  }

  clear(conversation: string): void {
    this.#messages.delete(conversation);
    this.#unread.delete(conversation);
  }

  begin(conversation: string): void {
    if (!this.#messages.has(conversation)) this.#messages.set(conversation, []);
  }

  markSeen(conversation: string): void {
    this.#unread.delete(conversation);
  }

  saveDraft(conversation: string, text: string): void {
    if (text === '') this.#drafts.delete(conversation);
    else this.#drafts.set(conversation, text);
  }

  /** With the name that its sender has now. */
  #seen(message: MessageView | undefined): MessageView | undefined {
    return message === undefined ? undefined : { ...message, sender: this.#people.get(message.sender.id) };
  }

  #fill(now: number, many: number): void {
    const say = (by: string, ago: number, says: Saying | string, more: Partial<MessageView> = {}, where = fakeId(by)) =>
      this.add(
        where,
        this.#people.get(by === 'me' ? ME : fakeId(by)),
        now - ago,
        typeof says === 'string' ? { is: 'text', text: says } : says,
        more,
      );
    const alice = fakeId('Alice');
    for (let at = many; at > 0; at -= 1) {
      const text = at % 7 === 0 ? `${'word '.repeat(at % 60)}and ${at}` : `Message ${many - at + 1} of ${many}`;
      say(at % 3 === 0 ? 'me' : 'Alice', 4000 + at * 61, text, {}, alice);
    }
    const asked = say('Alice', 3900, 'Did you see https://example.com/walks?page=2#top?', {}, alice);
    say(
      'me',
      3800,
      'Yes! 🎉 On my way.',
      { quote: { sender: this.#people.get(alice), text: 'Did you see', key: asked.key } },
      alice,
    );
    say('Alice', 3700, file('image', 'sunset.jpg', 482_113), {}, alice);
    say('Alice', 3600, file('file', 'invoice\u2066fdp.exe', 1_204_224), {}, alice);
    say('Alice', 3500, { ...file('audio', 'voice.webm', 31_002), text: 'See you at noon' }, {}, alice);
    say('me', 3400, 'This one waits', { delivery: delivery('q', 'queued') }, alice);
    const failure = { code: 'DELIVERY_EXPIRED', path: undefined, reason: 'nobody took it within 7 days' };
    say('me', 3300, 'This one did not get there', { delivery: delivery('f', 'failed', failure) }, alice);
    this.#unread.set(alice, 2);
    say('Bob', 90_000, 'Minutes are in the folder.');
    say('me', 80_000, 'Thanks', { delivery: delivery('s', 'sent') }, fakeId('Bob'));
    say('Carol', 100_000, 'Hello');
    say('王小明', 200_000, '明天见！');
    say('ليلى', 210_000, 'مرحبا، how are you? ١٢٣');
    say('<img src=x onerror=alert(1)>', 220_000, '<b>bold?</b> javascript:alert(1)');
    say('turned', 230_000, { is: 'unknown', kind: '0x99' });
    say('long', 300_000, 'A'.repeat(400));
    say('Stranger', 500, 'You do not know me');
    say('Dave', 5000, { is: 'money', amount: 3.5, currency: 'EUR' });
    say('Dave', 4900, { is: 'card', person: this.#people.get(alice) });
    say('Dave', 4800, { is: 'link', title: 'A page', url: 'https://example.com/' });
    say('Dave', 4700, { is: 'forwarded', title: 'Bob and me', count: 4 });
    say('Alice', 700, 'Saturday at nine?', {}, GROUP.hikers);
    say(
      'Bob',
      600,
      'Fine with me',
      { quote: { sender: this.#people.get(alice), text: '', key: undefined } },
      GROUP.hikers,
    );
    say('me', 550, 'And me', { delivery: { ...delivery('g', 'sent'), delivered: 2, recipients: 3 } }, GROUP.hikers);
    say('王小明', 40_000, '晚饭', {}, GROUP.family);
    this.begin(fakeId('Choir', 'Group-choir@'));
    this.#drafts.set(fakeId('Bob'), 'I was about to say');
  }
}

export function delivery(id: string, state: DeliveryView['state'], failure?: DeliveryView['failure']): DeliveryView {
  return { id, state, failure, waitsForReceiver: false, delivered: state === 'delivered' ? 1 : 0, recipients: 1 };
}

function file(kind: 'file' | 'image' | 'audio' | 'video', filename: string, size: number) {
  return { is: 'file', kind, filename, size, text: undefined } as const;
}
