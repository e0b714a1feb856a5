/** The engine in SQLite keeps the contract, with the SQLite that is here, in the thread of the test. */
import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertContract, checkEngine } from 'dimtestkit/engine';
import { openSqliteEngine, type Engine } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'dimstation-contract-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('openSqliteEngine gives what keeps the contract of engines', async () => {
  const paths = new WeakMap<Engine, string>();
  const openAt = async (path: string): Promise<Engine> => {
    const engine = await openSqliteEngine({ path });
    paths.set(engine, path);
    return engine;
  };
  let count = 0;
  const report = await checkEngine({
    open: () => openAt(join(folder, `${count++}.db`)),
    reopen: async (engine) => {
      await engine.close();
      return openAt(paths.get(engine) ?? '');
    },
  });
  assertContract(report);
  expect(report.checked.length).toBeGreaterThan(37);
});
