/** Stores of before there were rows of conversations get them when a client starts. */
import type { Content } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import type { ConversationRecord } from './conversation-table.ts';
import type { StoredMessage } from './message-table.ts';

/** So many messages are looked through for one of this person's own. */
const NEWEST = 100;

/** Makes the rows, where there are messages and no rows yet. */
export async function indexConversations<C extends Content>(
  { store }: OwnDevice<C>,
  conversations: Table<ConversationRecord>,
  messages: Table<StoredMessage<C>>,
): Promise<void> {
  const { kept } = store;
  const [first] = await kept.partitions(messages.name);
  if (first === undefined || (await kept.row(conversations.name, first))) return;
  if ((await kept.partitions(conversations.name)).length > 0) return;
  for (let after: string | undefined; ;) {
    const page = await kept.partitions(messages.name, after);
    await store.exclusive(async () => {
      for (const key of page) {
        const newest = await messages.list(kept, key, { reverse: true, limit: NEWEST });
        const record = recordOf(newest, await kept.count(messages.name, key));
        if (record !== undefined) store.stage({ rows: [conversations.put(record)] });
      }
    });
    after = page.at(-1);
    if (after === undefined) return;
  }
}

function recordOf(newest: readonly StoredMessage[], messages: number): ConversationRecord | undefined {
  const [last] = newest;
  if (last === undefined) return undefined;
  const kind = newest.some(({ isOwn }) => isOwn) ? 'known' : 'stranger';
  return { id: last.conversation, kind, changedAt: last.receivedAt, since: last.receivedAt, messages, length: 0 };
}
