/** The tables of a store, version by version: each is made from the one before it, in one transaction. */
import { DimError } from 'dimp';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Says of a file that it is ours: "DIMs" in letters. */
const APPLICATION = 0x44494d73;

/**
 * What makes each version of the one before, the first one of nothing. What was released is not changed any more.
 *
 * Rows: names in `records` are bytes, as `sqlite-text.ts` says. Memory: IDs are entity keys, which are well-formed text; texts
 * are JSON. `heard` and `turn` are numbers that grow with each change; `heard` is null for contacts. `tallies` has how much there is
 * of what is bounded, so that nothing has to be counted.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    table_name TEXT NOT NULL,
    key BLOB NOT NULL,
    partition BLOB NOT NULL,
    place REAL NOT NULL,
    value TEXT NOT NULL,
    bytes BLOB,
    UNIQUE (table_name, key)
  ) STRICT;
  CREATE INDEX records_in_order ON records (table_name, partition, place, key);

  CREATE TABLE contacts (id TEXT PRIMARY KEY, forgotten REAL NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE identities (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    heard INTEGER,
    length INTEGER NOT NULL,
    meta TEXT,
    is_proven INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX identities_heard ON identities (heard) WHERE heard IS NOT NULL;
  CREATE TABLE documents (number INTEGER PRIMARY KEY, id TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE INDEX documents_of ON documents (id);

  CREATE TABLE keyrings (id TEXT PRIMARY KEY, name TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  CREATE TABLE members (id TEXT PRIMARY KEY, text TEXT NOT NULL) STRICT;

  CREATE TABLE directions (
    number INTEGER PRIMARY KEY,
    use TEXT NOT NULL,
    sender TEXT NOT NULL,
    destination TEXT NOT NULL,
    room TEXT NOT NULL,
    turn INTEGER NOT NULL,
    UNIQUE (use, sender, destination)
  ) STRICT;
  CREATE INDEX directions_turn ON directions (room, turn);
  CREATE TABLE message_keys (
    direction INTEGER NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (direction, digest)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE histories (
    number INTEGER PRIMARY KEY,
    pair TEXT NOT NULL UNIQUE,
    sender TEXT NOT NULL,
    forgotten REAL NOT NULL
  ) STRICT;
  CREATE INDEX histories_sender ON histories (sender);
  CREATE TABLE marks (
    history INTEGER NOT NULL,
    id TEXT NOT NULL,
    time REAL NOT NULL,
    future REAL,
    PRIMARY KEY (history, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX marks_future ON marks (future) WHERE future IS NOT NULL;

  CREATE TABLE tallies (name TEXT PRIMARY KEY, value REAL NOT NULL) STRICT, WITHOUT ROWID;
  `,
  // How many rows a partition has, so that neither counting nor listing partitions walks over rows.
  `
  CREATE TABLE partitions (
    table_name TEXT NOT NULL,
    partition BLOB NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (table_name, partition)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO partitions (table_name, partition, count)
    SELECT table_name, partition, count(*) FROM records GROUP BY table_name, partition;
  `,
];

/** What says whose a file is: asked in one, as another process may be making it. */
const IDENTITY = `
  SELECT
    (SELECT application_id FROM pragma_application_id) AS application,
    (SELECT user_version FROM pragma_user_version) AS version,
    (SELECT count(*) FROM sqlite_schema) AS tables
`;

/** What {@link IDENTITY} tells. */
type FileIdentity = Partial<Record<'application' | 'version' | 'tables', number>>;

/** The version that this library writes. */
const SCHEMA_VERSION = MIGRATIONS.length;

/**
 * Brings a file to the version of this library; an empty one gets its tables.
 * @throws DimError `STORE_VERSION`; `STORE_FAILED` for a file of another application
 * @throws SqliteError
 */
export function migrate(connection: SqliteConnection, path: string, migrations = MIGRATIONS): void {
  if (versionOf(connection, path) === migrations.length) return;
  connection.transaction(() => {
    // Another process may have been faster.
    const version = versionOf(connection, path);
    for (const migration of migrations.slice(version)) connection.exec(migration);
    connection.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${migrations.length}`);
  });
}

/**
 * The version of a file; 0 for an empty one.
 * @throws DimError `STORE_VERSION`, `STORE_FAILED`, as {@link migrate}
 * @throws SqliteError
 */
export function versionOf(connection: SqliteConnection, path: string): number {
  const { application = 0, version = 0, tables = 0 } = connection.get(IDENTITY) as FileIdentity;
  if (application !== APPLICATION) {
    if (application === 0 && version === 0 && tables === 0) return 0;
    throw new DimError('STORE_FAILED', `${path} is the database of another application: give another path`);
  }
  if (version > SCHEMA_VERSION)
    throw new DimError(
      'STORE_VERSION',
      `${path} was written by a later version of dimsdk: install that one, or a later one (its schema is ${version}, this one's ${SCHEMA_VERSION})`,
    );
  return version;
}
