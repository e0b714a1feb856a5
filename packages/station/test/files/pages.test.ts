import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { removeFolders } from '../operation/folders.ts';
import { ask } from '../web/ask.ts';
import { closeWebStations, ID_TEXT, webStation, type WebStation } from '../web/web-station.ts';
import { END, multipart, onDisk, PART } from './forms.ts';

afterEach(closeWebStations);
afterAll(removeFolders);

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
