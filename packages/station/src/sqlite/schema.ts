/** The tables of an engine, version by version: each is made from the one before it, in one transaction. */
import { DimError } from 'dimp';
import type { SqliteConnection } from 'dimsdk/node/internal';

/** Says of a file that it is an engine of ours: "DIMe" in letters. */
const APPLICATION = 0x44494d65;

/**
 * What makes each version of the one before, the first one of nothing. What was released is not changed any more.
 *
 * Names are bytes that compare as JavaScript compares text. A message is one row of `bodies`, and one of `entries` for each box
 * that it is in. Positions are of one count for all boxes, so that nothing has to be remembered of a box that is empty. A body
 * has the number of the first of its entries, and the others are right behind that: `spread` says how many there were. The
 * boxes, users and senders of which nothing waits are not there; how much waits for the others, and in all, is kept with them.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE users (
    number INTEGER PRIMARY KEY,
    name BLOB NOT NULL UNIQUE,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE boxes (
    number INTEGER PRIMARY KEY,
    user INTEGER NOT NULL,
    terminal BLOB NOT NULL,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (user, terminal)
  ) STRICT;
  CREATE INDEX boxes_fullest ON boxes (messages);

  CREATE TABLE bodies (
    number INTEGER PRIMARY KEY,
    kept_at REAL NOT NULL,
    spread INTEGER NOT NULL,
    copies INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;
  CREATE INDEX bodies_oldest ON bodies (kept_at);
  CREATE TABLE entries (
    position INTEGER PRIMARY KEY,
    box INTEGER NOT NULL,
    body INTEGER NOT NULL,
    size INTEGER NOT NULL,
    mark BLOB NOT NULL
  ) STRICT;
  CREATE INDEX entries_of_box ON entries (box);
  CREATE UNIQUE INDEX entries_marks ON entries (box, mark);

  CREATE TABLE records (
    number INTEGER PRIMARY KEY,
    table_name BLOB NOT NULL,
    key BLOB NOT NULL,
    value TEXT NOT NULL,
    written_at REAL NOT NULL,
    UNIQUE (table_name, key)
  ) STRICT;
  CREATE INDEX records_oldest ON records (table_name, written_at);
  CREATE TABLE record_tables (name BLOB PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE tallies (
    position INTEGER NOT NULL,
    boxes INTEGER NOT NULL,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL
  ) STRICT;
  INSERT INTO tallies VALUES (0, 0, 0, 0);
  `,
  // What of a user's messages is of which sender, and of all strangers; of no user, what is of a sender for all users, and what is for
  // all who have never been here. Of what was kept before, nobody knows: it counts for nobody.
  `
  CREATE TABLE senders (
    number INTEGER PRIMARY KEY,
    user INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    name BLOB NOT NULL,
    messages INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    UNIQUE (user, kind, name)
  ) STRICT;
  ALTER TABLE entries ADD COLUMN sender INTEGER;
  `,
];

/** What says whose a file is. */
const IDENTITY = `
  SELECT
    (SELECT application_id FROM pragma_application_id) AS application,
    (SELECT user_version FROM pragma_user_version) AS version,
    (SELECT count(*) FROM sqlite_schema) AS tables
`;

/** What {@link IDENTITY} tells. */
type FileIdentity = Partial<Record<'application' | 'version' | 'tables', number>>;

/**
 * Brings a file to the version of this library; an empty one gets its tables.
 * @throws DimError `STORE_VERSION`; `STORE_FAILED` for a file of another application
 * @throws SqliteError
 */
export function migrate(connection: SqliteConnection, path: string, migrations = MIGRATIONS): void {
  const version = versionOf(connection, path, migrations.length);
  if (version === migrations.length) return;
  connection.transaction(() => {
    for (const migration of migrations.slice(version)) connection.exec(migration);
    connection.exec(`PRAGMA application_id = ${APPLICATION}; PRAGMA user_version = ${migrations.length}`);
  });
}

/**
 * The version of a file; 0 for an empty one.
 * @throws DimError `STORE_VERSION`, `STORE_FAILED`, as {@link migrate}
 * @throws SqliteError
 */
export function versionOf(connection: SqliteConnection, path: string, latest = MIGRATIONS.length): number {
  const { application = 0, version = 0, tables = 0 } = connection.get(IDENTITY) as FileIdentity;
  if (application !== APPLICATION) {
    if (application === 0 && version === 0 && tables === 0) return 0;
    throw new DimError('STORE_FAILED', `${path} is the database of another application: give another path`);
  }
  if (version > latest)
    throw new DimError(
      'STORE_VERSION',
      `${path} was written by a later version of dimstation: install that one, or a later one (its schema is ${version}, this one's ${latest})`,
    );
  return version;
}
