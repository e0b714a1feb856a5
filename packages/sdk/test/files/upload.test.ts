import { describe, expect, test } from '@jest/globals';
import { once } from 'node:events';
import { blobSpool, type FileProgress, type FileSpool } from '../../src/index.ts';
import type { Fault } from './file-server.ts';
import { bytesIn, bytesOf, checkProgress, errorOf, inWorld, sha256 } from './world.ts';

const MB = 1024 * 1024;

/** A spool that counts what it has. */
function countingSpool(): FileSpool & { kept: number; there: number } {
  const spool = {
    kept: 0,
    there: 0,
    async keep(stream: ReadableStream<Uint8Array>, signal: AbortSignal) {
      const { data } = await blobSpool.keep(stream, signal);
      spool.kept++;
      spool.there++;
      return {
        data,
        discard() {
          spool.there--;
          return Promise.resolve();
        },
      };
    },
  };
  return spool;
}

describe('an upload is tried again', () => {
  const cases: Readonly<Record<string, readonly Fault[]>> = {
    'when it breaks off': [
      { do: 'cut', at: 300_000 },
      { do: 'cut', at: MB },
    ],
    'when the service fails': [
      { do: 'status', status: 500 },
      { do: 'status', status: 429 },
    ],
    'when the service says so': [{ do: 'status', status: 200, body: '{"code":500,"message":"Internal Server Error"}' }],
    'when the service found nothing': [{ do: 'status', status: 200, body: '{"code":204,"message":"No Content"}' }],
    'when the answer is none': [
      { do: 'status', status: 200, body: '<html>' },
      { do: 'status', status: 200, body: '' },
      { do: 'status', status: 200, body: '{"code":200}' },
      { do: 'status', status: 200, body: '{"code":200,"url":"javascript:alert(1)"}' },
    ],
    'when the answer does not end': [{ do: 'status', status: 200, body: ' '.repeat(100_000) }],
    'when it is led elsewhere': [{ do: 'redirect', to: '/upload/x/file' }],
  };
  test.each(Object.entries(cases))('%s', async (_, faults) => {
    const spool = countingSpool();
    await inWorld(
      async ({ files, server, clock }) => {
        server.faults.push(...faults);
        const bytes = bytesOf(MB);
        const told: FileProgress[] = [];
        const content = await files.upload(bytes, {
          filename: 'a.bin',
          onProgress: (progress) => void told.push(progress),
        });
        checkProgress(told);
        expect(sha256(await bytesIn(await files.download(content)))).toBe(sha256(bytes));
        expect(server.count('POST')).toBe(faults.length + 1);
        expect(clock.pauses.length).toBe(faults.length);
        // Encrypted once; each attempt is signed anew.
        expect(spool).toMatchObject({ kept: 1, there: 0 });
        const salts = server.asked.map(({ url }) => url.searchParams.get('salt')).filter((salt) => salt !== null);
        expect(new Set(salts).size).toBe(faults.length + 1);
      },
      { spool },
    );
  });

  test('until it is given up', async () => {
    const spool = countingSpool();
    await inWorld(
      async ({ files, server }) => {
        server.faults.push(...Array.from({ length: 9 }, (): Fault => ({ do: 'status', status: 502 })));
        const error = await errorOf(() => files.upload(bytesOf(9), { filename: 'a.bin' }));
        expect(error.message).toBe('FILE_TRANSFER: the service answers 502');
        expect(server.count('POST')).toBe(3);
        expect(spool.there).toBe(0);
      },
      { spool, attempts: 3 },
    );
  });

  test('when the service takes no more bytes, or answers nothing', () =>
    inWorld(async ({ files, server, clock }) => {
      server.faults.push({ do: 'stall', at: 1 }, { do: 'stall', at: 2 * MB });
      const first = once(server.events, 'stalled');
      const upload = files.upload(bytesOf(2 * MB), { filename: 'a.bin' });
      await first;
      const second = once(server.events, 'stalled');
      await clock.expireUntilPause();
      await second;
      await clock.expireUntilPause();
      expect((await upload).url).toMatch(/\.bin$/);
      expect(server.count('POST')).toBe(3);
    }));
});

describe('an upload is refused', () => {
  test.each<readonly [number, string]>([
    [400, 'url'],
    [401, 'secret'],
    [403, 'size'],
    [413, 'size'],
    [415, 'filename'],
    [417, 'filename'],
    [418, ''],
  ])('once, with what to change: %d', (code, path) =>
    inWorld(async ({ files, server, clock }) => {
      server.faults.push({ do: 'status', status: 200, body: JSON.stringify({ code, message: 'No\nway' }) });
      const error = await errorOf(() => files.upload(bytesOf(9), { filename: 'a.bin' }));
      expect([error.code, error.path]).toEqual(['FILE_REFUSED', path]);
      expect(error.cause).toEqual(new Error('No?way'));
      expect([server.count('POST'), clock.pauses]).toEqual([1, []]);
      // Some say it by HTTP alone.
      server.faults.push({ do: 'status', status: code, body: 'no' });
      expect((await errorOf(() => files.upload(bytesOf(9), { filename: 'a.bin' }))).path).toBe(path);
    }),
  );

  test('by a service as it is: another secret, too large, another extension', () =>
    inWorld(
      async ({ files, server }) => {
        const name = { filename: 'a.png' };
        expect((await files.upload(bytesOf(990), name)).url).toMatch(/\.png$/);
        expect((await errorOf(() => files.upload(bytesOf(1000), name))).path).toBe('size');
        expect((await errorOf(() => files.upload(bytesOf(9), { filename: 'a.exe' }))).path).toBe('filename');
        expect((await errorOf(() => files.upload(bytesOf(9)))).path).toBe('filename');
        expect(server.count('POST')).toBe(4);
      },
      { server: { maxSize: 1007, extensions: ['png'] } },
    ));

  test('before a byte is sent, where the limits are known', () =>
    inWorld(
      async ({ files, server }) => {
        expect(files.limits.file).toEqual({ size: 1000, extensions: ['png', 'jpg'] });
        const cases = [
          [() => files.upload(bytesOf(1001), { filename: 'a.png' }), 'size'],
          [() => files.upload(new Blob([bytesOf(5000).slice()]).stream(), { filename: 'a.png' }), 'size'],
          // Encrypted it is larger.
          [() => files.upload(bytesOf(1000), { filename: 'a.png' }), 'size'],
          [() => files.upload(bytesOf(9), { filename: 'a.exe' }), 'filename'],
          [() => files.upload(bytesOf(9)), 'filename'],
          [() => files.uploadAvatar(bytesOf(11), { filename: 'me.png' }), 'size'],
        ] as const;
        for (const [run, path] of cases) {
          const error = await errorOf(run);
          expect([error.code, error.path]).toEqual(['FILE_REFUSED', path]);
        }
        expect(server.asked).toEqual([]);
        // The type will do where there is no name.
        await files.upload(new Blob([bytesOf(9).slice()], { type: 'image/png' }));
        expect(server.names).toEqual(['file.png']);
      },
      { service: { limits: { file: { size: 1000, extensions: ['png', 'jpg'] }, avatar: { size: 10 } } } },
    ));
});

describe('what is no file to send', () => {
  test('is told at once', () =>
    inWorld(async ({ files, server }) => {
      const locked = new Blob(['x']).stream();
      locked.getReader();
      const cases: readonly (readonly [unknown, string])[] = [
        ['text', 'source'],
        [undefined, 'source'],
        [new ArrayBuffer(3), 'source'],
        [new Float32Array(3), 'source'],
        [locked, 'source'],
      ];
      for (const [source, path] of cases) {
        const error = await errorOf(() => files.upload(source as Blob, { filename: 'a.bin' }));
        expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
      }
      const bad = [
        [{ filename: '../a.bin' }, 'filename'],
        [{ filename: 'con.png' }, 'filename'],
        [{ kind: 'folder' }, 'kind'],
        [{ algorithm: 'ROT13' }, ''],
        [{ algorithm: 'PLAIN' }, 'algorithm'],
        [{ kind: 'image', thumbnail: 'no picture' }, 'thumbnail.data'],
        [{ content: { time: -1 } }, 'time'],
      ] as const;
      for (const [options, path] of bad) {
        const error = await errorOf(() => files.upload(bytesOf(9), { filename: 'a.bin', ...(options as object) }));
        expect([error.code, error.path]).toEqual([path === '' ? 'UNSUPPORTED_ALGORITHM' : 'USAGE_ARGUMENT', path]);
      }
      expect((await errorOf(() => files.uploadAvatar(new Blob([]), { filename: 'a.png' }))).path).toBe('picture');
      expect(server.asked).toEqual([]);
    }));

  test('a file whose own name cannot be written everywhere is sent without it', () =>
    inWorld(async ({ files }) => {
      const content = await files.upload(new File(['x'], 'at 12:30?.txt'));
      expect(content.filename).toBe('file.txt');
    }));

  test.each(['early', 'late', 'broken'] as const)('a source that ends %s is not sent', (how) =>
    inWorld(async ({ files, server }) => {
      class Changed extends Blob {
        override get size(): number {
          return how === 'early' ? 200_000 : how === 'late' ? 50_000 : 100_000;
        }
        override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
          if (how !== 'broken') return super.stream();
          return new ReadableStream({
            pull() {
              throw new Error('EIO');
            },
          });
        }
      }
      const source = new Changed([bytesOf(100_000).slice()]);
      const error = await errorOf(() => files.upload(source, { filename: 'a.bin' }));
      expect([error.code, error.path]).toEqual(['FILE_DAMAGED', 'source']);
      expect(server.asked).toEqual([]);
    }),
  );

  test('a listener that throws ends the transfer', () =>
    inWorld(async ({ files }) => {
      const cause = new Error('of the application');
      for (const phase of ['preparing', 'sending']) {
        const error = await errorOf(() =>
          files.upload(bytesOf(MB), {
            filename: 'a.bin',
            onProgress(progress) {
              if (progress.phase === phase && progress.done > 0) throw cause;
            },
          }),
        );
        expect([error.code, error.path, error.cause]).toEqual(['USAGE_ARGUMENT', 'onProgress', cause]);
      }
    }));
});
