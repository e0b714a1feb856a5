import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { httpFileService } from 'dimsdk';
import { TestClock } from 'dimtestkit/network';
import { stationDim } from '../../src/operation/dim.ts';
import { newFolder, removeFolders } from '../operation/folders.ts';
import { RawClient } from '../listener/serve.ts';
import { ask } from '../web/ask.ts';
import { closeWebStations, ID_TEXT, someBytes, upload, webStation, type WebStation } from '../web/web-station.ts';

afterEach(closeWebStations);
afterAll(removeFolders);

const KIB = 1024;
const DAY = 24 * 60 * 60;

/** What is in the folder. */
function onDisk({ path }: Pick<WebStation, 'path'>): readonly string[] {
  return readdirSync(path).toSorted();
}

function pathOf(url: string | undefined): string {
  return new URL(url ?? '').pathname;
}

describe('a file', () => {
  test('comes as clients send it, and goes as clients fetch it', async () => {
    const station = await webStation();
    const service = httpFileService({ upload: { file: `${station.url}/upload/{ID}/file?md5=x` } });
    const { signal } = new AbortController();
    const sender = stationDim().ID.parse(ID_TEXT);
    const bytes = someBytes(200_000);
    const request = { sender, purpose: 'file', name: 'file.png', signal, onSent: () => undefined } as const;
    const { url } = await service.upload(new Blob([bytes]), request);
    expect(url).toMatch(new RegExp(`^${station.url}/files/[0-9a-f]{32}$`));
    const { stream, size } = await service.download(url, { signal });
    expect(size).toBe(bytes.length);
    expect(new Uint8Array(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer())).toEqual(
      bytes,
    );
    const rest = await service.download(url, { signal, from: 150_000 });
    expect(rest.from).toBe(150_000);
    expect(
      new Uint8Array(await new Response(rest.stream as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer()),
    ).toEqual(bytes.slice(150_000));
  });

  test('is nothing that a browser would show or run, and pages of elsewhere read it', async () => {
    const station = await webStation();
    const { url } = await upload(station, new Uint8Array(Buffer.from('<script>alert(1)</script>')));
    const { status, headers, text } = await ask(station.url, pathOf(url));
    expect([status, text]).toEqual([200, '<script>alert(1)</script>']);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'accept-ranges': 'bytes',
    });
    expect(headers['access-control-allow-credentials']).toBeUndefined();
    const part = await ask(station.url, pathOf(url), { headers: { range: 'bytes=1-6' } });
    expect([part.status, part.text, part.headers['content-range']]).toEqual([206, 'script', 'bytes 1-6/25']);
    expect((await ask(station.url, pathOf(url), { headers: { range: 'bytes=25-' } })).status).toBe(416);
    expect((await ask(station.url, pathOf(url), { headers: { range: 'bytes=-8' } })).text).toBe('/script>');
    expect((await ask(station.url, pathOf(url), { method: 'HEAD' })).headers['content-length']).toBe('25');
    const preflight = await ask(station.url, pathOf(url), { method: 'OPTIONS' });
    expect(preflight.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': 'Range',
    });
  });

  test('twice is two files, each whole', async () => {
    const station = await webStation();
    const bytes = someBytes(50_000);
    const [one, other] = await Promise.all([upload(station, bytes), upload(station, bytes)]);
    expect(one?.url).not.toBe(other?.url);
    for (const answer of [one, other])
      expect(Buffer.compare((await ask(station.url, pathOf(answer?.url))).body, bytes)).toBe(0);
    expect(onDisk(station)).toHaveLength(2);
  });

  test('is for its owner alone on the disk, and there after a restart, whose room it takes', async () => {
    const station = await webStation({ totalBytes: 160 * KIB });
    const { url } = await upload(station, someBytes(60 * KIB));
    const [name = ''] = onDisk(station);
    expect((statSync(join(station.path, name)).mode & 0o777).toString(8)).toBe('600');
    expect((statSync(station.path).mode & 0o777).toString(8)).toBe('700');
    await station.close();
    const again = await webStation({ path: station.path, engine: station.engine, totalBytes: 100 * KIB });
    expect(again.files.kept).toEqual({ files: 1, bytes: 60 * KIB });
    expect((await ask(again.url, pathOf(url))).body).toHaveLength(60 * KIB);
    expect((await upload(again, someBytes(60 * KIB))).code).toBe(507);
    expect((await upload(again, someBytes(20 * KIB))).code).toBe(200);
  });

  test('goes when it is old, and makes room', async () => {
    const station = await webStation({ daysKept: 1 });
    const { url } = await upload(station, someBytes(100));
    for (let step = 0; step < 144; step++) await station.clock.advance(DAY / 144);
    expect((await ask(station.url, pathOf(url))).status).toBe(200);
    for (let step = 0; step < 3; step++) await station.clock.advance(DAY / 144);
    await until(() => station.files.kept.files === 0);
    expect((await ask(station.url, pathOf(url))).status).toBe(404);
    expect([onDisk(station), station.files.kept.bytes]).toEqual([[], 0]);
  });

  test('is not old because a clock leaps', async () => {
    const station = await webStation();
    const { url } = await upload(station, someBytes(100));
    await station.close();
    const clock = new TestClock({ start: station.clock.now() + 400 * DAY });
    const again = await webStation({ path: station.path, engine: station.engine, clock });
    await again.clock.advance(DAY / 144);
    expect((await ask(again.url, pathOf(url))).status).toBe(200);
  });
});

/** Until something is so; what makes it so goes on by itself. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise<void>((resolve) => void setImmediate(resolve));
}

/** The head of an upload, and the beginning of its form. */
function head(length: number | 'chunked', extra = ''): string {
  const body = length === 'chunked' ? 'Transfer-Encoding: chunked' : `Content-Length: ${length}`;
  return `POST /upload/${ID_TEXT}/file HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\n${body}\r\n${extra}\r\n`;
}

const PART =
  '--b\r\nContent-Disposition: form-data; name="file"; filename="f.png"\r\nContent-Type: application/octet-stream\r\n\r\n';
const END = '\r\n--b--\r\n';

const multipart = { 'content-type': 'multipart/form-data; boundary=b' };

async function post(station: WebStation, body: string, headers: Readonly<Record<string, string>> = multipart) {
  const { status, text } = await ask(station.url, `/upload/${ID_TEXT}/file`, { method: 'POST', headers, body });
  return { status, ...(JSON.parse(text) as { readonly code: number }) };
}

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

  test('a slow one is ended, and one that comes on is not', async () => {
    const station = await webStation({ fileBytes: 512 * KIB });
    const [slow, fair] = [await RawClient.open(station), await RawClient.open(station)];
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

describe('pages', () => {
  const body = `${PART}x${END}`;
  const from = async (station: WebStation, headers: Readonly<Record<string, string>>) =>
    ask(station.url, `/upload/${ID_TEXT}/file`, { method: 'POST', headers: { ...multipart, ...headers }, body });

  test('of this station upload', async () => {
    const station = await webStation();
    const { host } = new URL(station.url);
    for (const headers of [{ origin: `http://${host}` }, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }])
      expect(JSON.parse((await from(station, headers)).text)).toMatchObject({ code: 200 });
  });

  test.each([
    ['of strangers', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of strangers in an old browser', { origin: 'https://evil.example' }],
    ['of no origin', { origin: 'null' }],
    ['that have made a name lead here', { origin: 'http://evil.example', host: 'evil.example' }],
    ['of strangers, without their name', { 'sec-fetch-site': 'cross-site' }],
    ['of neighbors', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
  ])('%s do not', async (_what, headers) => {
    const station = await webStation();
    const { status, text, headers: answered } = await from(station, headers);
    expect([status, (JSON.parse(text) as { readonly code: number }).code]).toEqual([403, 405]);
    expect(answered['access-control-allow-origin']).toBeUndefined();
    expect(onDisk(station)).toEqual([]);
  });

  test('of others upload where the operator says so', async () => {
    const station = await webStation({ origins: new Set(['https://chat.example']) });
    const headers = { origin: 'https://chat.example', 'sec-fetch-site': 'cross-site' };
    const preflight = await ask(station.url, `/upload/${ID_TEXT}/file`, { method: 'OPTIONS', headers });
    expect([preflight.status, preflight.headers['access-control-allow-origin']]).toEqual([204, 'https://chat.example']);
    const { text, headers: answered } = await from(station, headers);
    expect(JSON.parse(text)).toMatchObject({ code: 200 });
    expect(answered['access-control-allow-origin']).toBe('https://chat.example');
  });

  test('behind a proxy files have the address that the browser knows', async () => {
    const urlOf = async (options: object, headers: Readonly<Record<string, string>>) => {
      const station = await webStation(options);
      const { url } = JSON.parse((await from(station, headers)).text) as { readonly url: string };
      return url.replace(/[0-9a-f]{32}$/, '').replace(new URL(station.url).host, 'HOST');
    };
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example' };
    const proxies = new Set(['127.0.0.1']);
    expect(await urlOf({ proxies }, forwarded)).toBe('https://chat.example/files/');
    expect(await urlOf({}, forwarded)).toBe('http://HOST/files/');
    const page = { origin: 'https://chat.example', 'sec-fetch-site': 'same-origin', host: '127.0.0.1:9394' };
    expect(await urlOf({}, page)).toBe('https://chat.example/files/');
    expect(await urlOf({ publicUrl: 'https://chat.example/dim/' }, {})).toBe('https://chat.example/dim/files/');
  });

  test('a Host that is none makes no address', async () => {
    const station = await webStation();
    for (const host of ['a b', 'x"y', 'x/../y', '<x>', 'user@x'])
      expect(JSON.parse((await from(station, { host })).text)).toMatchObject({ code: 400 });
  });
});

test('what is left by a process that was killed is removed, and what is not ours stays', async () => {
  const path = join(newFolder(), 'files');
  mkdirSync(path);
  const [draft, kept] = [`${'a'.repeat(32)}.part`, 'b'.repeat(32)];
  for (const name of [draft, kept, 'README']) writeFileSync(join(path, name), 'hello');
  const station = await webStation({ path, clock: new TestClock({ start: Date.now() / 1000 }) });
  expect(onDisk(station)).toEqual(['README', kept]);
  expect(station.files.kept.files).toBe(1);
  expect((await ask(station.url, `/files/${kept}`)).text).toBe('hello');
  expect((await ask(station.url, '/files/README')).status).toBe(404);
});
