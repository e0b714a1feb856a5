import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { OPTION_NAMES } from '../../src/operation/options/options.ts';
import type { TestStation } from './test-station.ts';
import { CommandRun, run } from './command-run.ts';
import { newFolder, removeFolders } from './folders.ts';
import { TEST_CERTIFICATE, TEST_KEY } from '../listener/certificate.ts';

afterAll(removeFolders);

const USER = '0x76c40ec7e1fd7ae48e0b0d1e3e4fd9e6ba0a9d2b';
const COMMANDS = ['start', 'status', 'users', 'sessions', 'queues', 'blocked', 'block', 'unblock', 'backup'];

/** A station with a socket for commands, in a folder of its own. */
async function started(line: readonly string[] = [], isTerminal = true, prepare?: (station: TestStation) => void) {
  const folder = newFolder();
  const command = new CommandRun(['--admin-socket', 'admin', ...line], {
    folder,
    isTerminal,
    ...(prepare !== undefined && { prepare }),
  });
  await command.wrote(isTerminal ? 'at once.' : '"started"');
  const ask = async (...words: readonly string[]) => run([...words, '--admin-socket', 'admin'], { folder });
  const stop = async () => {
    command.signal('SIGTERM');
    return command.code;
  };
  return { command, folder, ask, stop };
}

function slow(station: TestStation): void {
  station.isSlow = true;
}

describe('help', () => {
  test('says what there is, with examples', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect([code, stderr]).toEqual([0, '']);
    for (const command of COMMANDS) expect(stdout).toContain(`  ${command} `);
    expect(stdout).toContain('Examples:\n  $ dimstation ');
    expect(stdout).toContain(
      'Exit codes: 0 done, 1 failed, 2 wrong command line or configuration, 3 no station answers.',
    );
  });

  test.each(COMMANDS)('of %s has examples', async (command) => {
    const { code, stdout } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:\n  $ dimstation ');
  });

  test.each([['-h'], ['help'], ['help', 'block'], ['block', '-h']])('by %s %s too', async (...line) => {
    const { code, stdout, stderr } = await run(line);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(line.includes('block') ? 'Usage: dimstation block' : 'Usage: dimstation [options]');
  });

  test('lists start with what it takes', async () => {
    expect((await run(['--help'])).stdout).toMatch(/^ {2}start \[options\] {2,}starts a station/m);
  });

  test('of start has every option that is a flag', async () => {
    const { stdout } = await run(['start', '--help']);
    for (const name of OPTION_NAMES)
      expect(stdout.includes(`--${name} <`)).toBe(!['passphrase', 'push-secret'].includes(name));
  });

  test('the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });
});

describe('a command line that is wrong ends with 2 and one line', () => {
  test.each<[readonly string[], string]>([
    [['sart'], 'dimstation: sart is no command (did you mean start?)\n'],
    [['start', 'extra'], 'dimstation: extra is no command\n'],
    [['start', '--', '--port', '3'], 'dimstation: --port is no command\n'],
    [['--prot', '1'], "dimstation: unknown option '--prot' (Did you mean --port?)\n"],
    [['start', '--port'], "dimstation: option '--port <port>' argument missing\n"],
    [['--port', 'x'], 'dimstation: --port must be a whole number from 0 to 65535, not "x"\n'],
    [['block'], "dimstation: missing required argument 'id'\n"],
    [['users', '--admin-port', '0'], 'dimstation: admin-port is 0: a station without an admin port cannot be asked\n'],
    [
      ['--tls-key', '/nowhere', '--tls-cert', '/nowhere'],
      'dimstation: tls-key must be the path of a file that can be read: /nowhere is not there\n',
    ],
  ])('%j', async (line, stderr) => {
    expect(await run(line)).toMatchObject({ code: 2, stdout: '', stderr });
  });

  test('also for machines, in JSON', async () => {
    for (const [line, reason] of [
      [['users', '--json', '--prot', '1'], "unknown option '--prot'"],
      [['block', '--json'], "missing required argument 'id'"],
      [['users', '--json', '--admin-port', 'x'], '--admin-port must be a whole number'],
    ] as const) {
      const { code, stdout, stderr } = await run(line);
      expect(code).toBe(2);
      expect(stderr).toContain(reason);
      expect(JSON.parse(stdout)).toEqual({
        error: { code: 'USAGE_ARGUMENT', path: '', reason: expect.stringContaining(reason) },
      });
    }
    const { code, stdout } = await run(['status', '--json']);
    expect([code, JSON.parse(stdout)]).toMatchObject([3, { error: { code: 'CONNECTION_FAILED' } }]);
  });

  test('a variable', async () => {
    expect(await run([], { environment: { DIM_STATION_LOG_LEVEL: 'x' } })).toMatchObject({
      code: 2,
      stderr: 'dimstation: DIM_STATION_LOG_LEVEL must be debug, info, warn, error or silent, not "x"\n',
    });
  });
});

describe('--print-config', () => {
  test.each<[readonly string[], string]>([
    [
      ['--tls-key', 'k', '--tls-cert', 'c'],
      'dimstation: tls-key must be the path of a file that can be read: FOLDER/k is not there\n',
    ],
    [
      ['--push-url', 'https://push.example'],
      'dimstation: push-url needs push-secret-file, or DIM_STATION_PUSH_SECRET: else anybody could say what waits\n',
    ],
    [
      ['--push-url', 'https://push.example', '--push-secret-file', 'short'],
      'dimstation: push-secret-file must have 16 bytes or more in its first line: that of FOLDER/short is shorter\n',
    ],
    [['--web', '.'], 'dimstation: web must be a folder with a page: FOLDER has no index.html\n'],
  ])('says what a start would say: %j', async (line, stderr) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'short'), 'too short\nand more than sixteen');
    const shown = await run(['--print-config', ...line], { folder });
    expect({ ...shown, stderr: shown.stderr.replaceAll(folder, 'FOLDER') }).toMatchObject({ code: 2, stderr });
    expect(shown.stdout).toContain('OPTION');
    expect(await run([...line], { folder })).toMatchObject({ code: 2, stderr: shown.stderr });
    expect(readdirSync(folder)).toEqual(['short']);
  });

  const environment = {
    DIM_STATION_PASSPHRASE: 'hush-hush',
    DIM_STATION_PUSH_URL: 'https://push.example/hush-hush',
    DIM_STATION_PUSH_SECRET: 'hush-hush-hush-hush',
  };

  test('shows all values and where they are from, and no secrets', async () => {
    const { code, stdout, folder } = await run(['--print-config', '--port', '1234'], { environment });
    expect(code).toBe(0);
    const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines).toContainEqual(['port', '1234', 'flag --port']);
    expect(lines).toContainEqual(['passphrase', '(hidden)', 'DIM_STATION_PASSPHRASE']);
    expect(lines).toContainEqual(['push-url', '(hidden)', 'DIM_STATION_PUSH_URL']);
    expect(lines).toContainEqual(['admin-port', '9395', 'default']);
    expect(lines).toContainEqual(['tls-key', '(none)', 'default']);
    expect(lines.map(([name]) => name)).toEqual(['OPTION', ...OPTION_NAMES, '']);
    expect(stdout).not.toContain('hush');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('as JSON', async () => {
    const { stdout } = await run(['--print-config', '--json'], { environment });
    const shown = JSON.parse(stdout) as Record<string, unknown>;
    expect(Object.keys(shown)).toEqual(OPTION_NAMES);
    expect(shown['passphrase']).toEqual({ value: '(hidden)', origin: 'DIM_STATION_PASSPHRASE' });
    expect(shown['tls-key']).toEqual({ value: null, origin: 'default' });
    expect(stdout).not.toContain('hush');
  });
});

describe('start', () => {
  test('says where clients connect, who it is, and where its data are', async () => {
    const { command, folder, stop } = await started();
    const id = command.station?.start?.identity.id.toString() ?? '';
    expect(command.stdout).toBe(
      [
        `The station ${id} is running, for the first time.`,
        '  clients  tcp://127.0.0.1:9394  ws://127.0.0.1:9394',
        `  data     ${join(folder, 'dimstation')}`,
        `  admin    unix:${join(folder, 'admin')}`,
        'Ctrl+C ends it; once more, at once.\n',
      ].join('\n'),
    );
    expect(await stop()).toBe(0);
    const modes = ['', 'identity.json', 'admin-token'].map((name) => statSync(join(folder, 'dimstation', name)).mode);
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600', '600']);
  });

  test('says on a terminal how it is found from outside, and says nothing twice', async () => {
    const { command, stop } = await started(['--public-host', 'chat.example', '--public-port', '443']);
    expect(command.stdout).toContain('\n  outside  chat.example, port 443\n');
    expect(command.stderr).not.toContain('started');
    await stop();
  });

  test('says where a browser finds the chat', async () => {
    const page = newFolder();
    writeFileSync(join(page, 'index.html'), '<!doctype html>');
    const { command, stop } = await started(['--web', page]);
    expect(command.stdout).toContain('\n  chat     http://127.0.0.1:9394/\n');
    await stop();
  });

  test('logs lines of JSON where nobody looks, and never the token', async () => {
    const { command, folder, stop } = await started([], false);
    const token = readFileSync(join(folder, 'dimstation', 'admin-token'), 'utf8').trim();
    await stop();
    expect(command.stdout).toBe('');
    const events = command.stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.map(({ level, event }) => [level, event])).toEqual([
      ['info', 'started'],
      [
        'warn',
        'the identity is not sealed, and whoever can read its file can be this station: --passphrase-file, or DIM_STATION_PASSPHRASE, seals it',
      ],
      ['info', 'draining'],
      ['info', 'stopped'],
    ]);
    expect(events[0]).toMatchObject({
      isNew: true,
      isSealed: false,
      id: command.station?.start?.identity.id.toString(),
    });
    expect(command.stderr).not.toContain(token);
    expect(token.length).toBeGreaterThan(40);
  });

  test('is the same station again', async () => {
    const { command, folder, stop } = await started();
    await stop();
    const again = new CommandRun(['--admin-port', '0'], { folder, isTerminal: true });
    await again.wrote('at once.');
    again.signal('SIGINT');
    expect(await again.code).toBe(0);
    const [one, other] = [command, again].map((start) => start.station?.start?.identity.id.toString());
    expect(one).toBe(other);
  });

  test('an identity that is gone from beside its database is not made anew', async () => {
    const { folder, stop } = await started();
    await stop();
    const data = join(folder, 'dimstation');
    writeFileSync(join(data, 'station.db'), 'of the one before');
    rmSync(join(data, 'identity.json'));
    const { code, stderr } = await run(['--admin-port', '0'], { folder });
    expect([code, stderr.replaceAll(data, '')]).toEqual([
      1,
      'dimstation: /identity.json is not there, and /station.db is: put a copy of the identity back, ' +
        'or move the database away to become another station\n',
    ]);
    expect(existsSync(join(data, 'identity.json'))).toBe(false);
  });

  test('an identity without a database is told of, as where a copy has another name', async () => {
    const { folder, stop } = await started();
    await stop();
    const command = new CommandRun(['--admin-port', '0'], { folder });
    await command.wrote('there is no database beside the identity: nothing is known, and nothing waits');
    command.signal('SIGTERM');
    expect(await command.code).toBe(0);
  });

  test('a secret for nobody is told of', async () => {
    const command = new CommandRun(['--admin-port', '0'], {
      environment: { DIM_STATION_PUSH_SECRET: 'sixteen characters' },
    });
    await command.wrote('there is a secret for notifications, and no push-url: nobody is told');
    command.signal('SIGTERM');
    await command.code;
    expect(command.stderr).not.toContain('sixteen');
  });

  test('a damaged identity ends it with 1, and starts nothing', async () => {
    const { folder, stop } = await started();
    await stop();
    const path = join(folder, 'dimstation', 'identity.json');
    writeFileSync(path, '{}');
    const command = new CommandRun(['--admin-port', '0'], { folder });
    expect(await command.code).toBe(1);
    expect(command.stderr).toContain(`dimstation: ${path} is damaged, and was left as it is`);
    expect(command.stderr.split('\n')).toHaveLength(2);
    expect([command.station, command.listens]).toEqual([undefined, false]);
  });

  test('a station that cannot start leaves the token of another alone', async () => {
    const { folder, ask, stop } = await started();
    const second = await run(['--admin-socket', 'other'], {
      folder,
      prepare: () => {
        throw new Error('the port is taken');
      },
    });
    expect(second).toMatchObject({ code: 1, stdout: '' });
    expect(existsSync(join(folder, 'other'))).toBe(false);
    expect((await ask('status')).code).toBe(0);
    await stop();
  });
});

describe('signals', () => {
  test('the first one lets clients finish', async () => {
    const { command, stop } = await started();
    expect(await stop()).toBe(0);
    expect([command.station?.end, command.ended, command.listens]).toEqual(['drained', undefined, false]);
  });

  test('says meanwhile that it drains', async () => {
    const { command, ask, stop } = await started(['--grace-seconds', '3600'], true, slow);
    const over = stop();
    expect(await ask('status', '--json')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('"status":"draining"') as unknown,
    });
    command.station?.finish();
    expect(await over).toBe(0);
    expect(command.station?.end).toBe('drained');
  });

  test.each(['0', '1'])('they may finish for so long: %s s', async (seconds) => {
    const { command, stop } = await started(['--grace-seconds', seconds], true, slow);
    expect(await stop()).toBe(0);
    expect(command.station?.end).toBe('hurried');
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('the second one, a %s, ends it at once', async (signal, code) => {
    const { command } = await started(['--grace-seconds', '3600'], true, slow);
    command.signal('SIGTERM');
    expect(command.ended).toBeUndefined();
    command.signal(signal);
    expect(command.ended).toBe(code);
    command.station?.finish();
    await command.code;
  });
});

describe('commands to the one that runs', () => {
  test('tables for people, with nothing in them that a terminal obeys', async () => {
    const { ask, stop } = await started();
    const { code, stdout } = await ask('users');
    expect(code).toBe(0);
    expect(stdout).toBe(
      [
        'USER               NAME          SESSIONS  CHANGED               BLOCKED',
        'alice@somewhere    Alice         2         2023-11-14 22:13:20Z  -',
        'mallory@somewhere  Mallory?[2J?  0         2023-11-14 22:13:21Z  yes',
        '',
      ].join('\n'),
    );
    expect((await ask('sessions')).stdout).toContain(
      'alice@somewhere  phone     mtp  10.0.0.7 4711  2023-11-14 22:13:20Z',
    );
    expect((await ask('queues')).stdout).toBe('Nothing waits.\n');
    await stop();
  });

  test('JSON for machines, without controls either', async () => {
    const { ask, stop } = await started();
    const { stdout } = await ask('users', '--json', '--limit', '2');
    expect(stdout).toContain('"name":"Mallory\\u001b[2J\\u202e"');
    expect((JSON.parse(stdout) as { readonly users: readonly unknown[] }).users).toHaveLength(2);
    await stop();
  });

  test('status', async () => {
    const { ask, command, stop } = await started();
    const { code, stdout } = await ask('status');
    expect(code).toBe(0);
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/))).toEqual(
      expect.arrayContaining([
        ['STATUS', 'ok'],
        ['id', command.station?.start?.identity.id.toString()],
        ['clients', 'tcp://127.0.0.1:9394', 'ws://127.0.0.1:9394'],
        ['waiting messages', '7'],
        ['neighbor', 'is there: near@somewhere'],
        ['neighbor', 'is away: far@somewhere (nobody listens there)'],
      ]),
    );
    Object.assign(command.station ?? {}, { store: 'fails' });
    expect(await ask('status')).toMatchObject({ code: 1, stdout: expect.stringContaining('failing') as unknown });
    await stop();
  });

  test('block, unblock, backup', async () => {
    const { ask, folder, stop } = await started();
    expect(await ask('block', USER)).toMatchObject({ code: 0, stdout: `${USER} is blocked now.\n` });
    expect((await ask('blocked')).stdout).toContain(`${USER}  2023-11-14 22:13:22Z`);
    expect(await ask('block', USER)).toMatchObject({ code: 0, stdout: `${USER} is blocked already.\n` });
    expect(await ask('unblock', USER)).toMatchObject({ code: 0, stdout: `${USER} is not blocked any more.\n` });
    expect(await ask('unblock', USER)).toMatchObject({ code: 0, stdout: `${USER} was not blocked.\n` });
    expect((await ask('blocked')).stdout).toBe('Nobody is blocked.\n');
    expect(await ask('block', 'nobody')).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'dimstation: id must be an ID as `users` shows it, not "nobody"\n',
    });
    expect(await ask('users', '--limit', 'x')).toMatchObject({
      code: 1,
      stderr: 'dimstation: limit must be a whole number from 1 to 10000\n',
    });
    const { code, stdout } = await ask('backup', 'copy.db');
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${join(folder, 'copy.db')} has a copy of the database.\n` +
        `The identity is not in it: keep a copy of ${join(folder, 'dimstation', 'identity.json')} too.\n`,
    );
    expect(readFileSync(join(folder, 'copy.db'), 'utf8')).toBe('copy');
    expect(await ask('backup', 'copy.db')).toMatchObject({
      code: 1,
      stderr: `dimstation: file ${join(folder, 'copy.db')} is there already\n`,
    });
    await stop();
  });

  test('without a station end with 3', async () => {
    const { folder, ask, stop } = await started();
    await stop();
    expect(await ask('status')).toMatchObject({
      code: 3,
      stdout: '',
      stderr: `dimstation: no station answers at ${join(folder, 'admin')}: is it running there? --admin-socket says where\n`,
    });
    const nowhere = await run(['users']);
    expect(nowhere).toMatchObject({
      code: 3,
      stderr: `dimstation: ${join(nowhere.folder, 'dimstation', 'admin-token')} is not there: is a station running with this data folder, and this user? --data says which folder\n`,
    });
    // Tried at a port, and what that is from.
    const elsewhere = await run(['status', '--admin-port', '1'], { folder });
    expect(elsewhere).toMatchObject({
      code: 3,
      stderr:
        'dimstation: no station answers at 127.0.0.1:1: is it running there? --admin-host (not given) and --admin-port say where\n',
    });
  });
});

describe('a certificate', () => {
  /** A station with files of a certificate. */
  async function withCertificate() {
    const folder = newFolder();
    const write = (name: string, key = TEST_KEY, cert = TEST_CERTIFICATE): void => {
      writeFileSync(join(folder, 'key'), `of ${name}\n${key}`);
      writeFileSync(join(folder, 'cert'), `of ${name}\n${cert}`);
    };
    write('first');
    const line = ['--admin-socket', 'admin', '--tls-key', 'key', '--tls-cert', 'cert'];
    const command = new CommandRun(line, { folder });
    await command.wrote('"started"');
    return { command, write };
  }

  test('is read again when a signal says so, and the station goes on', async () => {
    const { command, write } = await withCertificate();
    write('second');
    expect(command.reload()).toBe(true);
    await command.wrote('"the certificate was read again"');
    expect(command.station?.certificates).toEqual([
      { key: `of second\n${TEST_KEY}`, cert: `of second\n${TEST_CERTIFICATE}` },
    ]);
    expect(command.station?.end).toBeUndefined();
    command.signal('SIGTERM');
    expect(await command.code).toBe(0);
    expect(command.listens).toBe(false);
  });

  test('that is none, or not there, is told, and the one before stays', async () => {
    const { command, write } = await withCertificate();
    write('third', TEST_KEY, 'nothing');
    command.reload();
    await command.wrote('the certificate could not be read again');
    expect(command.stderr).toContain(`tls-cert ${join(command.folder, 'cert')} has no certificate in PEM`);
    rmSync(join(command.folder, 'cert'));
    command.reload();
    await command.wrote('/cert is not there');
    expect(command.station?.certificates).toEqual([]);
    command.signal('SIGTERM');
    expect(await command.code).toBe(0);
  });

  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const sealed = { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'hush' } as const;
  test.each<[string, string, string, string]>([
    ['a certificate as the key', TEST_CERTIFICATE, TEST_CERTIFICATE, 'tls-key FOLDER/key has no private key in PEM'],
    ['a key as the certificate', TEST_KEY, TEST_KEY, 'tls-cert FOLDER/cert has no certificate in PEM'],
    ['nothing', '', '', 'tls-cert FOLDER/cert has no certificate in PEM'],
    [
      'the key of another',
      other.export({ type: 'pkcs8', format: 'pem' }).toString(),
      TEST_CERTIFICATE,
      'tls-key FOLDER/key does not belong to the first certificate of tls-cert FOLDER/cert',
    ],
    [
      'an encrypted key',
      other.export(sealed).toString(),
      TEST_CERTIFICATE,
      'tls-key FOLDER/key is encrypted, which is not supported: it must be without a passphrase',
    ],
  ])('%s ends the start with the option, the file and the cause', async (_, key, cert, reason) => {
    const folder = newFolder();
    writeFileSync(join(folder, 'key'), key);
    writeFileSync(join(folder, 'cert'), cert);
    const { code, stderr } = await run(['--tls-key', 'key', '--tls-cert', 'cert'], { folder });
    expect([code, stderr.replaceAll(folder, 'FOLDER')]).toEqual([2, `dimstation: ${reason}\n`]);
  });

  test('where there is none, the signal does no harm; on a terminal it ends the process as ever', async () => {
    const { command, stop } = await started([], false);
    expect(command.reload()).toBe(true);
    await command.wrote('there is no certificate to read again');
    expect(await stop()).toBe(0);
    const shown = await started();
    expect(shown.command.reload()).toBe(false);
    await shown.stop();
  });
});
