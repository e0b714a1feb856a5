/**
 * A device whose process ends at each commit in turn, just before it and just after it: the next process over what is kept makes
 * good all that was begun, once.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  ForwardContent,
  InviteCommand,
  MemoryStore,
  TextContent,
  type Content,
  type ID,
  type ReliableMessage,
} from 'dimp';
import { textOf } from 'dimp/extend';
import { defineHandler, MemoryClientStore } from 'dimsdk';
import type { TestNetwork } from 'dimtestkit/network';
import { clockOf, device, dim, network, person, texts, until, type TestClient } from '../world.ts';
import { byForm } from '../form.ts';
import { FOR_EVER, Life, type End } from './life.ts';

const [alice, bob, carol, dave, erin] = [
  await person('Alice'),
  await person('Bob'),
  await person('Carol'),
  await person('Dave'),
  await person('Erin'),
];
/** Of her the network knows nothing: what is for her waits. */
const zoe = await person('Zoe');

/** What Bob's device is to have in the end. */
interface Expected {
  readonly fromAlice: readonly string[];
  readonly group?: { readonly id: ID; readonly texts: readonly string[] };
  /** What it answers of all that. */
  readonly answered: readonly string[];
  /** Of which Alice is to hear, beside what she has sent herself. */
  readonly receiptFor?: ReliableMessage;
}

/** What waits for Bob's device before the process begins that is to end. */
type Story = (net: TestNetwork, a: TestClient, disk: MemoryClientStore) => Promise<Expected>;

async function packed(from: typeof alice, content: Content, net: TestNetwork): Promise<ReliableMessage> {
  const store = new MemoryStore();
  await dim.addUser(store, from);
  await dim.addContact(store, bob);
  const messenger = dim.messenger({ self: from.id, store, clock: () => net.clock.now() });
  return (await messenger.packMessage(content, bob.id, { introduce: true })).message;
}

const STORIES: Readonly<Record<string, Story>> = {
  'texts, and a group that it hears of': async (net, a) => {
    const { group: id } = await a.groups.found({ name: 'Friends', members: [bob.id] });
    for (const text of ['1', '2']) await a.send(TextContent.create(text), bob.id);
    await a.send(TextContent.create('all'), id);
    await clockOf(net).advance(10);
    return { fromAlice: ['1', '2'], group: { id, texts: ['all'] }, answered: ['1', '2', 'all'] };
  },
  'a text that somebody else hands on': async (net) => {
    const message = await packed(alice, TextContent.create('handed on'), net);
    net.keep(await packed(carol, ForwardContent.create(message), net), bob.id);
    return { fromAlice: ['handed on'], answered: [] };
  },
  'commands of a group, and a text behind them': async (net, a, disk) => {
    const before = await device(net, bob, { store: disk });
    const { group: id } = await a.groups.found({ name: 'Friends', members: [bob.id] });
    await until(net, async () => (await before.groups.state(id))?.hasMembers === true, 'Bob knows the group');
    await before.close();
    // Each looks at what the one before has changed: that goes to the disk then, before the text has its receipt.
    for (const user of [carol, dave, erin])
      net.keep(await packed(alice, InviteCommand.create(id, [user.id]), net), bob.id);
    await clockOf(net).advance(1);
    const behind = await packed(alice, TextContent.create('behind'), net);
    net.keep(behind, bob.id);
    return { fromAlice: ['behind'], group: { id, texts: [] }, answered: ['behind'], receiptFor: behind };
  },
};

/** Where there is something to be done, but for what waits for ever. */
function left(disk: MemoryClientStore, table: string): readonly string[] {
  return disk.partitions(table).filter((partition) => partition !== zoe.id.entityKey);
}

/** @returns whether it came to that end */
async function tell(story: Story, end: End): Promise<boolean> {
  const net = await network({ seed: 1 });
  const what = `${end.moment} commit ${end.at}`;
  const disk = new MemoryClientStore();
  await dim.addUser(disk, bob);
  let runs = 0;
  const echo = defineHandler('text', ({ content: { text } }) => {
    const row = { table: 'app-heard', key: String(++runs), partition: '', order: 0, value: { text } };
    const sends = ['first', 'second'].map((note) => ({
      content: TextContent.create(`${note} ${text}`),
      receiver: zoe.id,
    }));
    return { replies: [TextContent.create(`heard ${text}`)], sends, rows: [{ do: 'put-row', row, where: 'absent' }] };
  });
  const begin = async (life: Life): Promise<TestClient> =>
    device(net, bob, { store: life.store, transport: life.transport(net.transport), handlers: [echo] });
  const a = await device(net, alice);
  // The station is to know him.
  const shown = await device(net, bob);
  await clockOf(net).advance(5);
  await shown.close();
  const { group, receiptFor, ...told } = await story(net, a, disk);
  const [fromAlice, answered] = [told.fromAlice, told.answered].map((list) => [...list, 'late']);
  assert.ok(fromAlice && answered);
  const receipts = new Set<string | undefined>();
  a.on(
    'received',
    'receipt',
    ({ content, sender }) => sender.equals(bob.id) && receipts.add(content.origin?.signature),
  );

  const first = new Life(disk, end);
  let isPromised = false;
  const work = (async () => {
    const b = await begin(first);
    await b.send(TextContent.create('from Bob'), alice.id);
    isPromised = true;
    return b;
  })();
  const isDone = async (): Promise<boolean> =>
    (await a.deliveries()).length === 0 && net.kept(bob.id).length === 0 && isPromised;
  await until(net, async () => first.isOver || (await isDone()), what);
  await clockOf(net).advance(30);
  // What is for Zoe was tried by now.
  await a.send(TextContent.create('late'), bob.id);
  await until(net, async () => first.isOver || (await isDone()), `${what}: late`);
  await clockOf(net).advance(30);
  // It may end while it is closed, too.
  if (!first.isOver) await Promise.race([first.ended, work.then(async (client) => client.close())]);
  if (first.isOver) await net.cut(bob.id);

  const b = await begin(new Life(disk, FOR_EVER));
  const isRead = async (): Promise<boolean> =>
    (await texts(b, alice)).filter((text) => text !== 'from Bob').length >= fromAlice.length &&
    net.kept(bob.id).length === 0;
  await until(net, isRead, `${what}: Bob reads all`);
  await until(net, async () => (await a.deliveries()).length === 0, `${what}: Alice hears of all`);
  await until(net, async () => (await b.deliveries()).length === 0, `${what}: Bob hears of all`);
  const isIdle = (): boolean => ['arrival', 'draft'].every((table) => left(disk, table).length === 0);
  await until(net, async () => isIdle(), `${what}: Bob has done all`);
  await clockOf(net).advance(60);
  const isSent = (await texts(b, alice)).includes('from Bob');
  assert.ok(isSent || !isPromised, what);
  const own = isSent ? ['from Bob'] : [];
  assert.deepEqual([...(await texts(b, alice))].sort(), [...fromAlice, ...own].sort(), what);
  if (group !== undefined) assert.deepEqual(await texts(b, { id: group.id }), group.texts, what);
  const came = (await texts(a, bob)).filter((text) => text === 'from Bob' || text.startsWith('heard '));
  assert.deepEqual(came.sort(), [...own, ...answered.map((text) => `heard ${text}`)].sort(), what);
  const heard = disk.rows('app-heard', '').map(({ value }) => textOf(value, 'text'));
  assert.deepEqual([...heard].sort(), [...fromAlice, ...(group?.texts ?? [])].sort(), what);
  if (receiptFor !== undefined) assert.ok(receipts.has(textOf(receiptFor.fields, 'signature')), `${what}: a receipt`);
  for (const table of ['arrival', 'draft', 'waiting']) assert.deepEqual(left(disk, table), [], `${what}: ${table}`);
  const forZoe = disk.rows('draft', zoe.id.entityKey);
  assert.equal(forZoe.length, 2 * heard.length, `${what}: each has two notes for Zoe`);
  await b.close();
  await a.close();
  return first.isOver;
}

/** Both at each commit in the full form. Else in turn, as one is nearly the other at the next commit. */
const MOMENTS = byForm<readonly (readonly End['moment'][])[]>(
  [['before', 'after']],
  [['before', 'after']],
  [['before'], ['after']],
);
const STEP = byForm(9, 2, 1);

for (const [name, story] of Object.entries(STORIES))
  for (const moments of MOMENTS)
    test(`a process may end ${moments.join(' or ')} each commit: ${name}`, { timeout: 600_000 }, async () => {
      let at = 1;
      while (await tell(story, { at, moment: moments[at % moments.length] ?? 'after' })) at += STEP;
      assert.ok(at > 5, `${at - 1} commits`);
    });
