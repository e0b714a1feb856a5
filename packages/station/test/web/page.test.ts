import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { readPage } from '../../src/web/page-files.ts';
import { newFolder, removeFolders } from '../operation/folders.ts';
import { ask } from './ask.ts';
import { closeWebStations, ID_TEXT, pageFolder, webStation, type WebStationOptions } from './web-station.ts';

afterEach(closeWebStations);
afterAll(removeFolders);

const LONG = `export const words = [${'"again and again", '.repeat(400)}];\n`;

async function withPage(files: Readonly<Record<string, string>> = {}, options: WebStationOptions = {}) {
  const folder = pageFolder(files);
  return { ...(await webStation({ page: await readPage(folder), ...options })), folder };
}

describe('a page', () => {
  test('is given whole, with what keeps it from doing more than it must', async () => {
    const { url } = await withPage();
    const { status, headers, text } = await ask(url, '/');
    expect([status, text]).toEqual([200, '<!doctype html><title>DIM</title>']);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-cache',
    });
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toEqual(
      expect.arrayContaining(["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"]),
    );
    expect(policy.find((part) => part.startsWith('connect-src'))).toBe(
      `connect-src 'self' ${['ws', 'wss'].map((scheme) => `${scheme}://${new URL(url).host}`).join(' ')}`,
    );
    expect(String(headers['permissions-policy'])).toMatch(/camera=\(self\), microphone=\(self\), .*geolocation=\(\)/);
    expect((await ask(url, '/', { method: 'HEAD' })).text).toBe('');
  });

  test('connects where the operator lets it, and a Host that is none gets into no header', async () => {
    const { url } = await withPage({}, { connect: ['https://files.example'] });
    const headers = { Host: "x; script-src 'unsafe-inline'" };
    const answer = await ask(url, '/', { headers });
    expect(answer.headers['content-security-policy']).toContain("connect-src 'self' https://files.example;");
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
  });

  test('is packed for those who unpack it, and not sent again to those who have it', async () => {
    const { url } = await withPage({ 'assets/chat-BgXk31ab.js': LONG, 'sw.js': LONG });
    const path = '/assets/chat-BgXk31ab.js';
    const plain = await ask(url, path);
    const brotli = await ask(url, path, { headers: { 'accept-encoding': 'gzip, br' } });
    const gzip = await ask(url, path, { headers: { 'accept-encoding': 'gzip, br;q=0' } });
    expect(plain.text).toBe(LONG);
    expect(brotliDecompressSync(brotli.body).toString()).toBe(LONG);
    expect(gunzipSync(gzip.body).toString()).toBe(LONG);
    expect(brotli.body.length).toBeLessThan(LONG.length / 10);
    expect([plain, brotli, gzip].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, 'br', 'gzip']);
    expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await ask(url, '/sw.js')).headers['cache-control']).toBe('no-cache');
    expect(plain.headers['content-type']).toBe('text/javascript; charset=utf-8');
    const again = await ask(url, path, { headers: { 'if-none-match': `W/"x", ${String(plain.headers.etag)}` } });
    expect([again.status, again.text]).toEqual([304, '']);
  });

  test('says what a page of this station uses, from wherever it is', async () => {
    const { url } = await withPage({ 'config.json': '{"station":"wss://elsewhere.example/"}' });
    expect(JSON.parse((await ask(url, '/config.json')).text)).toEqual({
      station: './',
      id: ID_TEXT,
      files: './upload/{ID}/file',
      fileBytes: 2 ** 18,
    });
  });

  test('gives nothing beside the page', async () => {
    const folder = pageFolder({ 'assets/a.css': 'a{}', '.git/config': 'secret', 'assets/.env': 'secret' });
    mkdirSync(`${folder}-beside`, { recursive: true });
    const outside = newFolder();
    writeFileSync(join(outside, 'secret.txt'), 'secret');
    symlinkSync(outside, join(folder, 'out'));
    const { url } = await webStation({ page: await readPage(folder) });
    expect((await ask(url, '/assets/a.css')).text).toBe('a{}');
    for (const path of [
      '/.git/config',
      '/assets/.env',
      '/out/secret.txt',
      '/../../../../etc/passwd',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%2f..%2fetc/passwd',
      '/assets/..\\..\\secret.txt',
      '//etc/passwd',
      '/assets',
      '/assets/',
      '/index.html/',
      '/index.html%00.css',
      '/__proto__',
      '/constructor',
      '/files/../index.html',
      `/files/${'0'.repeat(32)}`,
    ]) {
      const { status, text } = await ask(url, path);
      expect([path, status, text]).toEqual([path, 404, 'Not found.\n']);
    }
    expect((await ask(url, '/%')).status).toBe(400);
    expect((await ask(url, '/index.html', { method: 'DELETE' })).status).toBe(405);
    expect((await ask(url, '/index.html', { method: 'POST', body: 'x'.repeat(100_000) })).status).toBe(405);
  });

  test('stays as it was at the start, whatever becomes of the folder', async () => {
    const { url, folder } = await withPage({ 'assets/chat-BgXk31ab.js': LONG });
    writeFileSync(join(folder, 'index.html'), 'half of a');
    rmSync(join(folder, 'assets'), { recursive: true });
    expect((await ask(url, '/')).text).toBe('<!doctype html><title>DIM</title>');
    expect((await ask(url, '/assets/chat-BgXk31ab.js')).text).toBe(LONG);
  });

  test('any path and any range are answered', async () => {
    const { url } = await withPage();
    for (const headers of [
      { range: 'bytes=5-2' },
      { range: 'bytes=-1' },
      { range: 'bytes=999999999999999999999-' },
      { range: 'lines=1-2' },
      { 'if-none-match': '"' },
      { 'accept-encoding': 'br;q=0.000,,;;' },
    ])
      expect((await ask(url, '/', { headers })).text).toBe('<!doctype html><title>DIM</title>');
    const seed = randomBytes(4).readUInt32LE();
    let state = seed;
    const next = (): number => (state = (state * 1_664_525 + 1_013_904_223) >>> 0);
    for (let count = 0; count < 200; count++) {
      const path = `/${Array.from({ length: next() % 40 }, () => '%./\\a~:?#@&=+'[next() % 14]).join('')}`;
      const { status } = await ask(url, path.replaceAll('#', ''));
      expect({ seed, path, isAnswered: [200, 400, 404].includes(status) }).toEqual({ seed, path, isAnswered: true });
    }
  });
});

describe('a folder', () => {
  test.each([
    ['without a page', async () => newFolder(), 'has no index.html'],
    ['that is not there', async () => join(newFolder(), 'none'), 'cannot be read'],
  ])('%s is refused', async (_what, make, why) => {
    const folder = await make();
    await expect(readPage(folder)).rejects.toMatchObject({
      code: 'USAGE_ARGUMENT',
      reason: `web must be a folder with a page: ${folder} ${why}`,
    });
  });
});
