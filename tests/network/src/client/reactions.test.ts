/** What becomes of what handlers want, where it cannot be kept: now, or never. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DimError, TextContent, type Content } from 'dimp';
import { defineHandler, MemoryClientStore, type ClientStore, type Reaction, type RowChange } from 'dimsdk';
import { clockOf, device, failing, network, person, texts, until } from '../world.ts';

const rowFor = (key: string): RowChange => ({
  do: 'put-row',
  row: { table: 'app-said', key, partition: '', order: 0, value: {} },
});

async function rowsOf(store: ClientStore): Promise<readonly string[]> {
  return (await store.rows('app-said', '')).map(({ key }) => key);
}

test('what a handler wants while the disk is full is kept when there is room, without a restart', async () => {
  const net = await network({ seed: 1 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const { store, fail } = failing(new MemoryClientStore());
  const isFull = new DimError('STORE_FULL', 'there is no room');
  let isFirst = true;
  const answer = defineHandler('text', ({ content: { text } }) => {
    // The message itself was kept.
    if (text === '2' && isFirst) fail(isFull);
    isFirst &&= text !== '2';
    return { replies: [TextContent.create(`you said ${text}`)], rows: [rowFor(text)] };
  });
  const [a, b] = [await device(net, alice), await device(net, bob, { store, handlers: [answer] })];
  for (const text of ['1', '2', '3', '4']) await a.send(TextContent.create(text), bob.id);
  await until(net, async () => !isFirst, 'the second one is handled');
  await clockOf(net).advance(60);
  fail(undefined);
  await until(net, async () => (await rowsOf(store)).length === 4, 'all are handled');
  await until(net, async () => (await texts(a, bob)).length === 8, 'all are answered');
  const answers = (await texts(a, bob)).filter((text) => text.startsWith('you'));
  assert.deepEqual(
    answers,
    ['1', '2', '3', '4'].map((text) => `you said ${text}`),
  );
  assert.equal(await store.count('arrival', ''), 0);
  await a.close();
  await b.close();
});

/** What no store and no reader would take, in JavaScript above all. */
const IMPOSSIBLE: Readonly<Record<string, (text: string) => Reaction>> = {
  'a row with a key that is too long': (text) => ({ rows: [rowFor(text.repeat(2000))] }),
  'a row of no table': () => ({ rows: [{ do: 'delete-row', table: 'No Table', key: '' }] }),
  'a row that is there, where it must not be': () => ({
    rows: [
      {
        do: 'put-row',
        row: { table: 'app-once', key: 'x', partition: '', order: 0, value: {} },
        where: 'absent',
      },
    ],
  }),
  'a change that is none': () => ({ changes: [{ do: 'nothing' } as never] }),
  'a reply that is none': (text) => ({ replies: [text as unknown as Content] }),
  'a receiver that is none': (text) => ({
    sends: [{ content: TextContent.create(text), receiver: 'Bob' as never }],
  }),
  'rows that are no list': () => ({ rows: 7 as never }),
};

for (const isExclusive of [false, true])
  for (const [what, reaction] of Object.entries(IMPOSSIBLE))
    test(`a handler that wants ${what} is told, and holds up nobody (${isExclusive ? 'inside' : 'after'} the commit)`, async () => {
      const net = await network({ seed: 2 });
      const [alice, bob] = [await person('Alice'), await person('Bob')];
      const store = new MemoryClientStore();
      store.commit([], [{ do: 'put-row', row: { table: 'app-once', key: 'x', partition: '', order: 0, value: {} } }]);
      const kept = defineHandler('text', ({ content: { text } }) => ({ rows: [rowFor(text)] }), { isExclusive });
      const wrong = defineHandler('text', ({ content: { text } }) => (text === 'bad' ? reaction(text) : undefined), {
        isExclusive,
      });
      const [a, b] = [await device(net, alice), await device(net, bob, { store, handlers: [wrong, kept] })];
      const heard: string[] = [];
      const failures: string[] = [];
      b.on('received', 'text', ({ content }) => heard.push(content.text));
      b.on('handler-failed', ({ kind, error }) => failures.push(`${kind} ${(error as DimError).code}`));
      for (const text of ['before', 'bad', 'after']) await a.send(TextContent.create(text), bob.id);
      await until(net, async () => heard.length === 3, `all are heard, not only ${String(heard)}`);
      await clockOf(net).advance(60);
      assert.deepEqual(heard, ['before', 'bad', 'after']);
      assert.deepEqual(failures.length, 1, String(failures));
      assert.match(failures[0] ?? '', /^text (USAGE_ARGUMENT|STORE_CONFLICT)$/);
      // What the other handler wants of the same content is kept.
      assert.deepEqual([...(await rowsOf(store))].sort(), ['after', 'bad', 'before']);
      assert.equal(store.count('arrival', ''), 0);
      assert.equal((await texts(b, alice)).length, 3);
      await a.close();
      await b.close();
    });

test('what a handler sends to a group is read there', async () => {
  const net = await network({ seed: 3 });
  const [alice, bob] = [await person('Alice'), await person('Bob')];
  const echo = defineHandler('text', ({ content: { text }, group }) =>
    group === undefined ? undefined : { sends: [{ content: TextContent.create(`heard ${text}`), receiver: group }] },
  );
  const [a, b] = [await device(net, alice), await device(net, bob, { handlers: [echo] })];
  await clockOf(net).advance(30);
  const { group } = await a.groups.found({ name: 'Friends', members: [bob.id] });
  await a.send(TextContent.create('all'), group);
  await until(net, async () => (await texts(a, { id: group })).length === 2, 'the answer is in the group');
  assert.deepEqual(await texts(a, { id: group }), ['all', 'heard all']);
  assert.deepEqual(await texts(a, bob), []);
  await a.close();
  await b.close();
});
