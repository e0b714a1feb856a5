/** Which messages were split: what comes again is told the same, and goes out to nobody. Table `app-assistant-seen`, by days. */
import { createHash } from 'node:crypto';
import type { ReliableMessage } from 'dimp';
import type { ClientStore, RowChange } from 'dimsdk';

const TABLE = 'app-assistant-seen';
const DAY = 24 * 60 * 60;

/** For how many people a message was split. */
export interface SeenMessage {
  readonly count: number;
  readonly total: number;
}

/** Names a message: a digest of the sender, the group and the whole signature. */
export function markOf({ sender, receiver, signature }: ReliableMessage): string {
  const digest = createHash('sha256')
    .update(`${sender.entityKey} ${receiver.entityKey} `)
    .update(signature)
    .digest('base64url');
  return digest.slice(0, 24);
}

/** A message that was split before. */
export async function seen(store: ClientStore, mark: string): Promise<SeenMessage | undefined> {
  const row = await store.row(TABLE, mark);
  return row ? { count: Number(row.value['count']), total: Number(row.value['total']) } : undefined;
}

/** Notes that a message was split. @param now in seconds since 1970 */
export function noteSeen(mark: string, { count, total }: SeenMessage, now: number): RowChange {
  const partition = String(Math.floor(now / DAY));
  return { do: 'put-row', row: { table: TABLE, key: mark, partition, order: now, value: { count, total } } };
}

/** What need not be known any more. @param before in seconds since 1970 */
export async function forgetSeen(store: ClientStore, before: number): Promise<readonly RowChange[]> {
  const days = await store.partitions(TABLE);
  const old = days.filter((day) => (Number(day) + 1) * DAY < before);
  return old.map((partition) => ({ do: 'delete-partition', table: TABLE, partition }));
}
