/** Read marks: what is known of a message, as `ReplayWindow` tells it, from a few records. */
import { readMarkKey, type ReadMark, type ReadState } from 'dimp';
import { FUTURE_SHARE } from 'dimp/internal';
import type { StoreLimits } from '../store/store-limits.ts';
import type { ContactRecord, HistoryRecord, MarkRoom, MarkRoomRecord, Reading, TableName } from './schema.ts';

/** What a mark is looked up in. */
export const MARK_TABLES: readonly TableName[] = ['marks', 'histories', 'markRooms', 'contacts'];

export const EMPTY_ROOM: MarkRoomRecord = { size: 0, future: 0, earliest: Infinity, forgotten: 0 };

/** Reader and sender of a mark, as a window names them. */
export function pairOf(mark: ReadMark): string {
  return readMarkKey(mark).slice(0, -` ${mark.id}`.length);
}

/** All records that say something of a mark. */
export interface MarkView {
  readonly isRead: boolean;
  readonly contact: ContactRecord | undefined;
  readonly history: HistoryRecord | undefined;
  readonly rooms: Readonly<Record<MarkRoom, MarkRoomRecord>>;
}

export async function viewOf(transaction: Reading, mark: ReadMark): Promise<MarkView> {
  const pair = pairOf(mark);
  const rooms = transaction.objectStore('markRooms');
  const [key, contact, history, contacts = EMPTY_ROOM, strangers = EMPTY_ROOM] = await Promise.all([
    transaction.objectStore('marks').getKey([pair, mark.id]),
    transaction.objectStore('contacts').get(mark.sender.entityKey),
    transaction.objectStore('histories').get(pair),
    rooms.get('contacts'),
    rooms.get('strangers'),
  ]);
  return { isRead: key !== undefined, contact, history, rooms: { contacts, strangers } };
}

/** What is known of a mark, where {@link isUnsettled} says no. */
export function stateOf(view: MarkView, mark: ReadMark, { readMarks }: StoreLimits, now: number): ReadState {
  const { isRead, contact, history, rooms } = view;
  if (isRead) return 'read';
  if (mark.time <= (history ?? contact ?? rooms.strangers).forgotten) return 'forgotten';
  return mark.time > now && isFutureFull(roomOf(view), readMarks) ? 'early' : 'new';
}

/**
 * Whether something has to be written before the state can be told: a time up to which messages are refused lies in the
 * future, so that it is that of a clock that was wrong, and heals once; or what was dated in the future is so no longer.
 */
export function isUnsettled(view: MarkView, mark: ReadMark, { readMarks }: StoreLimits, now: number): boolean {
  const { contact, history, rooms } = view;
  if ([rooms.strangers, contact, history].some((record) => record !== undefined && record.forgotten > now)) return true;
  const room = roomOf(view);
  return mark.time > now && isFutureFull(room, readMarks) && room.earliest <= now;
}

function roomOf({ contact, rooms }: MarkView): MarkRoomRecord {
  return contact === undefined ? rooms.strangers : rooms.contacts;
}

/** Whether no more of what is dated in the future can be remembered. */
function isFutureFull({ future }: MarkRoomRecord, capacity: number): boolean {
  return future >= Math.max(1, capacity * FUTURE_SHARE);
}
