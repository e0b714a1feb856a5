import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { configure } from '../../src/operation/options/configure.ts';
import { OPTION_NAMES, variableOf } from '../../src/operation/options/options.ts';
import { newFolder, removeFolders } from './folders.ts';

afterAll(removeFolders);

const ID = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';
const OTHER = 'archivist@25zCMFyKHNPwHMnRbCAdzo1v4oVoxYFwyn';

interface Given {
  readonly flags?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly file?: unknown;
}

function configured({ flags = {}, environment = {}, file }: Given) {
  const folder = newFolder();
  const path = join(folder, 'c.json');
  if (file !== undefined) writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file));
  const configuration = () =>
    configure({ flags: { ...flags, ...(file !== undefined && { config: path }) }, environment, folder });
  return { folder, path, configuration };
}

function failing(given: Given): string {
  const { folder, configuration } = configured(given);
  try {
    configuration();
  } catch (error) {
    return (error as { readonly reason: string }).reason.replaceAll(folder, '');
  }
  throw new Error('nothing was wrong');
}

describe('where a value comes from', () => {
  test('a flag goes before the environment, that before a file, that before the default', () => {
    const file = { port: 3, 'keep-days': 3, connections: 3 };
    const environment = { DIM_STATION_PORT: '2', DIM_STATION_KEEP_DAYS: '2' };
    const { path, configuration } = configured({ flags: { port: '1' }, environment, file });
    const { settings, origins } = configuration();
    expect([settings.port, settings['keep-days'], settings.connections, settings['admin-port']]).toEqual([
      1, 2, 3, 9395,
    ]);
    expect([origins.port, origins['keep-days'], origins.connections, origins['admin-port']]).toEqual([
      'flag --port',
      'DIM_STATION_KEEP_DAYS',
      path,
      'default',
    ]);
  });

  test('each option has a variable, and an empty one is none', () => {
    const environment = Object.fromEntries(OPTION_NAMES.map((name) => [variableOf(name), '']));
    const { settings } = configured({ environment }).configuration();
    expect(settings.host).toBe('127.0.0.1');
    expect(settings.passphrase).toBeUndefined();
  });

  test('the file may be named by the environment', () => {
    const { path } = configured({ file: { port: 7 } });
    const { configuration } = configured({ environment: { DIM_STATION_CONFIG: path } });
    expect(configuration().settings.port).toBe(7);
  });

  test('paths are absolute: those in a file count from its folder', () => {
    const { folder, configuration } = configured({ file: { data: 'here' } });
    expect(configuration().settings.data).toBe(join(folder, 'here'));
    const other = configured({ flags: { data: 'there' } });
    expect(other.configuration().settings.data).toBe(join(other.folder, 'there'));
  });
});

describe('values', () => {
  test('lists and maps in a file, as the text of a flag', () => {
    const { settings } = configured({ file: { proxies: '10.0.0.1, ::1', names: `archivist=${ID}` } }).configuration();
    expect([settings.proxies, [...settings.names]]).toEqual([['10.0.0.1', '::1'], [['archivist', ID]]]);
  });

  test('lists, maps and bytes, as a text and as JSON', () => {
    const neighbors = [
      { host: 'other.example', port: 9394, id: ID },
      { host: '::1', port: 9394, id: OTHER },
    ];
    const text = configured({
      flags: {
        neighbors: `tcp://other.example:9394#${ID}, tcp://[::1]:9394#${OTHER}`,
        names: `archivist=${ID}`,
        proxies: '10.0.0.1,::1',
        'payload-bytes': '2MiB',
      },
    }).configuration().settings;
    const json = configured({
      file: { neighbors, names: { archivist: ID }, proxies: ['10.0.0.1', '::1'], 'payload-bytes': 2_097_152 },
    }).configuration().settings;
    expect(text).toEqual({ ...json, data: text.data });
    expect(text.neighbors).toEqual(neighbors);
    expect(text.names.get('archivist')).toBe(ID);
    expect(text['payload-bytes']).toBe(2_097_152);
  });
});

describe('what is wrong', () => {
  const port = 'must be a whole number from 0 to 65535, not';
  const stations = 'must be stations as tcp://host:port#id, or [{"host", "port", "id"}] in a file';
  const names = 'must be names as archivist=ID, or {"archivist": "ID"} in a file';
  const proxies = 'must be addresses as 10.0.0.1,::1, or ["10.0.0.1", "::1"] in a file';
  test.each<[Given, string]>([
    [{ flags: { port: '70000' } }, `--port ${port} "70000"`],
    [{ environment: { DIM_STATION_PORT: 'x' } }, `DIM_STATION_PORT ${port} "x"`],
    [{ file: { port: '9394' } }, `port in /c.json ${port} "9394"`],
    [{ flags: { 'log-level': 'loud' } }, '--log-level must be debug, info, warn, error or silent, not "loud"'],
    [
      { flags: { 'payload-bytes': '1TiB' } },
      '--payload-bytes must be bytes from 64KiB to 64MiB, as 65536, 64KiB, 64MiB or 1GiB, not "1TiB"',
    ],
    [{ flags: { proxies: '10.0.0.0/8' } }, `--proxies ${proxies}, not "10.0.0.0/8"`],
    [{ flags: { proxies: '::1, x,127.0.0.1' } }, `--proxies ${proxies}: "x" is none`],
    [{ file: { proxies: ['::1', 7] } }, `proxies in /c.json ${proxies}: 7 is none`],
    [{ file: { proxies: {} } }, `proxies in /c.json ${proxies}, not {}`],
    [{ flags: { neighbors: 'other.example:9394' } }, `--neighbors ${stations}, not "other.example:9394"`],
    [
      { flags: { neighbors: `tcp://a:1#${ID},tcp://b:1#${ID.toUpperCase().replace('0X', '0x')}` } },
      `neighbors must name each station once: ${ID.toUpperCase().replace('0X', '0x')} stands there twice`,
    ],
    [{ flags: { names: `a=${ID},all=${ID}` } }, `--names ${names}: all is there already`],
    [{ flags: { names: `station=${ID}` } }, `--names ${names}: station is there already`],
    [{ flags: { names: `a=${ID},b=${ID},a=${ID}` } }, `--names ${names}: a stands there twice`],
    [{ flags: { names: `a=${ID},b=bob` } }, `--names ${names}: b stands for "bob", which is no ID`],
    [
      { file: { names: { 'a b': ID } } },
      `names in /c.json ${names}: "a b" is no name of letters, digits, hyphens, underscores and dots`,
    ],
    [{ file: { names: [] } }, `names in /c.json ${names}, not []`],
    [
      { flags: { 'payload-bytes': '64MiB', 'outgoing-bytes': '16MiB' } },
      'outgoing-bytes must be 4 times payload-bytes, or more: 256MiB for messages of 64MiB',
    ],
    [
      { flags: { 'push-secret-file': 'f' }, environment: { DIM_STATION_PUSH_SECRET: 'x'.repeat(16) } },
      'DIM_STATION_PUSH_SECRET and push-secret-file must not be given together',
    ],
    [{ file: '{"port": 1, "host": "::", "port": 2}' }, '/c.json has port twice'],
    [
      { file: { neighbors: [{ host: 'a', port: 0, id: ID }] } },
      `neighbors in /c.json ${stations}, not [{"host":"a","port":0,"id":"${ID.slice(0, 32)}...`,
    ],
    [
      { flags: { host: 'a b' } },
      '--host must be an address as 127.0.0.1 or ::1, or a name as station.example, not "a b"',
    ],
    [
      { flags: { name: 'a\u202Eb' } },
      '--name must be 1 to 64 letters, digits, hyphens, underscores or dots, not "a?b"',
    ],
    // What is secret is not shown.
    [
      { environment: { DIM_STATION_PUSH_URL: 'secret' } },
      'DIM_STATION_PUSH_URL must be an address as https://push.example/notify',
    ],
    [
      { environment: { DIM_STATION_PROT: '1' } },
      "the variable DIM_STATION_PROT is none of a station's (did you mean DIM_STATION_PORT?)",
    ],
    [{ file: { prot: 1 } }, 'prot in /c.json is no option (did you mean port?)'],
    [
      { file: { passphrase: 'x' } },
      'passphrase in /c.json is not taken from a file: set DIM_STATION_PASSPHRASE or passphrase-file',
    ],
    [{ file: '{' }, '/c.json must be one map in JSON: line 1, column 2: close brace expected'],
    [
      { file: '{\n  "port": 9394\n  "host": "::"\n}' },
      '/c.json must be one map in JSON: line 3, column 3: comma expected',
    ],
    [{ file: '{"port": 9394,}' }, '/c.json must be one map in JSON: line 1, column 15: property name expected'],
    [{ file: '{\r\n  port: 1}' }, '/c.json must be one map in JSON: line 2, column 3: invalid symbol'],
    [{ file: '[]' }, '/c.json must be one map in JSON: must be a map, not a list'],
    [{ flags: { neighbors: '{"host":"a"}' } }, `--neighbors ${stations}, not '{"host":"a"}'`],
    [{ flags: { config: 'c.json' } }, '--config must be the path of a file that can be read: /c.json is not there'],
    [{ flags: { 'tls-key': 'k' } }, 'tls-key and tls-cert must be given together'],
    [
      { flags: { 'passphrase-file': 'f' }, environment: { DIM_STATION_PASSPHRASE: 'x' } },
      'DIM_STATION_PASSPHRASE and passphrase-file must not be given together',
    ],
    [{ flags: { port: '9395' } }, 'admin-port must be another one than port, which is 9395 too'],
  ])('%j', (given, reason) => {
    expect(failing(given)).toBe(reason);
  });
});

describe('a chat for browsers, and files', () => {
  test('a place is one with a slash behind it', () => {
    const flags = { 'public-url': 'https://chat.example/dim', web: 'page' };
    const { configuration, folder } = configured({ flags });
    const { settings } = configuration();
    expect([settings['public-url'], settings.web]).toEqual(['https://chat.example/dim/', join(folder, 'page')]);
  });

  test.each([
    ['public-url', 'ftp://chat.example/'],
    ['public-url', 'https://chat.example/?x'],
    ['public-url', 'https://user@chat.example/'],
    ['upload-origins', 'https://chat.example/'],
    ['upload-origins', 'wss://chat.example'],
    ['upload-origins', '*'],
    ['connect-origins', 'https://chat.example/'],
    ['connect-origins', 'https://*'],
    ['web-connect', "https://a.example 'unsafe-inline'"],
    ['web-connect', 'https://a.example;script-src'],
    ['web-connect', 'https://*'],
    ['web-connect', 'wss://a.example/path'],
  ])('%s is not %s', (name, value) => {
    expect(failing({ flags: { [name]: value } })).toMatch(new RegExp(`^--${name} must be (an )?address`));
  });

  test('lists of addresses', () => {
    const file = {
      'web-connect': ['wss://a.example', 'https://b.example:8443'],
      'upload-origins': ['http://[::1]:80'],
    };
    expect(failing({ file })).toContain('upload-origins');
    const flags = { 'web-connect': 'wss://a.example,https://b.example:8443', 'upload-origins': 'http://[::1]:8080' };
    const { settings } = configured({ flags }).configuration();
    expect(settings['web-connect']).toEqual(['wss://a.example', 'https://b.example:8443']);
    expect(settings['connect-origins']).toBeUndefined();
    expect(configured({ flags: { 'connect-origins': '*' } }).configuration().settings['connect-origins']).toEqual([
      '*',
    ]);
  });

  test('one file fits in the room of all', () => {
    const reason = 'files-total-bytes must be 0, or file-bytes or more, which is 64MiB';
    expect(failing({ flags: { 'files-total-bytes': '1MiB' } })).toBe(reason);
    expect(failing({ flags: { web: 'x', 'file-bytes': '2GiB' } })).toBe(reason.replace('64MiB', '2GiB'));
    expect(configured({ flags: { 'files-total-bytes': '0' } }).configuration().settings['files-total-bytes']).toBe(0);
  });
});
