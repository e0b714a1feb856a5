/** What the living network stands on says what happened, also when something goes wrong, and leaves nothing behind. */
import assert from 'node:assert/strict';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { test } from 'node:test';
import { Difference } from '../exchange.ts';
import { BrokenSide, Refusal } from '../side.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { EventLog } from './event-log.ts';
import { FileServer } from './file-server.ts';
import { Journal } from './journal.ts';
import { APART_SCENARIOS, BRIDGE_SCENARIOS, MOVING } from './bridge/scenarios.ts';
import { BRIDGE_PART, NETWORK_DIFFERENCES, NETWORK_PART, PAGE_PART } from './known-differences.ts';
import { PAGE_SCENARIOS } from './page/scenarios.ts';
import { startProgram, type Program } from './program.ts';
import { NETWORK_SCENARIOS } from './scenarios.ts';
import { LAST_SCENARIOS, STATION_SCENARIOS } from './station-scenarios.ts';

const journal = new Journal();
const is = (wanted: string) => (event: string) => (event === wanted ? event : undefined);

function program(source: string, stopMs?: number): Program {
  return startProgram({
    name: 'program',
    command: process.execPath,
    arguments: ['--input-type=module', '--eval', source],
    journal,
    ...(stopMs !== undefined && { stopMs }),
  });
}

await test('an event is found that came before, and one that comes later', async () => {
  const log = new EventLog<string>('log');
  log.add('before');
  assert.equal(await log.first('before', is('before')), 'before');
  const later = log.first('later', is('later'));
  const other = log.first('before from here on', is('before'), { from: log.end, patienceMs: 1 });
  log.add('later');
  assert.equal(await later, 'later');
  await assert.rejects(other, new Difference('log: no before from here on within 0.001 s'));
});

await test('who waits is told when nothing comes any more', async () => {
  const log = new EventLog<string>('log');
  const waiting = log.first('event', is('event'));
  log.break('ended');
  await assert.rejects(waiting, new BrokenSide('log: ended'));
  await assert.rejects(log.first('event', is('event')), BrokenSide);
});

const ANSWERS = `
  import { createInterface } from 'node:readline';
  console.log('{"event":"here"}'); console.error('\\u001B[91ma complaint\\u001B[0m');
  createInterface({ input: process.stdin }).on('line', (line) => {
    const { n, op } = JSON.parse(line);
    if (op === 'die') process.exit(3);
    console.log(JSON.stringify({ n, ok: op === 'yes', reason: 'it is no' }));
  });
`;

await test('a program is asked and answers, says no, or dies', async () => {
  const running = program(ANSWERS);
  assert.deepEqual(await running.events.first('event', (event) => event), { event: 'here' });
  assert.equal((await running.request('yes'))['ok'], true);
  await assert.rejects(running.request('no'), new Refusal('program: it is no'));
  await assert.rejects(running.request('die'), new BrokenSide('program: ended with 3'));
  await assert.rejects(running.events.first('event', is('other') as never), BrokenSide);
  await running.stop();
  assert.match(journal.since(0, 100).join('\n'), /program \(log\): a complaint\n/);
});

await test('a program that does not start, or does not end, is no matter', async () => {
  const missing = startProgram({ name: 'missing', command: '/there/is/none', arguments: [], journal });
  await assert.rejects(missing.request('yes'), /does not start/);
  await missing.stop();
  const deaf = program("console.log('{}'); setInterval(() => {}, 1000);", 10);
  await deaf.events.first('start', (event) => event);
  await deaf.stop();
  await assert.rejects(deaf.request('yes'), new BrokenSide('program: ended with a signal'));
});

await test('a journal keeps the last lines', () => {
  const one = new Journal();
  for (let index = 0; index < 20_005; index += 1) one.add('who', `line ${index}`);
  assert.equal(one.end, 20_005);
  assert.match(one.since(0, 1)[0] ?? '', /who: line 20004$/);
  assert.deepEqual(one.since(20_003, 10).length, 2);
});

await test('a link is cut and mended', async () => {
  const accepted: Socket[] = [];
  const server = createServer((socket) => accepted.push(socket.on('error', () => undefined).pipe(socket)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy = await CuttingProxy.start((server.address() as AddressInfo).port);
  // `once` fails with the reset that comes before the close.
  const closed = async (socket: Socket) => new Promise((resolve) => socket.once('close', resolve));
  const dial = (): Socket => connect(proxy.port, '127.0.0.1').on('error', () => undefined);
  try {
    const before = dial();
    before.write('hello');
    assert.equal(String((await once(before, 'data'))[0]), 'hello');
    proxy.cut();
    await closed(before);
    await closed(dial());
    proxy.mend();
    const after = dial();
    after.write('again');
    assert.equal(String((await once(after, 'data'))[0]), 'again');
  } finally {
    await proxy.stop();
    for (const socket of accepted) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

await test('a file goes to the server and comes back, where its digest is that of the secret', async () => {
  const files = await FileServer.start();
  try {
    const md5 = (...parts: readonly Buffer[]) => createHash('md5').update(Buffer.concat(parts)).digest();
    const [data, salt] = [Buffer.from('data'), Buffer.from('5a17', 'hex')];
    const upload = async (secret: string, bytes = data): Promise<{ readonly code: number; readonly url: string }> => {
      const digest = md5(md5(bytes), Buffer.from(secret, 'hex'), salt).toString('hex');
      const values: Record<string, string> = { ID: 'nora', MD5: digest, SALT: '5a17', ENIGMA: '001122' };
      const body = new FormData();
      body.append('file', new Blob([bytes]), 'a.png');
      const url = files.upload.replaceAll(/{(\w+)}/g, (_, name: string) => values[name] ?? '');
      return (await (await fetch(url, { method: 'POST', body })).json()) as { code: number; url: string };
    };
    const { code, url } = await upload(files.secret);
    assert.equal(code, 200);
    assert.match(url, /\/download\/nora\/\w+\.png$/);
    assert.equal(await (await fetch(url)).text(), 'data');
    assert.equal((await upload('00')).code, 401);
    assert.equal((await upload(files.secret, Buffer.alloc(2 ** 20))).code, 400);
    assert.equal((await fetch(`${url}x`)).status, 404);
    const uploadOfPage = async (): Promise<number> => {
      const body = new FormData();
      body.append('file', new Blob(['of a page']), 'a.png');
      const response = await fetch(files.uploadOfPage.replace('{ID}', 'nora'), { method: 'POST', body });
      return ((await response.json()) as { code: number }).code;
    };
    assert.equal(await uploadOfPage(), 401);
    const address = files.show(new Map([['/', { type: 'text/html', bytes: Buffer.from('a page') }]]));
    assert.equal(await (await fetch(address)).text(), 'a page');
    assert.equal(await uploadOfPage(), 200);
  } finally {
    await files.stop();
  }
});

await test('each known difference names rows that there are', () => {
  const names: Readonly<Record<string, readonly string[]>> = {
    [NETWORK_PART]: [...NETWORK_SCENARIOS, ...STATION_SCENARIOS, ...LAST_SCENARIOS].map(({ name }) => name),
    [PAGE_PART]: PAGE_SCENARIOS.map(({ name }) => name),
    [BRIDGE_PART]: [...BRIDGE_SCENARIOS, MOVING, ...APART_SCENARIOS].map(({ name }) => name),
  };
  for (const { part = '', rows = [] } of Object.values(NETWORK_DIFFERENCES).flat())
    assert.ok(rows.length > 0 && rows.every((row) => names[part]?.includes(row) === true));
});
