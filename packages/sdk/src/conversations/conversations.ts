/** Conversations: what was said with whom, by pages and times, and what was not seen yet. */
import { DimError, type Content, type ID, type JsonMap } from 'dimp';
import { checkId } from 'dimp/internal';
import type { Acquaintances } from '../contacts/acquaintances.ts';
import type { OwnDevice } from '../device/own-device.ts';
import type { RowChange, RowPosition } from '../ports/client-store.ts';
import type { Table } from '../store/own-rows.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { conversationTable, type ConversationKind, type ConversationRecord } from './conversation-table.ts';
import { indexConversations } from './index-conversations.ts';
import { messageTable, type StoredMessage } from './message-table.ts';
import type { StrangerLimits } from './stranger-limits.ts';
import { UNREAD } from './stranger-room.ts';
import { Strangers } from './strangers.ts';

/** Which messages of a conversation. */
export interface MessageRange {
  /** Only those of this time or later, in seconds since 1970. */
  readonly from?: number | undefined;
  /** Only those of this time or earlier. */
  readonly to?: number | undefined;
  /** Only those before this one: the oldest of the page before. */
  readonly before?: Pick<StoredMessage, 'key' | 'time'> | undefined;
  /** How many at most, 1 to 1000; 50, if not given. */
  readonly limit?: number | undefined;
}

const RANGE: Readonly<Record<keyof MessageRange, true>> = { from: true, to: true, before: true, limit: true };

/** Which conversations. */
export interface ConversationRange {
  /** Only those with people and groups that this person has to do with, or only those of strangers. */
  readonly kind?: ConversationKind | undefined;
  /** Only those before this one: the last one of the page before. */
  readonly before?: Pick<Conversation, 'id' | 'changedAt'> | undefined;
  /** How many at most, 1 to 1000; 50, if not given. */
  readonly limit?: number | undefined;
}

const CONVERSATION_RANGE: Readonly<Record<keyof ConversationRange, true>> = { kind: true, before: true, limit: true };
const KINDS: readonly ConversationKind[] = ['known', 'stranger'];

/** A conversation in a list of them. */
export interface Conversation<C extends Content = Content> {
  /** The other user, or the group. */
  readonly id: ID;
  /**
   * Of a stranger: of nobody who is a contact, whom this person has written to, or who is in a group of a contact or of one's own; in
   * a group, of nobody who founded one as a contact or writes there as one.
   */
  readonly kind: ConversationKind;
  /** When something last came or went here, in seconds since 1970; no two have the same. */
  readonly changedAt: number;
  readonly last: StoredMessage<C>;
  /** How many messages came that were not seen. */
  readonly unread: number;
}

const NOTHING: JsonMap = {};

/** Of how many conversations a page is at most. */
const MOST = 1000;

/** Reads and marks conversations. What is written there comes from the inbox and the outbox. */
export class Conversations<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #messages: Table<StoredMessage<C>>;
  readonly #table: Table<ConversationRecord>;
  /** For the client. */
  readonly strangers: Strangers<C>;

  constructor(device: OwnDevice<C>, acquaintances: Acquaintances<C>, limits: StrangerLimits | undefined) {
    this.#device = device;
    this.#messages = messageTable(device.dim);
    this.#table = conversationTable(device.dim);
    this.strangers = new Strangers(device, {
      conversations: this.#table,
      messages: this.#messages,
      acquaintances,
      limits,
    });
  }

  /** For the client: what comes stands before all that came. */
  async start(): Promise<void> {
    await indexConversations(this.#device, this.#table, this.#messages);
    for (const kind of KINDS) await this.#device.continueAfter(this.#table.name, kind);
    await this.strangers.reconsider();
  }

  /** For the client: the rows of a new message. That of the conversation is staged by who lets a message in. */
  rowsOf(message: StoredMessage<C>): readonly RowChange[] {
    const { key, conversation, time, isOwn } = message;
    const put = this.#messages.put(message);
    // Whoever was written to is no stranger.
    if (isOwn) return [put, ...this.strangers.known(conversation, this.#device.sequence.next())];
    const row = { table: UNREAD, key, partition: conversation.entityKey, order: time, value: NOTHING };
    return [put, { do: 'put-row', row }];
  }

  /** Messages of a conversation, the newest first. */
  async messages(conversation: ID, range: MessageRange = {}): Promise<readonly StoredMessage<C>[]> {
    checkId(conversation, 'conversation');
    checkOptionNames(range, RANGE);
    const { from, to, before, limit = 50 } = range;
    const after: RowPosition | undefined = before && { order: before.time, key: before.key };
    const { kept } = this.#device.store;
    return this.#messages.list(kept, conversation.entityKey, { from, to, after, limit, reverse: true });
  }

  /** One message. */
  async message(key: string): Promise<StoredMessage<C> | undefined> {
    return this.#messages.get(this.#device.store.kept, key);
  }

  /** All conversations, the one that was last spoken in first. @param range a page of them, the one that changed last first */
  async list(range?: ConversationRange): Promise<readonly Conversation<C>[]> {
    if (range !== undefined) return this.#page(range);
    const all: Conversation<C>[] = [];
    for (const kind of KINDS) for await (const one of this.#each(kind)) all.push(one);
    return all.sort((one, other) => other.last.time - one.last.time);
  }

  async #page(range: ConversationRange): Promise<readonly Conversation<C>[]> {
    checkOptionNames(range, CONVERSATION_RANGE);
    const { kind, before, limit = 50 } = range;
    if (kind !== undefined && !KINDS.includes(kind))
      throw new DimError('USAGE_ARGUMENT', `must be one of ${KINDS.join(', ')}`, { path: 'kind' });
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > MOST)
      throw new DimError('USAGE_ARGUMENT', `must be a whole number from 1 to ${MOST}`, { path: 'limit' });
    const found: Conversation<C>[] = [];
    for (const one of kind === undefined ? KINDS : [kind]) {
      let left = limit;
      for await (const conversation of this.#each(one, before, limit))
        if (left-- > 0) found.push(conversation);
        else break;
    }
    return found.sort((one, other) => other.changedAt - one.changedAt).slice(0, limit);
  }

  /** The one that changed last first. Those in which nothing is left are none. */
  async *#each(
    kind: ConversationKind,
    before?: Pick<Conversation, 'id' | 'changedAt'>,
    limit = MOST,
  ): AsyncIterable<Conversation<C>> {
    const { kept } = this.#device.store;
    for (let after = before && { order: before.changedAt, key: before.id.entityKey }; ;) {
      const page = await this.#table.list(kept, kind, { after, limit, reverse: true });
      for (const { id, changedAt } of page) {
        const [last] = await this.#messages.list(kept, id.entityKey, { reverse: true, limit: 1 });
        if (last !== undefined) yield { id, kind, changedAt, last, unread: await kept.count(UNREAD, id.entityKey) };
      }
      const end = page.at(-1);
      if (end === undefined || page.length < limit) return;
      after = { order: end.changedAt, key: end.id.entityKey };
    }
  }

  /**
   * Whether somebody, or a group, is nobody that this person has to do with: see {@link Conversation.kind}, and no less before anything
   * was written.
   */
  async isStranger(conversation: ID): Promise<boolean> {
    checkId(conversation, 'conversation');
    return this.strangers.isStranger(conversation);
  }

  /** This person wants to hear of somebody, or of a group, who is no stranger from now on: also where nobody is made a contact. */
  async accept(conversation: ID): Promise<void> {
    checkId(conversation, 'conversation');
    const { store, sequence } = this.#device;
    await store.exclusive(async () => {
      const record = await this.#table.get(store, conversation.entityKey);
      if (record?.kind === 'known') return;
      store.stage({ rows: this.strangers.known(conversation, record?.changedAt ?? sequence.next()) });
    });
  }

  /**
   * How many messages of strangers were not kept, since {@link Conversations.forgetNotKept}: see `strangers` of `createClient`. Each was
   * also told by `refused`, or had to leave for others.
   */
  async notKept(): Promise<number> {
    return this.strangers.notKept();
  }

  /** The person was told how many these are. */
  async forgetNotKept(): Promise<void> {
    await this.#commit([this.strangers.toldOfThem()]);
  }

  /** How many messages of a conversation were not seen. */
  async unread(conversation: ID): Promise<number> {
    checkId(conversation, 'conversation');
    return this.#device.store.kept.count(UNREAD, conversation.entityKey);
  }

  /** All that has come in a conversation was seen. */
  async markSeen(conversation: ID): Promise<void> {
    checkId(conversation, 'conversation');
    await this.#commit([{ do: 'delete-partition', table: UNREAD, partition: conversation.entityKey }], () =>
      this.strangers.seen(conversation),
    );
  }

  /** Removes a message from this device. */
  async remove(key: string): Promise<void> {
    const { store } = this.#device;
    await store.exclusive(async () => {
      const message = await this.#messages.get(store, key);
      const less = message === undefined ? [] : await this.strangers.less(message);
      store.stage({ rows: [this.#messages.remove(key), { do: 'delete-row', table: UNREAD, key }, ...less] });
    });
  }

  /** Removes what was said in a conversation from this device. Whoever was no stranger is none still. */
  async clear(conversation: ID): Promise<void> {
    checkId(conversation, 'conversation');
    const partition = conversation.entityKey;
    const tables = [this.#messages.name, UNREAD];
    const emptied = tables.map((table) => ({ do: 'delete-partition' as const, table, partition }));
    const { store } = this.#device;
    await store.exclusive(async () => {
      store.stage({ rows: emptied });
      if ((await this.#table.get(store, partition))?.kind === 'known') return;
      store.stage({ rows: [this.#table.remove(partition)] });
      this.strangers.forget(conversation);
    });
  }

  async #commit(rows: readonly RowChange[], staged: () => void = () => undefined): Promise<void> {
    const { store } = this.#device;
    await store.exclusive(async () => {
      store.stage({ rows });
      staged();
    });
  }
}
