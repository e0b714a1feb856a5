/** A room for read marks as a whole: from the records to a saved `ReplayWindow`, and back. */
import type { SavedReplayWindow } from 'dimp';
import type { MarkRoom, MarkRoomRecord, Reading, Tables } from './schema.ts';
import type { Writer } from './transaction.ts';

/** How many marks are read at a time. */
const PAGE = 5000;

type MarkKey = Tables['marks']['key'];

/** All marks of a pair of reader and sender. */
export function pairRange(pair: string): IDBKeyRange {
  return IDBKeyRange.bound([pair], [pair, []]);
}

/** A room, as a window that has nothing else. @param forgotten of strangers, see `SavedReplayWindow` */
export async function loadRoom(transaction: Reading, name: MarkRoom, forgotten: number): Promise<SavedReplayWindow> {
  const contacts = await entriesOf(transaction, 'contacts');
  const known = new Set(contacts.map(([contact]) => contact));
  const seen = new Map<string, [id: string, time: number][]>();
  const senders: SavedReplayWindow['senders'][number][] = [];
  for (const [pair, history] of await entriesOf(transaction, 'histories')) {
    if (known.has(history.sender) !== (name === 'contacts')) continue;
    const marks: [id: string, time: number][] = [];
    seen.set(pair, marks);
    senders.push([pair, history.forgotten, marks]);
  }
  for await (const [[pair, id], { time }] of marksOf(transaction)) seen.get(pair)?.push([id, time]);
  const bases = contacts.map(([contact, record]) => [contact, record.forgotten] as const);
  return { version: 2, forgotten, contacts: name === 'contacts' ? bases : [], senders };
}

async function entriesOf<N extends 'contacts' | 'histories'>(
  transaction: Reading,
  table: N,
): Promise<readonly (readonly [key: string, value: Tables[N]['value']])[]> {
  const store = transaction.objectStore(table);
  const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
  return keys.flatMap((key, index) => {
    const value = values[index];
    return value === undefined ? [] : [[key, value] as const];
  });
}

async function* marksOf(transaction: Reading): AsyncIterable<readonly [key: MarkKey, value: Tables['marks']['value']]> {
  const store = transaction.objectStore('marks');
  let range: IDBKeyRange | undefined;
  for (;;) {
    const [keys, values] = await Promise.all([store.getAllKeys(range, PAGE), store.getAll(range, PAGE)]);
    for (const [index, key] of keys.entries()) {
      const value = values[index];
      if (value !== undefined) yield [key, value];
    }
    const last = keys.at(-1);
    if (last === undefined || keys.length < PAGE) return;
    range = IDBKeyRange.lowerBound(last, true);
  }
}

/** Writes what has become of a room. */
export function writeRoom(writer: Writer, before: SavedReplayWindow, after: SavedReplayWindow, now: number): void {
  const [marks, histories] = [writer.transaction.objectStore('marks'), writer.transaction.objectStore('histories')];
  const old = new Map(before.senders.map((sender) => [sender[0], sender]));
  for (const [pair, forgotten, seen] of after.senders) {
    const [, wasForgotten, wasSeen] = old.get(pair) ?? [pair, undefined, []];
    old.delete(pair);
    const sender = pair.slice(pair.indexOf(' ') + 1);
    if (forgotten !== wasForgotten) writer.queue(histories.put({ sender, forgotten }, pair));
    const kept = new Set(seen.map(([id]) => id));
    const was = new Set(wasSeen.map(([id]) => id));
    if (kept.size === 0 && was.size > 0) writer.queue(marks.delete(pairRange(pair)));
    else for (const id of was) if (!kept.has(id)) writer.queue(marks.delete([pair, id]));
    for (const [id, time] of seen) if (!was.has(id)) writer.queue(marks.put(markRecord(time, now), [pair, id]));
  }
  for (const pair of old.keys()) {
    writer.queue(histories.delete(pair));
    writer.queue(marks.delete(pairRange(pair)));
  }
}

/** A mark as it is kept. */
export function markRecord(time: number, now: number): Tables['marks']['value'] {
  return time > now ? { time, future: time } : { time };
}

/** How many marks of each room are dated in the future, and the earliest time of those. */
export async function countFuture(
  transaction: Reading,
  now: number,
): Promise<Readonly<Record<MarkRoom, Pick<MarkRoomRecord, 'future' | 'earliest'>>>> {
  const index = transaction.objectStore('marks').index('future');
  const range = IDBKeyRange.lowerBound(now, true);
  const [keys, marks, contacts] = await Promise.all([
    index.getAllKeys(range),
    index.getAll(range),
    transaction.objectStore('contacts').getAllKeys(),
  ]);
  const known = new Set(contacts);
  const counts = { contacts: { future: 0, earliest: Infinity }, strangers: { future: 0, earliest: Infinity } };
  for (const [place, [pair]] of keys.entries()) {
    const count = counts[known.has(pair.slice(pair.indexOf(' ') + 1)) ? 'contacts' : 'strangers'];
    count.future++;
    count.earliest = Math.min(count.earliest, marks[place]?.time ?? Infinity);
  }
  return counts;
}
