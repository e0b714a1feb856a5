/** Addresses, as URLs. */
import { describe, expect, test } from '@jest/globals';
import { stationUrl } from '../../src/transport/station-url.ts';
import { errorOf } from '../../../../tests/support/error-of.ts';

describe('stationUrl', () => {
  test.each([
    [{ host: '127.0.0.1', port: 9394 }, 'ws://127.0.0.1:9394/'],
    [{ host: 'station.example', port: 1, path: '/dim' }, 'ws://station.example:1/dim'],
    [{ host: 'station.example.', port: 65_535, path: '/a?b=c' }, 'ws://station.example.:65535/a?b=c'],
    [{ host: '::1', port: 9394 }, 'ws://[::1]:9394/'],
    [{ host: 'fe80::1%eth0', port: 9394 }, 'ws://[fe80::1%eth0]:9394/'],
    [{ host: 'münchen.example', port: 9394 }, 'ws://münchen.example:9394/'],
    [{ host: 'my_station-1', port: 9394 }, 'ws://my_station-1:9394/'],
  ])('%j', (address, url) => {
    expect(stationUrl('ws', address)).toBe(url);
    expect(stationUrl('tcp', address)).toBe(url.replace(/^ws/, 'tcp').replace(/(?<=:\d+)\/.*/, ''));
  });

  test.each([
    [{ host: 'evil.example/path?', port: 9394 }, 'host'],
    [{ host: 'user@evil.example', port: 9394 }, 'host'],
    [{ host: 'evil.example#', port: 9394 }, 'host'],
    [{ host: '', port: 9394 }, 'host'],
    [{ host: ' ', port: 9394 }, 'host'],
    [{ host: '[::1]', port: 9394 }, 'host'],
    [{ host: '-rf', port: 9394 }, 'host'],
    [{ host: 'a\r\nHost: b', port: 9394 }, 'host'],
    [{ host: 'a'.repeat(254), port: 9394 }, 'host'],
    [{ host: 1, port: 9394 }, 'host'],
    [{ host: 'a', port: 0 }, 'port'],
    [{ host: 'a', port: 65_536 }, 'port'],
    [{ host: 'a', port: 1.5 }, 'port'],
    [{ host: 'a', port: '9394' }, 'port'],
    [{ host: 'a', port: 1, path: 'dim' }, 'path'],
    [{ host: 'a', port: 1, path: '/a b' }, 'path'],
    [{ host: 'a', port: 1, path: '/#a' }, 'path'],
    [{ host: 'a', port: 1, path: `/${'a'.repeat(400)}` }, 'path'],
    [{ host: 'a', port: 1, path: 1 }, 'path'],
  ])('none of %j', async (address, path) => {
    const error = await errorOf(() => stationUrl('ws', address as { host: string; port: number }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });
});
