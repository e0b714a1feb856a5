import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { TEST_CERTIFICATE, TEST_KEY } from '../listener/certificate.ts';
import { RawClient } from '../listener/serve.ts';
import { removeFolders } from '../operation/folders.ts';
import { ask } from '../web/ask.ts';
import { closeWebStations, someBytes, upload, webStation, type WebStation } from '../web/web-station.ts';
import { END, head, KIB, multipart, onDisk, PART, pathOf, post, until } from './forms.ts';

afterEach(closeWebStations);
afterAll(removeFolders);

describe('what is no upload', () => {
  test.each([
    ['nothing', '', multipart],
    ['no form', 'hello', { 'content-type': 'text/plain' }],
    ['a form without a boundary', `${PART}x${END}`, { 'content-type': 'multipart/form-data' }],
    ['another kind of form', 'file=x', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['no type', `${PART}x${END}`, {}],
    ['a form that does not end', `${PART}half of it`, multipart],
    ['garbage', '\0'.repeat(1000), multipart],
    ['a part without its headers', '--b\r\n\r\nx\r\n--b--\r\n', multipart],
    [
      'a header without an end',
      `--b\r\nContent-Disposition: form-data; name="file"; x="${'y'.repeat(100_000)}`,
      multipart,
    ],
    ['another part', PART.replace('"file"', '"other"') + 'x' + END, multipart],
    ['a name that is none', PART.replace('"file"', '"__proto__"') + 'x' + END, multipart],
    [
      'a boundary that is long',
      `${PART}x${END}`,
      { 'content-type': `multipart/form-data; boundary=${'b'.repeat(5000)}` },
    ],
  ])('%s is said to be none, and leaves nothing', async (_what, body, headers) => {
    const station = await webStation();
    const { status, code } = await post(station, body, headers);
    expect([status, [204, 400].includes(code)]).toEqual([200, true]);
    expect([onDisk(station), station.files.kept.bytes]).toEqual([[], 0]);
  });

  test('other parts beside the file are passed over', async () => {
    const station = await webStation();
    const other = PART.replace('"file"', '"other"');
    expect((await post(station, `${other}y\r\n${PART}x\r\n${PART}z${END}`)).code).toBe(200);
    const [name = ''] = onDisk(station);
    expect(readFileSync(join(station.path, name), 'utf8')).toBe('x');
  });

  test.each(['nobody', '..', '%2e%2e', 'everyone@everywhere%00', '%0d%0aX-Evil:1'])(
    'an ID that is none: %s',
    async (id) => {
      const station = await webStation();
      const { text, headers } = await ask(station.url, `/upload/${id}/file`, {
        method: 'POST',
        headers: multipart,
        body: `${PART}x${END}`,
      });
      expect([(JSON.parse(text) as { readonly code: number }).code, headers['x-evil']]).toEqual([400, undefined]);
      expect(onDisk(station)).toEqual([]);
    },
  );
});

describe('room', () => {
  test('a file that is too large is refused before it comes, or as soon as it is', async () => {
    const station = await webStation({ fileBytes: 64 * KIB });
    expect((await upload(station, someBytes(100 * KIB))).code).toBe(413);
    expect((await upload(station, someBytes(64 * KIB + 1))).code).toBe(413);
    const client = await RawClient.open(station);
    await client.write(`${head('chunked')}${PART.length.toString(16)}\r\n${PART}\r\n`);
    const piece = 'x'.repeat(16 * KIB);
    for (let count = 0; count < 5; count++) await client.write(`${piece.length.toString(16)}\r\n${piece}\r\n`);
    await client.until((received) => received.includes('"code":413'));
    expect((await upload(station, someBytes(64 * KIB))).code).toBe(200);
    expect(onDisk(station)).toHaveLength(1);
  });

  test('one address alone fills half, and others have the rest', async () => {
    const station = await webStation({ totalBytes: 1024 * KIB, proxies: new Set(['127.0.0.1']) });
    const from = (address: string) => ({ 'x-forwarded-for': address });
    const codes: number[] = [];
    for (let count = 0; count < 6; count++)
      codes.push((await upload(station, someBytes(128 * KIB), from('198.51.100.7'))).code);
    expect(codes).toEqual([200, 200, 200, 200, 507, 507]);
    expect((await upload(station, someBytes(128 * KIB), from('2001:db8::1'))).code).toBe(200);
    expect((await upload(station, someBytes(128 * KIB), from('2001:db8:0:0:5::2'))).code).toBe(200);
    expect((await upload(station, someBytes(128 * KIB), from('2001:db8:0:1::1'))).code).toBe(200);
  });

  test('many small files take as much as they cost', async () => {
    const station = await webStation({ totalBytes: 256 * KIB });
    let kept = 0;
    while ((await upload(station, someBytes(1))).code === 200) kept += 1;
    expect(kept).toBe(8);
  });

  test('what one says, whose room is over, is said so, and logged seldom', async () => {
    const lines: unknown[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (event: string) => void lines.push(event),
      error: (event: string) => void lines.push(event),
    };
    const station = await webStation({ totalBytes: 100 * KIB, logger });
    for (let count = 0; count < 20; count++) {
      const { code, message } = await upload(station, someBytes(120 * KIB));
      expect([code, message]).toEqual([507, 'There is no more room for files here. Some go each day.']);
    }
    expect(lines).toEqual(['there is no room for a file']);
  });
});

describe('who is slow, or leaves', () => {
  test('an upload that breaks off leaves nothing', async () => {
    const station = await webStation();
    for (const cut of [0, 10, PART.length, PART.length + 50_000]) {
      const client = await RawClient.open(station);
      await client.write(head(200_000) + (PART + 'x'.repeat(60_000)).slice(0, cut));
      if (cut > PART.length) await until(() => station.files.kept.bytes > 16 * KIB);
      client.socket.destroy();
      await client.closed;
    }
    await until(() => station.files.kept.bytes === 0);
    await until(() => onDisk(station).length === 0);
    expect(station.files.kept).toEqual({ files: 0, bytes: 0 });
  });

  test.each([
    ['over TCP', async (station: WebStation) => RawClient.open(station)],
    ['over TLS', async (station: WebStation) => RawClient.openTls(station)],
  ])('%s a slow one is ended, and one that comes on is not', async (_how, open) => {
    const station = await webStation({
      fileBytes: 512 * KIB,
      listen: { tls: { key: TEST_KEY, cert: TEST_CERTIFICATE } },
    });
    const [slow, fair] = [await open(station), await open(station)];
    const total = 400_000;
    for (const client of [slow, fair]) await client.write(head(PART.length + total + END.length) + PART);
    await until(() => station.files.kept.bytes === 32 * KIB);
    await slow.write('x'.repeat(1000));
    await fair.write('x'.repeat(total));
    // The end of what has come may be the beginning of the end of the part.
    await until(() => station.files.kept.bytes > 16 * KIB + total - 100);
    await station.clock.advance(61);
    await slow.closed;
    await fair.write(END);
    await fair.until((received) => received.includes('"code":200'));
    expect(station.files.kept.files).toBe(1);
    await until(() => onDisk(station).length === 1);
  });

  test('few at once of one address', async () => {
    const station = await webStation();
    const clients = await Promise.all(Array.from({ length: 8 }, async () => RawClient.open(station)));
    for (const client of clients) await client.write(head(1000) + PART);
    await until(() => station.files.kept.bytes === 8 * 16 * KIB);
    expect((await upload(station, someBytes(10))).code).toBe(429);
    for (const client of clients) client.socket.destroy();
    await until(() => station.files.kept.bytes === 0);
    expect((await upload(station, someBytes(10))).code).toBe(200);
  });

  test('who leaves during a download holds no file open', async () => {
    const station = await webStation({ fileBytes: 8 * 1024 * KIB, totalBytes: 64 * 1024 * KIB });
    const { url } = await upload(station, new Uint8Array(8 * 1024 * KIB));
    const open = (): number => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let count = 0; count < 20; count++) {
      const client = await RawClient.open(station);
      await client.write(`GET ${pathOf(url)} HTTP/1.1\r\nHost: x\r\n\r\n`);
      await client.until((received) => received.length > 1000);
      client.socket.destroy();
      await client.closed;
    }
    await until(() => open() <= before);
    expect((await ask(station.url, pathOf(url))).status).toBe(200);
  });

  test('an end of the station leaves nothing of what was coming', async () => {
    const station = await webStation();
    const client = await RawClient.open(station);
    await client.write(head(100_000) + PART + 'x'.repeat(50_000));
    await until(() => station.files.kept.bytes > 16 * KIB);
    await station.close();
    expect(onDisk(station)).toEqual([]);
  });
});
