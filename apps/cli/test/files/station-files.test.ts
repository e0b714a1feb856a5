/** The file service of a station: used where it has one, and nothing that it says leads elsewhere. */
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { dim as program } from '../../src/home/dim.ts';
import { allowedUrl } from '../../src/messages/allowed-url.ts';
import { stationFiles, stationUrl } from '../../src/messages/station-files.ts';
import { readStationPlace } from '../../src/station/station-address.ts';
import { startStation } from '../chat/real-station.ts';
import { temporaryFolder } from '../run.ts';

const { signal } = new AbortController();
const sender = program.ID.parse('0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b');
const request = { sender, purpose: 'file', name: 'file.png', signal, onSent: () => undefined } as const;

function serviceAt(address: string) {
  const url = stationUrl(readStationPlace(address));
  return { url, service: stationFiles(url, allowedUrl(undefined, url)) };
}

test('a file goes to the station, and comes from it', { skip: process.platform === 'win32' }, async () => {
  const station = await startStation(temporaryFolder(), '--files-total-bytes', '64MiB');
  try {
    const { service } = serviceAt(station.address);
    const { url } = await service.upload(new Blob(['hello']), request);
    const { stream } = await service.download(url, { signal });
    assert.equal(await new Response(stream as ReadableStream<Uint8Array<ArrayBuffer>>).text(), 'hello');
    const elsewhere = new URL(url);
    elsewhere.pathname = '/config.json';
    await assert.rejects(service.download(elsewhere.href, { signal }), { code: 'FILE_REFUSED' });
    elsewhere.pathname = '/files/x';
    elsewhere.port = '1';
    await assert.rejects(service.download(elsewhere.href, { signal }), { code: 'FILE_REFUSED' });
  } finally {
    await station.end();
  }
});

test('a station that keeps none, names another, or does not answer', async () => {
  let answer = '{}';
  const server = createServer((_, response) => void response.end(answer));
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  after(() => server.close());
  const { service } = serviceAt(`127.0.0.1:${(server.address() as AddressInfo).port}`);
  for (const [text, reason] of [
    ['{}', /this station has none: say which with --files URL/],
    ['{"files":1}', /has none/],
    ['no JSON', /has none/],
    ['{"files":"https://evil.example/upload/{ID}/file"}', /not its own/],
    ['{"files":"//evil.example/{ID}"}', /not its own/],
    ['{"files":"data:x"}', /not its own/],
  ] as const) {
    answer = text;
    await assert.rejects(service.upload(new Blob(['x']), request), { code: 'USAGE_ARGUMENT', reason });
  }
  const { service: nobody } = serviceAt('127.0.0.1:1');
  await assert.rejects(nobody.upload(new Blob(['x']), request), { code: 'CONNECTION_FAILED' });
});

test('where a station answers HTTP follows from where it is', () => {
  for (const [address, url] of [
    ['chat.example', 'http://chat.example:9394/'],
    ['tls://[::1]:9394', 'https://[::1]:9394/'],
    ['wss://chat.example/dim/', 'https://chat.example/dim/'],
    ['wss://chat.example/dim?x=/', 'https://chat.example/dim/'],
    ['ws://chat.example:8080', 'http://chat.example:8080/'],
  ] as const)
    assert.equal(stationUrl(readStationPlace(address)).href, url);
});
