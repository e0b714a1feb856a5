/** A month of messages, opened at once: what a client holds meanwhile does not grow with how many there are. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { byForm } from '../form.ts';
import type { OpenedBacklog } from './open-backlog.ts';

const FIRST = 2000;
const ALL = 10_000;

const MIB = 1024 * 1024;

/**
 * How much more may be held after all than after the first, by how many wrote. The keys of many senders fill what the store
 * remembers as it was read, which has a bound of its own; 8000 messages have some 8 MiB, and as many as rows.
 */
const MANY = [100, 12 * MIB] as const;
const MOST: readonly (readonly [senders: number, bytes: number])[] = byForm([], [MANY], [[1, 3 * MIB], MANY]);

for (const [senders, most] of MOST)
  await test(`${ALL} messages of ${senders}: memory is flat, nothing is acknowledged before it is kept`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'dim-backlog-'));
    try {
      const program = fileURLToPath(new URL('open-backlog.js', import.meta.url));
      const args = ['--expose-gc', program, String(senders), String(FIRST), String(ALL), join(folder, 'client.db')];
      const { stdout } = await promisify(execFile)(process.execPath, args);
      t.diagnostic(stdout.trim());
      const opened = JSON.parse(stdout) as OpenedBacklog;
      assert.equal(opened.acknowledgedEarly, 0);
      assert.equal(opened.told, ALL);
      assert.equal(opened.kept, ALL);
      assert.equal(opened.arrivalsLeft, 0);
      assert.ok(opened.commits <= ALL / 20, `${opened.commits} commits for ${ALL} messages`);
      const more = opened.heldAfterAll - opened.heldAfterFirst;
      assert.ok(more < most, `${more} bytes more are held after ${ALL} messages than after ${FIRST}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
