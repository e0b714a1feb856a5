import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Thread } from '../../src/page/thread.ts';
import { TalkLink, message, person, until } from './talk-link.ts';

function keysOf(thread: Thread): readonly string[] {
  return (thread.window.value?.messages ?? []).map(({ key }) => key);
}

async function opened(count: number): Promise<{ readonly link: TalkLink; readonly thread: Thread }> {
  const link = new TalkLink();
  link.fill(count);
  const thread = new Thread(link, 'bob');
  await thread.start();
  return { link, thread };
}

test('a conversation opens at its newest page, and grows at its beginning', async () => {
  const { thread } = await opened(120);
  assert.equal(keysOf(thread).length, 50);
  assert.equal(keysOf(thread).at(-1), 'm119');
  await thread.loadOlder();
  assert.equal(thread.window.value?.grewBefore, true);
  await thread.loadOlder();
  assert.equal(keysOf(thread)[0], 'm0');
  assert.equal(thread.window.value?.hasOlder, false);
});

test('two wishes for older ones at once give one page: a view that asks while it draws does not load all there is', async () => {
  const { thread } = await opened(200);
  await Promise.all([thread.loadOlder(), thread.loadOlder()]);
  assert.deepEqual(
    keysOf(thread),
    Array.from({ length: 100 }, (_, index) => `m${index + 100}`),
  );
  await thread.loadOlder();
  assert.equal(keysOf(thread).length, 150);
});

test('what comes stands at its place, once, however often it is told', async () => {
  const { link, thread } = await opened(10);
  link.put(message('late', 4.5), message('new', 20));
  link.tellOf('new');
  link.tellOf('late');
  link.tellOf('new');
  await until(thread.window, (now) => now?.messages.length === 12);
  assert.equal(keysOf(thread)[5], 'late');
  assert.equal(keysOf(thread).at(-1), 'new');
});

test('a thousand events at once are a few questions, and what did not change stays the same object', async () => {
  const { link, thread } = await opened(50);
  const [first] = thread.window.value?.messages ?? [];
  link.asked.length = 0;
  link.fill(1000, 50);
  for (let index = 50; index < 1050; index++) link.tellOf(`m${index}`);
  await until(thread.window, (now) => now?.messages.length === 1050);
  assert.ok(link.asked.length < 20, String(link.asked.length));
  assert.equal(thread.window.value?.messages[0], first);
});

test('a delivery that is further changes that message alone', async () => {
  const { link, thread } = await opened(50);
  const before = thread.window.value?.messages ?? [];
  const delivery = {
    id: 'd',
    state: 'sent',
    failure: undefined,
    waitsForReceiver: false,
    delivered: 0,
    recipients: 1,
  } as const;
  link.put(message('m49', 49, { delivery }));
  link.tellOf('m49', false);
  await until(thread.window, (now) => now?.messages.at(-1)?.delivery?.state === 'sent');
  assert.deepEqual(thread.window.value?.messages.slice(0, -1), before.slice(0, -1));
  assert.ok(thread.window.value?.messages.slice(0, -1).every((one, index) => one === before[index]));
});

test('a message that is gone leaves, and a cleared conversation is empty', async () => {
  const { link, thread } = await opened(60);
  link.messages.delete('m59');
  link.tell({ tell: 'conversation', conversation: 'bob' });
  await until(thread.window, (now) => now?.messages.at(-1)?.key === 'm58');
  link.messages.clear();
  link.tell({ tell: 'conversation', conversation: 'bob' });
  await until(thread.window, (now) => now?.messages.length === 0);
});

test('what is not of this conversation is not shown in it', async () => {
  const { link, thread } = await opened(3);
  link.put(message('other', 9, { conversation: 'carol' }), message('m3', 10));
  link.tellOf('other');
  link.tellOf('m3');
  await until(thread.window, (now) => now?.messages.length === 4);
  assert.equal(keysOf(thread).includes('other'), false);
  assert.equal(await thread.show('other'), false);
});

test('a jump shows what surrounds the message, and both ends go on from there', async () => {
  const { link, thread } = await opened(500);
  assert.equal(await thread.show('m200'), true);
  assert.deepEqual(thread.target.value, { to: 'message', key: 'm200' });
  assert.equal(keysOf(thread)[0], 'm150');
  assert.equal(keysOf(thread).at(-1), 'm250');
  // Above the end, what comes is only counted.
  thread.isAtEnd = false;
  link.fill(1, 500);
  link.tellOf('m500');
  await thread.loadNewer();
  assert.equal(keysOf(thread).at(-1), 'm300');
  assert.equal(thread.newBelow.value, 1);
  await thread.toEnd();
  assert.equal(keysOf(thread).at(-1), 'm500');
  assert.equal(thread.newBelow.value, 0);
});

test('a name that changed is new in what is shown', async () => {
  const { link, thread } = await opened(3);
  link.put(message('m1', 1, { sender: person('bob', { name: 'Robert' }) }));
  link.tell({ tell: 'people' });
  await until(thread.window, (now) => now?.messages[1]?.sender.name === 'Robert');
});

test('a hundred names that change are asked for together, and a draft asks for nothing', async () => {
  const { link, thread } = await opened(50);
  link.asked.length = 0;
  for (let index = 0; index < 100; index++) link.tell({ tell: 'people' });
  await thread.loadOlder();
  assert.ok(link.asked.length <= 4, link.asked.join(' '));
  link.asked.length = 0;
  link.tell({ tell: 'list' });
  await thread.loadOlder();
  assert.deepEqual(link.asked, []);
});

test('what comes below is counted, muted or not, and own messages are not', async () => {
  const { link, thread } = await opened(60);
  thread.isAtEnd = false;
  link.put(message('n1', 70), message('n2', 71, { isOwn: true }));
  link.tellOf('n1', false);
  link.tellOf('n2', false);
  await until(thread.window, (now) => now?.messages.at(-1)?.key === 'n2');
  assert.equal(thread.newBelow.value, 1);
  thread.isAtEnd = true;
  assert.equal(thread.newBelow.value, 0);
});

test('a locked engine leaves nothing on the page, and an unlocked one brings it back', async () => {
  const { link, thread } = await opened(3);
  const rest = {
    connection: { is: 'connecting' },
    settings: { station: undefined, files: undefined, receipts: 'all' },
    transfers: [],
  } as const;
  link.tell({ tell: 'state', state: { phase: { is: 'locked', id: 'me', name: undefined }, ...rest } });
  assert.equal(thread.window.value, undefined);
  const me = { id: 'me', name: 'me', terminal: undefined, devices: [], isSealed: true, link: '' };
  link.tell({ tell: 'state', state: { phase: { is: 'open', me }, ...rest } });
  await until(thread.window, (now) => now?.messages.length === 3);
});

test('what the engine refuses is told, and the next question works', async () => {
  const { link, thread } = await opened(100);
  link.gate = Promise.reject(new Error('no engine'));
  await thread.loadOlder();
  assert.equal(thread.failure.value?.reason, 'no engine');
  link.gate = Promise.resolve();
  await thread.loadOlder();
  assert.equal(thread.failure.value, undefined);
  assert.equal(keysOf(thread).length, 100);
});
