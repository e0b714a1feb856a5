import { describe, expect, test } from '@jest/globals';
import { FileContent, NetworkFile } from 'dimp';
import type { FileProgress } from '../../src/index.ts';
import type { Fault } from './file-server.ts';
import { PATIENCE } from './manual-clock.ts';
import { bytesIn, bytesOf, checkProgress, errorOf, inWorld, RecordingSink, sha256 } from './world.ts';

const MB = 1024 * 1024;
const bytes = bytesOf(MB);
const DIGEST = sha256(bytes);

/** A content of a plain file, with what is known of it. */
function contentOf(url: string, facts: Readonly<Record<string, number | string>> = {}): NetworkFile {
  return NetworkFile.parse({ URL: url, filename: 'a.bin', ...facts });
}

describe('a download goes on where it broke off', () => {
  const cases: Readonly<Record<string, readonly Fault[]>> = {
    'after nothing': [{ do: 'cut', at: 0 }],
    'after a byte': [{ do: 'cut', at: 1 }],
    'in the middle': [{ do: 'cut', at: 300_000 }],
    'before the last byte': [{ do: 'cut', at: MB - 1 }],
    'again and again': [100_000, 300_000, 0, 400_000].map((at) => ({ do: 'cut', at })),
    'when the service fails': [
      { do: 'status', status: 500 },
      { do: 'cut', at: 500_000 },
      { do: 'status', status: 503 },
    ],
    'where the service gives files whole only': [{ do: 'cut', at: 600_000 }, { do: 'whole' }],
  };
  test.each(Object.entries(cases))('%s', (_, faults) =>
    inWorld(async ({ files, server, clock }) => {
      server.faults.push(...faults);
      const told: FileProgress[] = [];
      const content = contentOf(server.put(bytes), { sha256: DIGEST, size: MB });
      const blob = await files.download(content, { onProgress: (progress) => void told.push(progress) });
      expect(sha256(await bytesIn(blob))).toBe(DIGEST);
      checkProgress(told);
      expect(server.faults).toEqual([]);
      expect(clock.pauses.length).toBe(faults.filter((fault) => fault.do !== 'whole').length);
      expect(server.count('GET')).toBe(clock.pauses.length + 1);
    }),
  );

  test('and asks only for the rest', () =>
    inWorld(async ({ files, server }) => {
      server.faults.push({ do: 'cut', at: 300_000 });
      await files.download(contentOf(server.put(bytes)));
      expect(server.asked.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=300000-']);
    }));

  test('with pauses that grow, and an end', () =>
    inWorld(
      async ({ files, server, clock }) => {
        server.faults.push(...Array.from({ length: 8 }, (): Fault => ({ do: 'status', status: 500 })));
        const sink = new RecordingSink();
        const error = await errorOf(() => files.downloadTo(contentOf(server.put(bytes)), sink.writable));
        expect(error.code).toBe('FILE_TRANSFER');
        expect(server.count('GET')).toBe(6);
        // 10, 20, 40, and no more than 60: of each at least a half.
        const longest = [10, 20, 40, 60, 60];
        expect(clock.pauses.length).toBe(longest.length);
        for (const [index, pause] of clock.pauses.entries()) {
          expect(pause).toBeLessThanOrEqual(longest[index] ?? 0);
          expect(pause).toBeGreaterThanOrEqual((longest[index] ?? 0) / 2);
        }
        expect(sink.end).toBe('aborted');
        expect(sink.reason).toBe(error);
      },
      { attempts: 6, pause: 10, maxPause: 60 },
    ));

  test('as often as it takes, where each attempt brings something', () =>
    inWorld(
      async ({ files, server }) => {
        server.faults.push(...Array.from({ length: 3 }, (): Fault => ({ do: 'cut', at: 300_000 })));
        expect(sha256(await bytesIn(await files.download(contentOf(server.put(bytes)))))).toBe(DIGEST);
      },
      { attempts: 2 },
    ));
});

describe('a service that keeps still', () => {
  test('is left after a while, and asked again', () =>
    inWorld(async ({ files, server, clock }) => {
      server.faults.push({ do: 'stall', at: 100_000 });
      let received = 0;
      const expired = clock.expireWhen(() => received === 100_000);
      const download = files.download(contentOf(server.put(bytes)), {
        onProgress: ({ done }) => {
          received = done;
        },
      });
      await expired;
      expect(sha256(await bytesIn(await download))).toBe(DIGEST);
      expect(server.asked.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=100000-']);
      await server.asked[0]?.closed;
    }));

  test('or sends a byte now and then, is left as well', () =>
    inWorld(
      async ({ files, server, clock }) => {
        server.faults.push({ do: 'drip' });
        let received = -1;
        // Far from all of it, the patience is at its end: the next wait has none left.
        const expired = clock.expireWhen(() => received >= 9);
        const download = errorOf(() =>
          files.download(contentOf(server.put(bytes)), {
            onProgress: ({ done }) => {
              received = done;
              // Each byte takes a tenth of the patience.
              clock.advance(PATIENCE / 10);
              server.events.emit('drip');
            },
          }),
        );
        await expired;
        expect((await download).code).toBe('FILE_TRANSFER');
        expect(received).toBeLessThan(20);
      },
      { attempts: 1 },
    ));

  test('or does not answer at all', () =>
    inWorld(
      async ({ files, server, clock }) => {
        server.faults.push({ do: 'stall', at: 0 });
        const waiting = clock.nextWait();
        const download = errorOf(() => files.download(contentOf(server.put(bytes))));
        await waiting;
        clock.expire();
        expect((await download).message).toMatch(/FILE_TRANSFER: the file service kept still for 2000 seconds/);
      },
      { attempts: 1 },
    ));

  test('is not blamed for a reader that is slow', () =>
    inWorld(async ({ files, server, clock }) => {
      let chunks = 0;
      const slow = new WritableStream<Uint8Array>({
        write() {
          chunks++;
          clock.advance(PATIENCE * 2);
        },
      });
      await files.downloadTo(contentOf(server.put(bytes)), slow);
      expect(chunks).toBeGreaterThan(1);
      expect(server.count('GET')).toBe(1);
    }));
});

describe('a file that is not the one that was sent is not handed over', () => {
  async function damage(faults: readonly Fault[], facts: Readonly<Record<string, number | string>>): Promise<string> {
    let result = '';
    await inWorld(async ({ files, server }) => {
      server.faults.push(...faults);
      const sink = new RecordingSink();
      const error = await errorOf(() => files.downloadTo(contentOf(server.put(bytes), facts), sink.writable));
      expect(sink.end).toBe('aborted');
      for (const { closed } of server.asked) await closed;
      result = `${error.code} ${error.path}`.trim();
    });
    return result;
  }

  test('with other bytes', async () => {
    expect(await damage([{ do: 'flip', at: 500_000 }], { sha256: DIGEST })).toBe('FILE_DAMAGED');
    expect(await damage([{ do: 'flip', at: MB - 1 }], { sha256: DIGEST.toUpperCase(), size: MB })).toBe('FILE_DAMAGED');
  });

  test('of another size', async () => {
    expect(await damage([], { size: MB - 1 })).toBe('FILE_DAMAGED size');
    expect(await damage([], { size: MB + 1 })).toBe('FILE_DAMAGED size');
    expect(await damage([], { size: 0 })).toBe('FILE_DAMAGED size');
  });

  test('that never ends', async () => {
    expect(await damage([{ do: 'endless' }], { size: MB })).toBe('FILE_DAMAGED size');
  });

  test('that was changed between two attempts', async () => {
    const other = Buffer.from(bytesOf(MB, 2));
    const cut: Fault = { do: 'cut', at: 300_000 };
    // The version tells, and then what came before.
    expect(await damage([cut, { do: 'replace', by: other }], {})).toBe('FILE_DAMAGED');
    // Without a version the digest does.
    await inWorld(
      async ({ files, server }) => {
        server.faults.push(cut, { do: 'replace', by: other });
        const content = contentOf(server.put(bytes), { sha256: DIGEST });
        expect((await errorOf(() => files.download(content))).code).toBe('FILE_DAMAGED');
      },
      { server: { hasVersions: false } },
    );
  });

  test('when the content has a digest in another form, it is of another client', () =>
    inWorld(async ({ files, server }) => {
      const content = contentOf(server.put(bytes), { sha256: 'x', size: '1 MB' });
      const sink = new RecordingSink();
      expect(await files.downloadTo(content, sink.writable)).toEqual({ size: MB, isVerified: false });
    }));

  test.each(['AES', 'AES-GCM'])('encrypted by %s: with another key, or cut off', (algorithm) =>
    inWorld(async ({ files, server }) => {
      const content = await files.upload(bytesOf(1000), { filename: 'a.bin', algorithm });
      // As if its sender knew no digest.
      const { url = '', key = {} } = content;
      const plain = FileContent.create({ url, key });
      const other = await files.upload(bytesOf(1000), { filename: 'a.bin', algorithm });
      const path = new URL(content.url ?? '').pathname;
      const stored = server.files.get(path) ?? Buffer.alloc(0);
      const withOtherKey = FileContent.create({ url, key: other.key ?? {} });
      expect((await errorOf(() => files.download(withOtherKey, { again: true }))).code).toBe('FILE_DAMAGED');
      server.files.set(path, stored.subarray(0, 512));
      expect((await errorOf(() => files.download(plain, { again: true }))).code).toBe('FILE_DAMAGED');
      server.files.set(path, stored.subarray(0, 511));
      const error = await errorOf(() => files.download(plain, { again: true }));
      expect(error.message).toBe('FILE_DAMAGED: the file does not decrypt with its key');
    }),
  );
});

describe('what a service says of the length', () => {
  test('ends a download that is larger than allowed, before it begins', () =>
    inWorld(
      async ({ files, server }) => {
        const sink = new RecordingSink();
        const error = await errorOf(() => files.downloadTo(contentOf(server.put(bytes)), sink.writable));
        expect([error.code, error.path, sink.chunks.length]).toEqual(['INPUT_LIMIT', 'size', 0]);
        // A size that the sender told, before anybody is asked.
        await errorOf(() => files.downloadTo(contentOf(server.put(bytes), { size: MB }), new RecordingSink().writable));
        expect(server.count('GET')).toBe(1);
      },
      { maxSize: MB - 1 },
    ));

  test('may be a lie: a body without end is cut off', () =>
    inWorld(
      async ({ files, server }) => {
        server.faults.push({ do: 'endless' });
        const sink = new RecordingSink();
        const error = await errorOf(() => files.downloadTo(contentOf(server.put(bytes)), sink.writable));
        expect(error.code).toBe('INPUT_LIMIT');
        expect(sink.bytes.length).toBeLessThanOrEqual(2 * MB);
        await server.asked[0]?.closed;
      },
      { maxSize: 2 * MB },
    ));

  test.each([MB + 1, 10 * MB])('may be more than comes: %d', (length) =>
    inWorld(async ({ files, server, clock }) => {
      server.faults.push({ do: 'length', length });
      let received = 0;
      const expired = clock.expireWhen(() => received === MB);
      const content = contentOf(server.put(bytes), { sha256: DIGEST });
      const told: FileProgress[] = [];
      const download = files.download(content, {
        onProgress(progress) {
          received = progress.done;
          told.push(progress);
        },
      });
      await expired;
      expect(sha256(await bytesIn(await download))).toBe(DIGEST);
      checkProgress(told);
      // The rest is of a file of another size; all of it is the file.
      expect(server.asked.map(({ headers }) => headers.range)).toEqual([undefined, `bytes=${MB}-`, undefined]);
    }),
  );

  test.each([1, MB - 1])('may be less than comes: %d', (length) =>
    inWorld(async ({ files, server }) => {
      server.faults.push({ do: 'length', length });
      const content = contentOf(server.put(bytes), { sha256: DIGEST });
      expect((await errorOf(() => files.download(content))).code).toBe('FILE_DAMAGED');
    }),
  );
});

describe('a URL that failed', () => {
  test('is not asked again for a while, but when the user says so', () =>
    inWorld(async ({ files, server, clock }) => {
      const content = contentOf(server.put(bytes, 'late.bin'));
      server.faults.push({ do: 'status', status: 404 });
      expect((await errorOf(() => files.download(content))).code).toBe('FILE_REFUSED');
      const sink = new RecordingSink();
      const error = await errorOf(() => files.downloadTo(content, sink.writable));
      expect(error.message).toMatch(/^FILE_TRANSFER at URL: it failed a while ago: ask again in 900 seconds/);
      expect(sink.end).toBe('aborted');
      expect(server.count('GET')).toBe(1);
      clock.advance(899);
      await errorOf(() => files.download(content));
      expect(server.count('GET')).toBe(1);
      expect((await files.download(content, { again: true })).size).toBe(MB);
      clock.advance(2);
      expect((await files.download(content)).size).toBe(MB);
    }));

  test('counts as one when the user gave up, never', () =>
    inWorld(async ({ files, server }) => {
      const content = contentOf(server.put(bytes));
      const abort = new AbortController();
      const reason = new Error('no');
      await expect(
        files.download(content, { signal: abort.signal, onProgress: () => abort.abort(reason) }),
      ).rejects.toBe(reason);
      expect((await files.download(content)).size).toBe(MB);
    }));
});
