/** Whose pages may open a WebSocket: of browsers that say where a page is from, and of all other programs. */
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { removeFolders } from '../operation/folders.ts';
import { mayConnect, type ConnectRules } from '../../src/web/may-connect.ts';
import { closeWebStations, webStation } from './web-station.ts';

afterEach(closeWebStations);
afterAll(removeFolders);

const PUBLIC: ConnectRules = {
  origins: undefined,
  publicHost: 'chat.example',
  publicUrl: undefined,
  proxies: new Set(),
  hasPage: true,
  isForMachine: false,
};
const TRIED: ConnectRules = { ...PUBLIC, publicHost: undefined, isForMachine: true };

async function stationWith(rules: Partial<ConnectRules>) {
  const warned: unknown[] = [];
  const nothing = (): void => undefined;
  const logger = {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (event: string, details: object = {}) => void warned.push({ event, ...details }),
  };
  const station = await webStation({ logger, listen: { mayConnect: mayConnect({ ...PUBLIC, ...rules }) } });
  return { ...station, warned };
}

/** @returns `open`, or why not */
async function connect(
  { url }: { readonly url: string },
  origin: string | undefined,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const all = { ...headers, ...(origin !== undefined && { Origin: origin }) };
  const socket = new WebSocket(url.replace('http', 'ws'), { headers: all });
  const is = await new Promise<string>((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('error', ({ message }) => resolve(message));
  });
  socket.terminate();
  return is;
}

describe('a station with a page', () => {
  test('takes its own page and programs that are no browser, and no page of elsewhere', async () => {
    const station = await stationWith({});
    const elsewhere = 'https://mallory.example';
    expect(await connect(station, undefined)).toBe('open');
    expect(await connect(station, 'https://chat.example')).toBe('open');
    expect(await connect(station, 'https://chat.example:8443')).toBe('open');
    expect(await connect(station, elsewhere)).toContain('403');
    expect(await connect(station, 'null')).toContain('403');
    expect(await connect(station, 'https://chat.example.mallory.example')).toContain('403');
    expect(station.warned).toEqual([{ event: 'a page may not connect', origin: elsewhere, others: 0 }]);
  });

  test('takes the page at whatever name it was asked by, also behind a proxy that takes TLS away', async () => {
    const station = await stationWith({ publicHost: undefined });
    expect(await connect(station, 'https://box.local:9394', { Host: 'box.local:9394' })).toBe('open');
    expect(await connect(station, 'https://box.local', { Host: 'box.local:9394' })).toContain('403');
    const named = await stationWith({ publicHost: undefined, publicUrl: 'https://chat.example/dim/' });
    expect(await connect(named, 'https://chat.example')).toBe('open');
    expect(await connect(named, 'http://box.local', { Host: 'box.local' })).toContain('403');
  });

  test('takes those that the operator names, or all', async () => {
    const station = await stationWith({ origins: new Set(['https://web.example']) });
    expect(await connect(station, 'https://web.example')).toBe('open');
    expect(await connect(station, 'http://web.example')).toContain('403');
    expect(await connect(station, 'https://chat.example')).toBe('open');
    const open = await stationWith({ origins: new Set(['*']) });
    expect(await connect(open, 'https://mallory.example')).toBe('open');
    expect(await connect(open, 'null')).toBe('open');
  });
});

describe('a station without a page', () => {
  test('takes the pages of all, as those of its clients are elsewhere', async () => {
    const station = await stationWith({ hasPage: false });
    expect(await connect(station, 'https://web.example')).toBe('open');
  });

  test('takes those that the operator names, and no others', async () => {
    const station = await stationWith({ hasPage: false, origins: new Set(['https://web.example']) });
    expect(await connect(station, 'https://web.example')).toBe('open');
    expect(await connect(station, 'https://mallory.example')).toContain('403');
  });
});

describe('a station for this machine alone', () => {
  test.each([true, false])(
    'takes pages of this machine, and none of the internet; with a page: %s',
    async (hasPage) => {
      const station = await stationWith({ ...TRIED, hasPage });
      expect(await connect(station, station.url)).toBe('open');
      expect(await connect(station, 'http://localhost:5173')).toBe('open');
      expect(await connect(station, 'http://[::1]:5173')).toBe('open');
      expect(await connect(station, 'https://mallory.example')).toContain('403');
    },
  );

  test('is not reached by a name that a stranger lets lead to it', async () => {
    const station = await stationWith(TRIED);
    const name = 'rebound.mallory.example:9394';
    expect(await connect(station, `http://${name}`, { Host: name })).toContain('403');
  });
});
