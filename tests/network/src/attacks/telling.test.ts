/** Found by attack: what is kept is not told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, MetaCommand, TextContent } from 'dimp';
import { MemoryClientStore, defineHandler } from 'dimsdk';
import { clockOf, device, failing, network, person, texts, until } from '../world.ts';
import { packed, pass } from './enemy.ts';

test('an iterable that is read slowly ends the telling for nobody', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 1 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await clockOf(net).advance(30);
  const heard: string[] = [];
  b.on('received', 'text', ({ content }) => heard.push(content.text));
  const over = new AbortController();
  const iterator = b.events('received', over.signal)[Symbol.asyncIterator]();
  const first = iterator.next();
  for (let index = 0; index < 200; index++) {
    await net.inject(await packed(net, mallory, bob, TextContent.create(String(index))), bob.id);
    await net.inject(await packed(net, mallory, bob, MetaCommand.query(bob.id)), bob.id);
  }
  await first;
  await until(net, async () => (await texts(b, mallory)).length === 200, 'all are kept');
  await pass(net, 60);
  // Now it reads all that it can.
  const reading = (async () => {
    while ((await iterator.next()).done !== true) continue;
  })();
  await pass(net, 600);
  assert.equal(heard.length, 200, 'all are told');
  over.abort();
  await reading;
  await b.close();
});

test('a store that fails once leaves nothing untold', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const disk = new MemoryClientStore();
  const { store, fail } = failing(disk.openAgain());
  const a = await device(net, alice);
  const heard: string[] = [];
  let hasFailed = false;
  const handler = defineHandler('text', ({ content }) => {
    if (content.text === '3' && !hasFailed) {
      hasFailed = true;
      // As long as it takes to keep what this handler wants.
      fail(new DimError('STORE_FULL', 'the disk is full'));
    }
    return { rows: [] };
  });
  const never = new Promise<undefined>(() => undefined);
  await device(net, bob, { store: disk, handlers: [defineHandler('text', async () => never)] });
  await pass(net, 30);
  const wanted = Array.from({ length: 20 }, (_, index) => String(index));
  for (const text of wanted) await a.send(TextContent.create(text), bob.id);
  await pass(net, 30);
  // The process ends here: nothing of it is closed. The next one has all of them to tell.
  const b = await device(net, bob, { store, handlers: [handler] });
  b.on('received', 'text', ({ content }) => heard.push(content.text));
  b.on('error', () => fail(undefined));
  await pass(net, 3600);
  assert.equal((await texts(b, alice)).length, 20, 'all are kept');
  assert.deepEqual([...new Set(heard)], wanted, 'all are told without a restart');
  await a.close();
  await b.close();
});

test('a listener may close the client', { timeout: 20_000 }, async () => {
  const net = await network({ seed: 3 });
  const [bob, mallory] = [await person('Bob'), await person('Mallory')];
  const b = await device(net, bob);
  await clockOf(net).advance(30);
  const closed = new Promise<string>((resolve) => {
    b.on('received', 'text', async () => {
      await b.close();
      resolve('closed');
    });
  });
  await net.inject(await packed(net, mallory, bob, TextContent.create('bye')), bob.id);
  await clockOf(net).advance(30);
  const limit = new Promise<string>((resolve) => void setTimeout(() => resolve('stuck'), 3000));
  assert.equal(await Promise.race([closed, limit]), 'closed');
});

test('a handler that wants what cannot be kept holds up nobody', { timeout: 60_000 }, async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  for (const isExclusive of [true, false]) {
    const handler = defineHandler(
      'text',
      ({ content, key }) =>
        content.text === 'poison'
          ? {
              rows: [
                { do: 'put-row' as const, row: { table: 'app-x', key, partition: '', order: Number.NaN, value: {} } },
              ],
            }
          : undefined,
      { isExclusive },
    );
    const [a, b] = [await device(net, alice), await device(net, bob, { handlers: [handler] })];
    const heard: string[] = [];
    b.on('received', 'text', ({ content }) => heard.push(content.text));
    for (const text of ['before', 'poison', 'after']) await a.send(TextContent.create(text), bob.id);
    await pass(net, 3600);
    assert.deepEqual(heard, ['before', 'poison', 'after'], `isExclusive ${isExclusive}`);
    await a.close();
    await b.close();
  }
});
