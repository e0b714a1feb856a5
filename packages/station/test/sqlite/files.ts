/** Files of tests, and what is in them. */
import { afterAll } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSqliteDriver, type SqliteDatabase } from 'dimsdk/node/internal';
import type { Engine, Posting } from '../../src/index.ts';

/** A folder that is gone when the tests of a file are done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dimstation-sqlite-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Does something with a file beside the engine. */
export async function inFile<T>(path: string, action: (database: SqliteDatabase) => T): Promise<T> {
  const database = (await loadSqliteDriver()).open(path);
  try {
    return action(database);
  } finally {
    database.close();
  }
}

export const BOX = { user: 'user', terminal: 'phone' };
export const ROOM = { messages: 1_000_000, bytes: 1_000_000_000 };

export function posting(text: string, parts: Partial<Posting> = {}): Posting {
  return {
    boxes: [BOX],
    sender: 'sender',
    bytes: new TextEncoder().encode(text),
    mark: text,
    keptAt: 1_700_000_000,
    ...parts,
  };
}

export async function textsIn(engine: Engine, box = BOX): Promise<readonly string[]> {
  return (await engine.mailbox.read(box, 0, ROOM)).map(({ bytes }) => new TextDecoder().decode(bytes));
}
