/** Conversations: what was said with whom, by pages and times, and what was not seen yet. */
import type { Content, ID, JsonMap } from 'dimp';
import { checkId } from 'dimp/internal';
import type { OwnDevice } from '../device/own-device.ts';
import type { RowChange, RowPosition } from '../ports/client-store.ts';
import type { Table } from '../store/own-rows.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { messageTable, type StoredMessage } from './message-table.ts';

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

/** A conversation in a list of them. */
export interface Conversation<C extends Content = Content> {
  /** The other user, or the group. */
  readonly id: ID;
  readonly last: StoredMessage<C>;
  /** How many messages came that were not seen. */
  readonly unread: number;
}

/** The table of messages that were not seen: a row for each, in the partition of its conversation. */
const UNREAD = 'unread';

const NOTHING: JsonMap = {};

/** Reads and marks conversations. What is written there comes from the inbox and the outbox. */
export class Conversations<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #messages: Table<StoredMessage<C>>;

  constructor(device: OwnDevice<C>) {
    this.#device = device;
    this.#messages = messageTable(device.dim);
  }

  /** The rows of a new message. */
  rowsOf(message: StoredMessage<C>): readonly RowChange[] {
    const { key, conversation, time, isOwn } = message;
    const put = this.#messages.put(message);
    if (isOwn) return [put];
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

  /** All conversations, the one that was last spoken in first. */
  async list(): Promise<readonly Conversation<C>[]> {
    const { kept } = this.#device.store;
    const all: Conversation<C>[] = [];
    for (let after: string | undefined; ;) {
      const page = await kept.partitions(this.#messages.name, after);
      for (const partition of page) {
        const [last] = await this.#messages.list(kept, partition, { reverse: true, limit: 1 });
        const unread = await kept.count(UNREAD, partition);
        if (last !== undefined) all.push({ id: last.conversation, last, unread });
      }
      after = page.at(-1);
      if (page.length < 1000) break;
    }
    return all.sort((one, other) => other.last.time - one.last.time);
  }

  /** How many messages of a conversation were not seen. */
  async unread(conversation: ID): Promise<number> {
    checkId(conversation, 'conversation');
    return this.#device.store.kept.count(UNREAD, conversation.entityKey);
  }

  /** All that has come in a conversation was seen. */
  async markSeen(conversation: ID): Promise<void> {
    checkId(conversation, 'conversation');
    await this.#commit([{ do: 'delete-partition', table: UNREAD, partition: conversation.entityKey }]);
  }

  /** Removes a message from this device. */
  async remove(key: string): Promise<void> {
    await this.#commit([this.#messages.remove(key), { do: 'delete-row', table: UNREAD, key }]);
  }

  /** Removes a conversation from this device. */
  async clear(conversation: ID): Promise<void> {
    checkId(conversation, 'conversation');
    const partition = conversation.entityKey;
    const tables = [this.#messages.name, UNREAD];
    await this.#commit(tables.map((table) => ({ do: 'delete-partition', table, partition })));
  }

  async #commit(rows: readonly RowChange[]): Promise<void> {
    const { store } = this.#device;
    await store.exclusive(async () => store.stage({ rows }));
  }
}
