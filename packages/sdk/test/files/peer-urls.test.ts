import { describe, expect, test } from '@jest/globals';
import { NetworkFile } from 'dimp';
import { httpFileService } from '../../src/index.ts';
import type { Fault } from './file-server.ts';
import { FileServer } from './file-server.ts';
import { bytesOf, errorOf, inWorld } from './world.ts';

const signal = new AbortController().signal;

describe('a URL that a peer chose', () => {
  test.each([
    'file:///etc/passwd',
    'ftp://example.com/a',
    'data:text/plain,hi',
    'blob:http://example.com/1',
    'javascript:alert(1)',
    'http://user:password@example.com/',
    'http://user@example.com/',
    'http:///a',
    'http://\\example.com',
    '//example.com/a',
    '/download/a',
    '',
    'http://example.com/\n',
  ])('may not be %j', async (url) => {
    let asked = 0;
    const service = httpFileService({
      fetch: () => {
        asked++;
        return Promise.reject(new Error('not here'));
      },
    });
    const error = await errorOf(() => service.download(url, { signal }));
    expect([error.code, error.path, asked]).toEqual(['INPUT_FORMAT', 'URL', 0]);
  });

  test('is asked of the application', () =>
    inWorld(
      async ({ files, server }) => {
        const error = await errorOf(() => files.download(NetworkFile.parse(server.put(bytesOf(9)))));
        expect([error.code, error.path, server.asked.length]).toEqual(['FILE_REFUSED', 'URL', 0]);
      },
      { service: { allowUrl: ({ host }) => host === 'files.example.com' } },
    ));

  test('gets no cookie, no referrer, and no more than the question', async () => {
    const asked: RequestInit[] = [];
    const service = httpFileService({
      fetch: (_, init) => {
        asked.push(init ?? {});
        return Promise.resolve(new Response('x'));
      },
    });
    const { stream } = await service.download('https://example.com/a', { signal, from: 7 });
    await stream.cancel();
    const [init] = asked;
    expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'manual' });
    expect([...new Headers(init?.headers)]).toEqual([
      ['accept-encoding', 'identity'],
      ['range', 'bytes=7-'],
    ]);
  });
});

describe('a redirect', () => {
  test('is followed, also to another host', async () => {
    const other = await FileServer.start();
    try {
      await inWorld(async ({ files, server }) => {
        const target = other.put(bytesOf(9));
        server.faults.push({ do: 'redirect', to: '/download/x/2.bin' }, { do: 'redirect', to: target });
        const blob = await files.download(NetworkFile.parse(`${server.origin}/download/x/1.bin`));
        expect(blob.size).toBe(9);
        expect(server.asked.map(({ url }) => url.pathname)).toEqual(['/download/x/1.bin', '/download/x/2.bin']);
      });
    } finally {
      await other.close();
    }
  });

  test('that leads round in a circle has an end', () =>
    inWorld(async ({ files, server }) => {
      const url = server.put(bytesOf(9));
      server.faults.push(...Array.from({ length: 50 }, (): Fault => ({ do: 'redirect', to: url })));
      const error = await errorOf(() => files.download(NetworkFile.parse(url)));
      expect(error.message).toBe('FILE_REFUSED at URL: is redirected more than 5 times');
      expect(server.count('GET')).toBe(6);
    }));

  test.each([
    ['file:///etc/passwd', 'INPUT_FORMAT'],
    ['http://user:password@127.0.0.1/', 'INPUT_FORMAT'],
    ['http://127.0.0.1.example.com/', 'FILE_REFUSED'],
    ['http://[', 'FILE_REFUSED'],
  ])('to %s is not', (to, code) =>
    inWorld(
      async ({ files, server }) => {
        const url = server.put(bytesOf(9));
        server.faults.push({ do: 'redirect', to });
        expect((await errorOf(() => files.download(NetworkFile.parse(url)))).code).toBe(code);
        expect(server.count('GET')).toBe(1);
      },
      { service: { allowUrl: ({ hostname }) => hostname === '127.0.0.1' } },
    ),
  );

  test('does not lead from https to http, nor to nowhere', async () => {
    for (const location of ['http://example.com/a', undefined]) {
      const headers = location === undefined ? {} : { location };
      const service = httpFileService({ fetch: () => Promise.resolve(new Response(null, { status: 302, headers })) });
      const error = await errorOf(() => service.download('https://example.com/a', { signal }));
      expect([error.code, error.path]).toEqual(['FILE_REFUSED', 'URL']);
    }
  });

  test('of a browser, which follows by itself, is looked at in the end', async () => {
    const modes: unknown[] = [];
    let cancelled = 0;
    function fetchOf(end: string): typeof fetch {
      return (_, init) => {
        modes.push(init?.redirect);
        const body = new ReadableStream<Uint8Array>({ cancel: () => void cancelled++ });
        const response = new Response(init?.redirect === 'manual' ? null : body);
        const seen = init?.redirect === 'manual' ? { type: 'opaqueredirect', status: 0 } : { url: end };
        return Promise.resolve(
          new Proxy(response, {
            get: (of, name) =>
              Reflect.get({ ...seen, status: 200, headers: of.headers, body: of.body, ...seen }, name) as unknown,
          }),
        );
      };
    }
    const allowUrl = ({ host }: URL): boolean => host === 'example.com';
    const good = httpFileService({ fetch: fetchOf('https://example.com/b'), allowUrl });
    expect((await good.download('https://example.com/a', { signal })).from).toBe(0);
    expect(modes).toEqual(['manual', 'follow']);
    for (const end of ['https://example.org/b', 'http://example.com/b', 'data:,x']) {
      const bad = httpFileService({ fetch: fetchOf(end), allowUrl });
      expect((await errorOf(() => bad.download('https://example.com/a', { signal }))).path).toBe('URL');
    }
    expect(cancelled).toBe(3);
  });
});

describe('what a service answers to a download', () => {
  test.each([
    [400, 'FILE_REFUSED'],
    [401, 'FILE_REFUSED'],
    [403, 'FILE_REFUSED'],
    [404, 'FILE_REFUSED'],
    [410, 'FILE_REFUSED'],
    [408, 'FILE_TRANSFER'],
    [416, 'FILE_TRANSFER'],
    [429, 'FILE_TRANSFER'],
    [304, 'FILE_TRANSFER'],
    [500, 'FILE_TRANSFER'],
    [503, 'FILE_TRANSFER'],
  ])('%d is %s', (status, code) =>
    inWorld(
      async ({ files, server }) => {
        server.faults.push({ do: 'status', status });
        expect((await errorOf(() => files.download(NetworkFile.parse(server.put(bytesOf(9)))))).code).toBe(code);
      },
      { attempts: 1 },
    ),
  );

  test.each<readonly [string, Record<string, string>, number | undefined]>([
    ['a length', { 'content-length': '12' }, 12],
    ['none', {}, undefined],
    ['nonsense', { 'content-length': '-1' }, undefined],
    ['a length of what is compressed', { 'content-length': '12', 'content-encoding': 'gzip' }, undefined],
    ['what no number can hold', { 'content-length': '9999999999999999' }, undefined],
  ])('tells %s', async (_, headers, size) => {
    const service = httpFileService({ fetch: () => Promise.resolve(new Response('x', { headers })) });
    const body = await service.download('https://example.com/a', { signal });
    expect([body.size, body.from]).toEqual([size, 0]);
  });

  test('may be the rest, and no other part', async () => {
    async function rest(range: string | undefined): Promise<unknown> {
      const headers = range === undefined ? {} : { 'content-range': range };
      const service = httpFileService({
        fetch: () => Promise.resolve(new Response('x', { status: 206, headers: { ...headers, etag: '"1"' } })),
      });
      const { from, size, version } = await service.download('https://example.com/a', { signal, from: 5 });
      return { from, size, version };
    }
    expect(await rest('bytes 5-5/6')).toEqual({ from: 5, size: 6, version: '"1"' });
    expect(await rest('bytes 5-5/*')).toEqual({ from: 5, size: undefined, version: '"1"' });
    expect(await rest(undefined)).toEqual({ from: 5, size: undefined, version: '"1"' });
    expect((await errorOf(() => rest('bytes 4-5/6'))).code).toBe('FILE_TRANSFER');
  });

  test('may be nothing: an empty file', () =>
    inWorld(async ({ files, server }) => {
      server.faults.push({ do: 'status', status: 204 });
      expect((await files.download(NetworkFile.parse(server.put(bytesOf(9))))).size).toBe(0);
    }));
});
