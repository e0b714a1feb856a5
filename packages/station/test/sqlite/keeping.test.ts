/** What the file keeps: space that is used again, counts that stay right, nothing half done. */
import { describe, expect, test } from '@jest/globals';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SqliteError, loadSqliteDriver } from 'dimsdk/node/internal';
import { openSqliteEngine, type Box } from '../../src/index.ts';
import { connect } from '../../src/sqlite/connect.ts';
import type { Call } from '../../src/sqlite/desk.ts';
import { SqliteDesk } from '../../src/sqlite/sqlite-desk.ts';
import { BOX, inFile, posting, ROOM, temporaryFolder, textsIn } from './files.ts';

const folder = temporaryFolder();

/** Counts, as a walk over all rows gives them, and as they are kept. */
const COUNTS = `
  SELECT
    (SELECT count(*) FROM entries) AS entries, (SELECT messages FROM tallies) AS messages,
    (SELECT coalesce(sum(size), 0) FROM entries) AS sizes, (SELECT bytes FROM tallies) AS bytes,
    (SELECT count(DISTINCT box) FROM entries) AS in_boxes, (SELECT boxes FROM tallies) AS boxes,
    (SELECT count(*) FROM boxes) AS rows_of_boxes,
    (SELECT coalesce(sum(messages), 0) FROM boxes) AS of_boxes, (SELECT coalesce(sum(messages), 0) FROM users) AS of_users,
    (SELECT coalesce(sum(bytes), 0) FROM boxes) AS bytes_of_boxes, (SELECT coalesce(sum(bytes), 0) FROM users) AS bytes_of_users,
    (SELECT count(*) FROM users WHERE number NOT IN (SELECT user FROM boxes)) AS lonely_users,
    (SELECT count(*) FROM bodies WHERE copies <> (SELECT count(*) FROM entries WHERE body = bodies.number)) AS wrong_bodies,
    (SELECT count(*) FROM entries WHERE body NOT IN (SELECT number FROM bodies)) AS lost_entries
`;

/** Numbers that are the same each time. */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

describe('the file of an engine', () => {
  test('has the same counts as a walk over all rows, whatever was done', async () => {
    const path = join(folder, 'counts.db');
    const engine = await openSqliteEngine({ path });
    const numbers = chance(7);
    const below = (limit: number): number => numbers.next().value % limit;
    const box = (): Box => ({ user: `user ${below(4)}`, terminal: `terminal ${below(3)}` });
    const calls: Promise<unknown>[] = [];
    for (let count = 0; count < 600; count++) {
      const boxes = Array.from({ length: 1 + below(3) }, box);
      const bytes = new Uint8Array(below(50));
      const message = posting('', { boxes, bytes, mark: String(below(200)), keptAt: below(100) });
      const kind = below(10);
      if (kind < 6) calls.push(engine.mailbox.append([message], { messages: 40, bytes: 900 }));
      else if (kind < 9)
        calls.push(
          engine.mailbox.acknowledge([{ box: box(), positions: Array.from({ length: 20 }, () => below(count + 1)) }]),
        );
      else calls.push(engine.mailbox.expire(below(20)));
      if (below(5) === 0) await Promise.all(calls.splice(0));
    }
    await Promise.all(calls);
    const total = await engine.mailbox.total();
    await engine.close();
    const found = await inFile(path, (database) => database.prepare(COUNTS).get());
    expect(total.messages).toBeGreaterThan(0);
    const { messages, bytes, boxes } = total;
    expect(found).toEqual({
      entries: messages,
      messages,
      of_boxes: messages,
      of_users: messages,
      sizes: bytes,
      bytes,
      bytes_of_boxes: bytes,
      bytes_of_users: bytes,
      in_boxes: boxes,
      boxes,
      rows_of_boxes: boxes,
      lonely_users: 0,
      wrong_bodies: 0,
      lost_entries: 0,
    });
  });

  test('uses the space of what was removed again', async () => {
    const path = join(folder, 'space.db');
    const engine = await openSqliteEngine({ path });
    const round = async (number: number): Promise<void> => {
      const postings = Array.from({ length: 500 }, (_, index) =>
        posting('', { bytes: new Uint8Array(5000), mark: `${number} ${index}` }),
      );
      const outcomes = (await engine.mailbox.append(postings, ROOM)).flat();
      const positions = outcomes.flatMap((each) => (each.is === 'kept' ? [each.position] : []));
      await engine.mailbox.acknowledge([{ box: BOX, positions }]);
    };
    for (let number = 0; number < 8; number++) await round(number);
    await engine.close();
    // Of twenty megabytes that went through it.
    expect(statSync(path).size).toBeLessThan(5_000_000);
  });

  test('asks no whole table for what is asked often', async () => {
    const path = join(folder, 'plans.db');
    await (await openSqliteEngine({ path })).close();
    const plans = await inFile(path, (database) =>
      [
        'SELECT position, size FROM entries WHERE box = 1 AND position > 1 ORDER BY position LIMIT 5',
        'SELECT position FROM entries WHERE box = 1 AND mark = 1',
        'SELECT number, spread FROM bodies WHERE kept_at < 1 ORDER BY kept_at LIMIT 5',
        'SELECT number FROM boxes ORDER BY messages DESC LIMIT 5',
        'SELECT number FROM records WHERE table_name = 1 AND written_at < 1 ORDER BY written_at LIMIT 5',
        'SELECT key FROM records WHERE table_name = 1 AND key > 1 ORDER BY key LIMIT 5',
      ].flatMap((sql) =>
        database
          .prepare(`EXPLAIN QUERY PLAN ${sql}`)
          .all()
          .map(({ detail }) => String(detail)),
      ),
    );
    // The index itself is walked, from its end.
    const scans = plans.filter((plan) => /SCAN|TEMP B-TREE/.test(plan) && !plan.includes('boxes_fullest'));
    expect(scans).toEqual([]);
  });

  test('says that it is damaged', async () => {
    const path = join(folder, 'damaged.db');
    const engine = await openSqliteEngine({ path });
    await engine.mailbox.append(
      Array.from({ length: 300 }, (_, index) => posting(`${index} ${'x'.repeat(500)}`)),
      ROOM,
    );
    await engine.close();
    const { size } = statSync(path);
    writeFileSync(path, new Uint8Array(size - 8192).fill(255), { flag: 'r+' });
    await expect(openSqliteEngine({ path })).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });
});

describe('a desk', () => {
  const open = async (name: string) => {
    const path = join(folder, name);
    const file = connect(await loadSqliteDriver(), path);
    return { file, path, desk: new SqliteDesk(file, path) };
  };
  const append = (text: string): Call => ({ do: 'append', with: [[posting(text)], ROOM] });
  const read: Call = { do: 'read', with: [BOX, 0, ROOM] };

  test('does the other calls, where one of those that came together fails', async () => {
    const { desk, path } = await open('together.db');
    const wrong: Call = { do: 'append', with: [[posting('half'), posting('wrong', { keptAt: Number.NaN })], ROOM] };
    const outcomes = desk.run([append('a'), wrong, append('b'), read]);
    expect(outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : 'done'))).toEqual([
      'done',
      'STORE_FAILED',
      'done',
      'done',
    ]);
    desk.close();
    const engine = await openSqliteEngine({ path });
    expect(await textsIn(engine)).toEqual(['a', 'b']);
    expect((await engine.mailbox.total()).messages).toBe(2);
    await engine.close();
  });

  test('tells nobody that it is done, where it cannot be committed; what only reads goes on', async () => {
    const { desk, file } = await open('commit.db');
    desk.run([append('a')]);
    const exec = file.connection.exec.bind(file.connection);
    let left = 2;
    file.connection.exec = (sql: string) => {
      if (sql === 'COMMIT' && left-- > 0) throw new SqliteError(13, 'database or disk is full', undefined);
      exec(sql);
    };
    const outcomes = desk.run([append('b'), read]);
    expect(outcomes[0]).toMatchObject({ error: { code: 'STORE_FULL' } });
    expect(outcomes[1]).toMatchObject({ value: [{ position: 1 }] });
    expect(desk.run([append('b')])).toEqual([{ value: [[{ is: 'kept', position: 2 }]] }]);
    desk.close();
  });
});
