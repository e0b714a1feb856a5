/**
 * A conversation that is open: a window of its messages, which grows at both ends, and follows what the engine tells. Without a
 * document, so that it is the same in a test.
 */
import { signal, type ReadonlySignal } from '@preact/signals';
import type { EngineLink } from '../link/engine-link.ts';
import type { EngineEvent } from '../protocol/calls.ts';
import type { Failure, MessageView } from '../protocol/views.ts';
import { failureOf } from '../link/failure-of.ts';
import { comparePlaces, merged } from './message-order.ts';
import { MessagePages } from './message-pages.ts';
import { keepSame } from './same-values.ts';

export interface MessageWindow {
  /** The oldest first. */
  readonly messages: readonly MessageView[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** Whether the last change was at its beginning: the place on the screen stays that of what stands below. */
  readonly grewBefore: boolean;
}

/** Where the view is to go to. Each is an object of its own, so that the same place can be asked for twice. */
export type Target = { readonly to: 'message'; readonly key: string } | { readonly to: 'end' };

const PAGE = 50;
/** With so many unread ones, the window begins above the first of them. */
const MOST_AT_FIRST = 200;
/** As much as is asked for again when something changed anywhere. */
const MOST_AGAIN = 1000;
/** More is let go of once the person is at the end. */
const MOST_KEPT = 5000;
/** Of so many changes at once each is asked for; of more, the window. */
const MOST_SINGLE = 40;

const EMPTY: MessageWindow = { messages: [], hasOlder: false, hasNewer: false, grewBefore: false };

export class Thread {
  readonly conversation: string;
  readonly #pages: MessagePages;
  readonly #window = signal<MessageWindow | undefined>(undefined);
  readonly #failure = signal<Failure | undefined>(undefined);
  readonly #target = signal<Target | undefined>(undefined);
  readonly #newBelow = signal(0);
  readonly #changed = new Set<string>();
  readonly #unhear: () => void;
  #turn: Promise<void> = Promise.resolve();
  #older: Promise<void> | undefined;
  #newer: Promise<void> | undefined;
  #isOpen = true;
  #wasOpen = true;
  #isMerging = false;
  #isAllChanged = false;
  readonly #atEnd = signal(true);

  constructor(link: EngineLink, conversation: string) {
    this.#pages = new MessagePages(link, conversation);
    this.conversation = conversation;
    this.#unhear = link.hear((event) => this.#heard(event));
  }

  /** Undefined until the first page is here. */
  get window(): ReadonlySignal<MessageWindow | undefined> {
    return this.#window;
  }

  get failure(): ReadonlySignal<Failure | undefined> {
    return this.#failure;
  }

  get target(): ReadonlySignal<Target | undefined> {
    return this.#target;
  }

  /** Whether the person sees the end: what comes is seen then, and what is far above may go. The view says so. */
  get atEnd(): ReadonlySignal<boolean> {
    return this.#atEnd;
  }

  get isAtEnd(): boolean {
    return this.#atEnd.peek();
  }

  set isAtEnd(isIt: boolean) {
    this.#atEnd.value = isIt;
    if (isIt) this.#newBelow.value = 0;
  }

  /** Messages that came while the person was further above. */
  get newBelow(): ReadonlySignal<number> {
    return this.#newBelow;
  }

  /** The first page: the newest, or what surrounds a message. */
  async start(options: { readonly unread?: number; readonly at?: string | undefined } = {}): Promise<void> {
    const { unread = 0, at } = options;
    if (at !== undefined && (await this.show(at))) return;
    await this.#inTurn(() => this.#newest(Math.min(Math.max(PAGE, unread + PAGE / 2), MOST_AT_FIRST)));
  }

  /** One page, however often it is asked for before it is here. */
  loadOlder(): Promise<void> {
    return (this.#older ??= this.#inTurn(async () => {
      const { messages, hasOlder } = this.#window.value ?? EMPTY;
      const [first] = messages;
      if (!hasOlder || first === undefined) return;
      const page = await this.#pages.page({ before: first, limit: PAGE });
      this.#put({ messages: merged(messages, page), hasOlder: page.length === PAGE, grewBefore: true });
    }).finally(() => (this.#older = undefined)));
  }

  loadNewer(): Promise<void> {
    return (this.#newer ??= this.#inTurn(async () => {
      const { messages, hasNewer } = this.#window.value ?? EMPTY;
      const last = messages.at(-1);
      if (!hasNewer || last === undefined) return;
      const page = await this.#pages.page({ after: last, limit: PAGE });
      this.#put({ messages: merged(messages, page), hasNewer: page.length === PAGE });
    }).finally(() => (this.#newer = undefined)));
  }

  async toEnd(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#window.value?.hasNewer !== false) await this.#newest(PAGE);
      this.#newBelow.value = 0;
      this.#target.value = { to: 'end' };
    });
  }

  /** Goes to a message, wherever it is. @returns whether it is here */
  async show(key: string): Promise<boolean> {
    let isHere = false;
    await this.#inTurn(async () => {
      isHere =
        this.#window.value?.messages.some((message) => message.key === key) === true || (await this.#around(key));
      if (isHere) this.#target.value = { to: 'message', key };
    });
    return isHere;
  }

  /** A message that this page has just sent: it is shown at once, whatever the engine tells later. */
  add(message: MessageView): void {
    if (message.conversation !== this.conversation) return;
    const { messages, hasNewer } = this.#window.value ?? EMPTY;
    if (!hasNewer) this.#put({ messages: merged(messages, [message]) });
    void this.toEnd();
  }

  close(): void {
    this.#isOpen = false;
    this.#unhear();
  }

  #heard(event: EngineEvent): void {
    if (event.tell === 'message' && event.conversation === this.conversation) {
      this.#changed.add(event.key);
      void this.#merge();
    } else if ((event.tell === 'conversation' && event.conversation === this.conversation) || event.tell === 'people') {
      this.#isAllChanged = true;
      void this.#merge();
    } else if (event.tell === 'state') {
      const isNowOpen = event.state.phase.is === 'open';
      // Another engine: what the one before told last may not have come.
      if (isNowOpen && !this.#wasOpen) {
        this.#isAllChanged = true;
        void this.#merge();
      }
      if (event.state.phase.is === 'locked' || event.state.phase.is === 'empty') this.#window.value = undefined;
      this.#wasOpen = isNowOpen;
    }
  }

  /** One merge for all that was told until it begins. */
  async #merge(): Promise<void> {
    if (this.#isMerging) return;
    this.#isMerging = true;
    await this.#inTurn(async () => {
      this.#isMerging = false;
      const keys = [...this.#changed];
      this.#changed.clear();
      if (this.#isAllChanged || keys.length > MOST_SINGLE) return this.#again();
      if (this.#window.value === undefined || keys.length === 0) return;
      const views = await Promise.all(keys.map((key) => this.#pages.one(key)));
      this.#take(keys, views);
    });
  }

  #take(keys: readonly string[], views: readonly (MessageView | undefined)[]): void {
    const { messages, hasOlder, hasNewer } = this.#window.value ?? EMPTY;
    const gone = new Set(keys.filter((_key, index) => views[index] === undefined));
    const known = new Map(messages.map((message) => [message.key, message]));
    const [first] = messages;
    const last = messages.at(-1);
    const came = views
      .filter((view) => view !== undefined)
      // What lies outside the window comes with the page that has it.
      .filter((view) => !hasOlder || first === undefined || comparePlaces(view, first) >= 0)
      .filter((view) => !hasNewer || (last !== undefined && comparePlaces(view, last) <= 0))
      .map((view) => keepSame(known.get(view.key), view));
    if (!this.isAtEnd)
      this.#newBelow.value += views.filter((view) => view !== undefined && this.#isNewBelow(view, last, known)).length;
    const kept = gone.size === 0 ? messages : messages.filter(({ key }) => !gone.has(key));
    const next = merged(kept, came);
    if (next.length > MOST_KEPT && this.isAtEnd && !hasNewer)
      this.#put({ messages: next.slice(-MOST_AT_FIRST), hasOlder: true });
    else this.#put({ messages: next });
  }

  #isNewBelow(view: MessageView, last: MessageView | undefined, known: ReadonlyMap<string, MessageView>): boolean {
    const isNew = !view.isOwn && !known.has(view.key);
    return isNew && (last === undefined || comparePlaces(view, last) > 0);
  }

  /** All of the window again: something in it was removed, or a name changed. */
  async #again(): Promise<void> {
    this.#isAllChanged = false;
    const now = this.#window.value;
    const [first] = now?.messages.slice(-MOST_AGAIN) ?? [];
    if (now === undefined || first === undefined) return this.#newest(PAGE);
    const { messages, hasNewer } = await this.#pages.from(first, now.hasNewer ? now.messages.at(-1) : undefined);
    if (messages.length === 0) return this.#newest(PAGE);
    const known = new Map(now.messages.map((message) => [message.key, message]));
    const hasOlder = now.hasOlder || now.messages.length > MOST_AGAIN;
    this.#put({ messages: messages.map((one) => keepSame(known.get(one.key), one)), hasNewer, hasOlder });
  }

  async #newest(limit: number): Promise<void> {
    const messages = await this.#pages.page({ limit });
    this.#put({ messages, hasOlder: messages.length === limit, hasNewer: false });
  }

  async #around(key: string): Promise<boolean> {
    const message = await this.#pages.one(key);
    if (message === undefined) return false;
    const [before, after] = await Promise.all([
      this.#pages.page({ before: message, limit: PAGE }),
      this.#pages.page({ after: message, limit: PAGE }),
    ]);
    this.#put({
      messages: [...before, message, ...after],
      hasOlder: before.length === PAGE,
      hasNewer: after.length === PAGE,
    });
    return true;
  }

  #put(change: Partial<MessageWindow>): void {
    if (!this.#isOpen) return;
    const before = this.#window.value;
    const next = { ...(before ?? EMPTY), grewBefore: false, ...change };
    // The same again is no change: nothing is drawn, nothing is asked for.
    if (before === undefined || !isSameWindow(before, next)) this.#window.value = next;
  }

  /** One thing after the other: a page that was asked for before does not take back what came since. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const before = this.#turn;
    const done = (async () => {
      await before;
      if (this.#isOpen) await this.#try(work);
    })();
    this.#turn = done;
    await done;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#failure.value = undefined;
    } catch (error) {
      this.#failure.value = failureOf(error);
    }
  }
}

function isSameWindow(one: MessageWindow, other: MessageWindow): boolean {
  return (
    one.hasOlder === other.hasOlder &&
    one.hasNewer === other.hasNewer &&
    one.messages.length === other.messages.length &&
    one.messages.every((message, index) => message === other.messages[index])
  );
}
