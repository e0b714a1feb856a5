/** Handlers and listeners: what they get, when they get it again, and what becomes of those that fail. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createDim, createCustomized, defineCustomized, definePlugin, ModuleContent, TextContent } from 'dimp';
import { textOf } from 'dimp/extend';
import { standardPlugin } from 'dimplugins';
import { clientPlugin, createClient, defineHandler, MemoryClientStore, type Received } from 'dimsdk';
import { clockOf, device, dim, network, person, texts, until } from '../world.ts';

test('a bot answers, once for each message, and what it keeps is kept with the note that it has', async () => {
  const net = await network({ seed: 1, faults: { duplicateRate: 0.5, cutRate: 0.02 } });
  const [alice, bot] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const echo = defineHandler('text', ({ content, key }) => ({
    replies: [TextContent.create(`you said ${content.text}`)],
    rows: [{ do: 'put-row', row: { table: 'app-said', key, partition: '', order: 0, value: { text: content.text } } }],
  }));
  const [a, b] = [await device(net, alice), await device(net, bot, { store, handlers: [echo] })];
  for (const text of ['1', '2', '3', '4', '5']) await a.send(TextContent.create(text), bot.id);
  const answers = ['1', '2', '3', '4', '5'].map((text) => `you said ${text}`);
  const answered = async (): Promise<readonly string[]> =>
    (await texts(a, bot)).filter((text) => text.startsWith('you'));
  await until(net, async () => (await answered()).length >= 5, 'all are answered');
  await clockOf(net).advance(3600);
  assert.deepEqual(await answered(), answers);
  assert.equal(store.count('app-said', ''), 5);
  await a.close();
  await b.close();
});

test('a handler that throws is told, and holds up nobody', async () => {
  const net = await network({ seed: 2 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const poison = defineHandler('text', ({ content }) => {
    if (content.text === 'poison') throw new Error('I cannot stand it');
    return undefined;
  });
  const [a, b] = [await device(net, alice), await device(net, bob, { handlers: [poison] })];
  const failures: unknown[] = [];
  const heard: string[] = [];
  b.on('handler-failed', ({ kind, error }) => failures.push([kind, (error as Error).message]));
  b.on('received', 'text', () => {
    throw new Error('a listener that throws');
  });
  b.on('received', 'text', ({ content }) => heard.push(content.text));
  for (const text of ['before', 'poison', 'after']) await a.send(TextContent.create(text), bob.id);
  await until(net, async () => heard.length === 3, 'all are heard');
  assert.deepEqual(heard, ['before', 'poison', 'after']);
  assert.deepEqual(failures, [['text', 'I cannot stand it']]);
  await a.close();
  await b.close();
});

test('what was kept and not handled before the process ended is handled after it', async () => {
  const net = await network({ seed: 3 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const store = new MemoryClientStore();
  const never = new Promise<undefined>(() => undefined);
  const stuck = defineHandler('text', async () => never);
  const a = await device(net, alice);
  await device(net, bob, { store, handlers: [stuck] });
  for (const text of ['1', '2', '3']) await a.send(TextContent.create(text), bob.id);
  await clockOf(net).advance(60);
  // The process ends here: nothing of it is closed.
  const heard: string[] = [];
  const handled = defineHandler('text', ({ content }) => void heard.push(content.text));
  const b = await device(net, bob, { store: store.openAgain(), handlers: [handled] });
  await until(net, async () => heard.length === 3, 'all are handled');
  assert.deepEqual(heard, ['1', '2', '3']);
  assert.deepEqual(await texts(b, alice), ['1', '2', '3']);
  await a.close();
  await b.close();
});

class ChessContent extends ModuleContent {
  readonly kind = 'chess';
  readonly move: string = textOf(this.fields, 'move');

  static create(move: string): ChessContent {
    return createCustomized(chess, 'move', { move });
  }
}
const chess = defineCustomized({ app: 'com.example.chess', mod: 'board', kind: 'chess', class: ChessContent });

test('a plugin brings a content and its handler together', async () => {
  const net = await network({ seed: 4 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const moves: string[] = [];
  const play = defineHandler('chess', ({ content }: Received<ChessContent>) => {
    moves.push(content.move);
    return { replies: [ChessContent.create('e5')] };
  });
  const chessPlugin = definePlugin('chess', [chess, play]);
  const own = createDim({ plugins: [standardPlugin(), clientPlugin, chessPlugin], wireShape: 'deployed' });
  const store = new MemoryClientStore();
  await own.addUser(store, bob);
  const { transport, address, clock } = net;
  const options = { dim: own, store, self: bob.id, transport, stations: [address], clock };
  const b = createClient({ ...options, handlers: [chessPlugin] });
  await b.start();
  const a = await device(net, alice);
  const answers: unknown[] = [];
  a.on('received', 'unknown-module', ({ content }) => answers.push(content.fields['move']));
  await a.send(ChessContent.create('e4'), bob.id);
  await until(net, async () => answers.length === 1, 'it is answered');
  assert.deepEqual([moves, answers], [['e4'], ['e5']]);
  assert.equal(dim.Content.parse(ChessContent.create('e4').fields).kind, 'unknown-module');
  await a.close();
  await b.close();
});
