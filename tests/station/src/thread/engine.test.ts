/** The engine as it is installed: in a thread of its own. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { isDimError } from 'dimp';
import { openSqliteEngine, type Engine } from 'dimstation';
import { assertContract, checkEngine } from 'dimtestkit/engine';
import { byForm } from 'network/form';

const folder = mkdtempSync(join(tmpdir(), 'dimstation-thread-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const ROOM = { messages: 1e9, bytes: 1e12 };
const posting = (mark: string) => ({
  boxes: [{ user: 'user', terminal: '' }],
  sender: 'sender',
  bytes: new Uint8Array(1000),
  mark,
  keptAt: 1_700_000_000,
});

// It opens a hundred threads; in each run the contract is held against the same engine without one.
test('the engine in a thread keeps the contract', { skip: byForm(true, false) }, async () => {
  const paths = new WeakMap<Engine, string>();
  let count = 0;
  const openAt = async (path: string): Promise<Engine> => {
    const engine = await openSqliteEngine({ path });
    paths.set(engine, path);
    return engine;
  };
  assertContract(
    await checkEngine({
      open: () => openAt(join(folder, `${count++}.db`)),
      reopen: async (engine) => {
        await engine.close();
        return openAt(paths.get(engine) ?? '');
      },
    }),
  );
});

test('the second one that opens a file is told by the thread, and what failed is a DimError', async () => {
  const path = join(folder, 'second.db');
  const engine = await openSqliteEngine({ path });
  await assert.rejects(openSqliteEngine({ path }), (error) => {
    assert.ok(isDimError(error) && error.code === 'STORE_FAILED');
    assert.match(error.reason, /another station has/);
    return true;
  });
  await engine.close();
});

test('a copy is written while messages come', async () => {
  const engine = await openSqliteEngine({ path: join(folder, 'busy.db') });
  await engine.mailbox.append(
    Array.from({ length: 2000 }, (_, index) => posting(`before ${index}`)),
    ROOM,
  );
  const target = join(folder, 'copy.db');
  let during = 0;
  const written = engine.backup(target).then(() => 'written');
  const kept = (): Promise<unknown> => engine.mailbox.append([posting(`during ${during++}`)], ROOM);
  while ((await Promise.race([written, kept()])) !== 'written');
  assert.equal(statSync(target).mode & 0o777, 0o600);
  const copy = await openSqliteEngine({ path: target });
  const { messages } = await copy.mailbox.total();
  assert.ok(messages >= 2000 && messages <= 2000 + during);
  await copy.close();
  await assert.rejects(engine.backup(target), (error) => isDimError(error) && error.code === 'STORE_FAILED');
  await engine.close();
});

test('an engine that nobody closed does not keep a process, and what was asked of it is done', async () => {
  const path = join(folder, 'left.db');
  const script = `
    import { openSqliteEngine } from 'dimstation';
    const engine = await openSqliteEngine({ path: ${JSON.stringify(path)} });
    const posting = { sender: 'sender', boxes: [{ user: 'user', terminal: '' }], bytes: new Uint8Array(9), mark: 'a', keptAt: 1 };
    engine.mailbox.append([posting], { messages: 1, bytes: 9 });
  `;
  const { status, stderr } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    encoding: 'utf8',
    cwd: new URL('../..', import.meta.url),
  });
  assert.equal(status, 0, stderr);
  const engine = await openSqliteEngine({ path });
  assert.equal((await engine.mailbox.total()).messages, 1);
  await engine.close();
});
