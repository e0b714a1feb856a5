/**
 * What lies in the database, and how it came to be so: each version is made of the one before by a migration.
 *
 * What is JSON is kept as its text, so that nothing of it is lost, and two of the same are known by it.
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { MessageKeyUse } from 'dimp';
import type { RowRecord } from '../store/row-checks.ts';

/** Meta and documents of an ID, by its entity key. */
export interface IdentityRecord {
  readonly meta?: string | undefined;
  readonly isProven?: boolean | undefined;
  readonly documents: readonly string[];
  /** When a stranger was heard of last, as a number that grows; contacts have none, and so are not in the index of it. */
  readonly heard?: number | undefined;
}

/** Somebody whom the application knows, by the entity key. */
export interface ContactRecord {
  /** Up to when messages are refused of which nothing else is remembered, in seconds since 1970. */
  readonly forgotten: number;
}

/** The private keys of a local user that no vault seals, by the entity key. */
export interface KeyringRecord {
  readonly id: string;
  readonly text: string;
}

/** A message key. */
export interface MessageKeyEntry {
  readonly digest: string;
  readonly text: string;
}

/** Whose message keys share a room: those that came in from strangers push out none of the others. */
export type KeyRoom = 'known' | 'strangers';

/** The message keys of a direction and use. */
export interface MessageKeysRecord {
  readonly entries: readonly MessageKeyEntry[];
  readonly room: KeyRoom;
  /** When they were changed last, as a number that grows. */
  readonly turn: number;
}

/** A message that was read, by its pair of reader and sender, and its ID. */
export interface MarkRecord {
  readonly time: number;
  /** The time again, where it was in the future when the message was read. */
  readonly future?: number | undefined;
}

/** What is remembered of a pair of reader and sender, beside its marks. */
export interface HistoryRecord {
  /** The entity key of the sender. */
  readonly sender: string;
  /** Messages up to this time are refused: some of them are no longer remembered. */
  readonly forgotten: number;
}

/** A room for read marks. */
export type MarkRoom = 'contacts' | 'strangers';

/** How full a room for read marks is. */
export interface MarkRoomRecord {
  readonly size: number;
  /** How many of them are dated later than the last time that they were counted. */
  readonly future: number;
  /** The earliest time of those. */
  readonly earliest: number;
  /** The latest time of what was forgotten of senders of whom nothing else is remembered. */
  readonly forgotten: number;
}

/** What is counted: identities of strangers, and directions with message keys in each room. */
export type CounterName = 'strangers' | 'known-keys' | 'stranger-keys';

/** How much there is of what is bounded. */
export interface Counter {
  readonly count: number;
  /** Characters. */
  readonly length: number;
  /** The last one that was given out. */
  readonly turn: number;
}

/** The tables. */
export interface Tables extends DBSchema {
  rows: {
    key: [table: string, key: string];
    value: RowRecord;
    indexes: { place: [table: string, partition: string, order: number, key: string] };
  };
  identities: { key: string; value: IdentityRecord; indexes: { heard: number } };
  contacts: { key: string; value: ContactRecord };
  keyrings: { key: string; value: KeyringRecord };
  members: { key: string; value: string };
  messageKeys: {
    key: [use: MessageKeyUse, sender: string, destination: string];
    value: MessageKeysRecord;
    indexes: { turn: [room: KeyRoom, turn: number] };
  };
  marks: { key: [pair: string, id: string]; value: MarkRecord; indexes: { future: number } };
  histories: { key: string; value: HistoryRecord; indexes: { sender: string } };
  markRooms: { key: MarkRoom; value: MarkRoomRecord };
  counters: { key: CounterName; value: Counter };
}

export type TableName = StoreNames<Tables>;

export type TableDatabase = IDBPDatabase<Tables>;
/** A transaction that reads; one that writes does so too. */
export type Reading = IDBPTransaction<Tables, TableName[]>;
export type Writing = IDBPTransaction<Tables, TableName[], 'readwrite'>;

/** Makes a version of the one before. It awaits nothing but the transaction, which would end else. */
export type Migration = (database: TableDatabase, transaction: Upgrading) => void | Promise<void>;
export type Upgrading = IDBPTransaction<Tables, TableName[], 'versionchange'>;

/** The first one makes version 1, and so on. They are never changed, as there are databases that they have made. */
export const MIGRATIONS: readonly Migration[] = [
  (database) => {
    const rows = database.createObjectStore('rows', { keyPath: ['table', 'key'] });
    rows.createIndex('place', ['table', 'partition', 'order', 'key']);
    database.createObjectStore('identities').createIndex('heard', 'heard');
    database.createObjectStore('contacts');
    database.createObjectStore('keyrings');
    database.createObjectStore('members');
    database.createObjectStore('messageKeys').createIndex('turn', ['room', 'turn']);
    database.createObjectStore('marks').createIndex('future', 'future');
    database.createObjectStore('histories').createIndex('sender', 'sender');
    database.createObjectStore('markRooms');
    database.createObjectStore('counters');
  },
];
