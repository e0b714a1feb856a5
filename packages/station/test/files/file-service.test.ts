import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { httpFileService } from 'dimsdk';
import { TestClock } from 'dimtestkit/network';
import { stationDim } from '../../src/operation/dim.ts';
import { newFolder, removeFolders } from '../operation/folders.ts';
import { ask } from '../web/ask.ts';
import { closeWebStations, ID_TEXT, someBytes, upload, webStation } from '../web/web-station.ts';
import { KIB, onDisk, pathOf, until } from './forms.ts';

afterEach(closeWebStations);
afterAll(removeFolders);

const DAY = 24 * 60 * 60;

async function bytesOf(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces);
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
    expect(Buffer.compare(await bytesOf(stream), bytes)).toBe(0);
    const rest = await service.download(url, { signal, from: 150_000 });
    expect(rest.from).toBe(150_000);
    expect(Buffer.compare(await bytesOf(rest.stream), bytes.subarray(150_000))).toBe(0);
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
