/** A room for read marks as a whole: from the tables to a saved `ReplayWindow`, and back. */
import type { SavedReplayWindow } from 'dimp';
import { numberIn, textIn, type SqliteConnection } from './sqlite-connection.ts';

/** Contacts have a room of their own. */
export type MarkRoom = 'contacts' | 'strangers';

/** A room, as a window that has nothing else. @param forgotten of strangers, see `SavedReplayWindow` */
export function loadRoom(connection: SqliteConnection, room: MarkRoom, forgotten: number): SavedReplayWindow {
  const contacts = connection
    .all('SELECT id, forgotten FROM contacts')
    .map((row) => [textIn(row, 'id'), numberIn(row, 'forgotten')] as const);
  const rows = connection.all(
    `SELECT pair, forgotten, marks.id AS id, time FROM histories LEFT JOIN marks ON marks.history = histories.number
     WHERE EXISTS (SELECT 1 FROM contacts WHERE contacts.id = histories.sender) = ?
     ORDER BY histories.number`,
    room === 'contacts' ? 1 : 0,
  );
  const senders: SavedReplayWindow['senders'][number][] = [];
  let seen: [id: string, time: number][] = [];
  let current: string | undefined;
  for (const row of rows) {
    const pair = textIn(row, 'pair');
    if (pair !== current) {
      seen = [];
      senders.push([pair, numberIn(row, 'forgotten'), seen]);
      current = pair;
    }
    if (row['id'] !== null) seen.push([textIn(row, 'id'), numberIn(row, 'time')]);
  }
  return { version: 2, forgotten, contacts: room === 'contacts' ? contacts : [], senders };
}

/** Writes what has become of a room. @param now what is dated later is in the future */
export function writeRoom(
  connection: SqliteConnection,
  before: SavedReplayWindow,
  after: SavedReplayWindow,
  now: number,
): void {
  const old = new Map(before.senders.map((sender) => [sender[0], sender]));
  for (const [pair, forgotten, seen] of after.senders) {
    const [, , wasSeen] = old.get(pair) ?? [pair, 0, []];
    old.delete(pair);
    const number = connection.number(
      `INSERT INTO histories (pair, sender, forgotten) VALUES (?, ?, ?)
       ON CONFLICT (pair) DO UPDATE SET forgotten = excluded.forgotten RETURNING number`,
      pair,
      pair.slice(pair.indexOf(' ') + 1),
      forgotten,
    );
    const kept = new Set(seen.map(([id]) => id));
    const was = new Set(wasSeen.map(([id]) => id));
    for (const id of was) if (!kept.has(id)) deleteMark(connection, number, id);
    for (const [id, time] of seen) if (!was.has(id)) insertMark(connection, number, { id, time }, now);
  }
  for (const pair of old.keys()) {
    connection.run('DELETE FROM marks WHERE history = (SELECT number FROM histories WHERE pair = ?)', pair);
    connection.run('DELETE FROM histories WHERE pair = ?', pair);
  }
  const bases = new Map(before.contacts);
  for (const [contact, forgotten] of after.contacts)
    if (bases.get(contact) !== forgotten)
      connection.run('UPDATE contacts SET forgotten = ? WHERE id = ?', forgotten, contact);
}

/** Remembers a mark of a history. */
export function insertMark(
  connection: SqliteConnection,
  history: number,
  { id, time }: { readonly id: string; readonly time: number },
  now: number,
): void {
  connection.run(
    'INSERT INTO marks (history, id, time, future) VALUES (?, ?, ?, ?)',
    history,
    id,
    time,
    time > now ? time : null,
  );
}

function deleteMark(connection: SqliteConnection, history: number, id: string): void {
  connection.run('DELETE FROM marks WHERE history = ? AND id = ?', history, id);
}
