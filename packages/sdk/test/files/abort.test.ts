import { describe, expect, test } from '@jest/globals';
import { getEventListeners } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NetworkFile } from 'dimp';
import { fileSink, fileSpool } from '../../src/node/index.ts';
import type { FilesOptions } from '../../src/index.ts';
import { bytesOf, inWorld, RecordingSink, type World } from './world.ts';

const MB = 1024 * 1024;

interface Aborting extends World {
  readonly abort: () => void;
  readonly signal: AbortSignal;
  readonly folder: string;
  readonly reason: Error;
}

/** Runs something that aborts, and tells what else than the reason came of it, and what is left. */
async function leftAfterAbort(
  run: (world: Aborting) => Promise<unknown>,
  by: 'caller' | 'host',
  options: FilesOptions = {},
): Promise<readonly unknown[]> {
  const left: unknown[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'dimsdk-test-'));
  try {
    await inWorld(
      async (world) => {
        const controller = new AbortController();
        const { signal } = controller;
        const reason = new Error('aborted by the test');
        const abort = (): void => (by === 'caller' ? controller : world.end).abort(reason);
        const outcome = await run({ ...world, abort, signal, folder, reason }).then(
          (value) => ({ value }),
          (error: unknown) => (error === reason ? undefined : { error }),
        );
        if (outcome !== undefined) left.push(outcome);
        left.push(...getEventListeners(signal, 'abort'), ...getEventListeners(world.end.signal, 'abort'));
        left.push(...readdirSync(folder));
        for (const { closed } of world.server.asked) await closed;
      },
      { spool: fileSpool(folder), ...options },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
  return left;
}

describe.each(['caller', 'host'] as const)('aborted by the %s', (by) => {
  const name = { filename: 'a.bin' };

  test('an upload, before it begins', async () =>
    expect(
      await leftAfterAbort(({ files, abort, signal }) => {
        abort();
        return files.upload(bytesOf(9), { ...name, signal });
      }, by),
    ).toEqual([]));

  test('an upload, while it is encrypted', async () =>
    expect(
      await leftAfterAbort(async ({ files, abort, signal, server }) => {
        try {
          return await files.upload(bytesOf(MB), {
            ...name,
            signal,
            onProgress({ phase, done }) {
              if (phase === 'preparing' && done > 100_000) abort();
            },
          });
        } finally {
          expect(server.asked).toEqual([]);
        }
      }, by),
    ).toEqual([]));

  test('an upload, while it is digested', async () =>
    expect(
      await leftAfterAbort(({ files, abort, signal }) => {
        return files.upload(bytesOf(MB), {
          ...name,
          signal,
          onProgress({ phase, done }) {
            if (phase === 'sending' && done === 0) abort();
          },
        });
      }, by),
    ).toEqual([]));

  test('an upload, while it is sent', async () =>
    expect(
      await leftAfterAbort(({ files, abort, signal }) => {
        return files.upload(bytesOf(4 * MB), {
          ...name,
          signal,
          onProgress({ phase, done }) {
            if (phase === 'sending' && done > MB) abort();
          },
        });
      }, by),
    ).toEqual([]));

  test('an upload, before the answer', async () =>
    expect(
      await leftAfterAbort(({ files, abort, signal, server }) => {
        server.faults.push({ do: 'stall', at: MB });
        server.events.on('stalled', abort);
        return files.upload(bytesOf(MB), { ...name, signal });
      }, by),
    ).toEqual([]));

  test('an upload, between two attempts', async () =>
    expect(
      await leftAfterAbort(({ files, abort, signal, server, clock }) => {
        server.faults.push({ do: 'status', status: 500 });
        clock.onPause = abort;
        return files.upload(bytesOf(9), { ...name, signal });
      }, by),
    ).toEqual([]));

  test('an upload that waits for others', async () =>
    expect(
      await leftAfterAbort(
        async ({ files, abort, signal, server }) => {
          server.faults.push({ do: 'stall', at: 1 });
          const others = new AbortController();
          const first = files.upload(bytesOf(9), { ...name, signal: others.signal }).catch((error: unknown) => error);
          const second = files.upload(bytesOf(9), { ...name, signal });
          server.events.on('stalled', abort);
          try {
            return await second;
          } finally {
            others.abort();
            await first;
            expect(server.count('POST')).toBe(1);
          }
        },
        by,
        { transfers: 1 },
      ),
    ).toEqual([]));

  test.each(['before the answer', 'in the middle', 'in the sink', 'between two attempts', 'at the end'])(
    'a download, %s',
    async (when) =>
      expect(
        await leftAfterAbort(async ({ files, abort, signal, server, clock, folder, reason }) => {
          const content = NetworkFile.parse({ URL: server.put(bytesOf(MB)) });
          if (when === 'before the answer') {
            server.faults.push({ do: 'stall', at: 0 });
            clock.nextWait().then(abort, abort);
          }
          if (when === 'between two attempts') {
            server.faults.push({ do: 'cut', at: 500_000 });
            clock.onPause = abort;
          }
          let written = 0;
          const inner = fileSink(join(folder, 'a.bin')).getWriter();
          const sink = new WritableStream<Uint8Array>({
            async write(chunk) {
              await inner.write(chunk);
              written += chunk.length;
              if (when === 'in the sink' && written > 200_000) abort();
            },
            close: () => inner.close(),
            abort(cause) {
              expect(cause).toBe(reason);
              return inner.abort(cause);
            },
          });
          return files.downloadTo(content, sink, {
            signal,
            onProgress({ done, total }) {
              if (when === 'in the middle' && done > 300_000) abort();
              if (when === 'at the end' && done === total) abort();
            },
          });
        }, by),
      ).toEqual([]),
  );

  test('a download, before it begins', async () =>
    expect(
      await leftAfterAbort(async ({ files, abort, signal, server }) => {
        const sink = new RecordingSink();
        abort();
        try {
          return await files.downloadTo(NetworkFile.parse({ URL: server.put(bytesOf(9)) }), sink.writable, { signal });
        } finally {
          expect([sink.end, server.asked]).toEqual(['aborted', []]);
        }
      }, by),
    ).toEqual([]));
});

test('a sink that fails ends the download with its own error', () =>
  inWorld(async ({ files, server }) => {
    const full = new Error('ENOSPC');
    const content = NetworkFile.parse({ URL: server.put(bytesOf(MB)) });
    const failing = [
      new WritableStream<Uint8Array>({ write: () => Promise.reject(full) }),
      new WritableStream<Uint8Array>({ close: () => Promise.reject(full) }),
    ];
    for (const sink of failing) await expect(files.downloadTo(content, sink)).rejects.toBe(full);
    for (const { closed } of server.asked) await closed;
    // It was not the fault of the URL.
    expect((await files.download(content)).size).toBe(MB);
  }));
