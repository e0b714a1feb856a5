/** What a client does when a person writes, reads and scrolls. */
import { TextContent } from 'dimp';
import { MemoryClientStore, type ClientStore, type Row as StoreRow, type RowChange } from 'dimsdk';
import { clientOver, clientStoreOf, dim, KeptMessages, type StoreKind } from '../people/clients.ts';
import { BOUND, OURS, type Row } from './row.ts';
import { storeOf } from '../people/people.ts';

const KINDS: readonly StoreKind[] = ['in memory', 'SQLite'];

/** How many arrivals a client finds after a restart. */
const ARRIVALS = 500;

/** How many messages a long conversation has, and a short one; and how many are on a page. */
const LONG = 100_000;
const QUICK_LONG = 10_000;
const SHORT = 1000;
const PAGE = 50;

export function clientRows(quick: boolean): readonly Row[] {
  return [...KINDS.map(sendRow), dispatchRow(), ...KINDS.map((kind) => pageRow(kind, quick ? QUICK_LONG : LONG))];
}

/** Packed, and on the disk with its place in the conversation. */
function sendRow(kind: StoreKind): Row {
  let close = async (): Promise<void> => undefined;
  return {
    name: `send, ${kind}`,
    isAside: true,
    note: 'bound: packed by a messenger, and kept nowhere',
    ...(kind === 'in memory' && { target: { ofBound: 0.5 } }),
    contenders: async () => {
      const [alice, bob] = await Promise.all([dim.createUser({ name: 'Alice' }), dim.createUser({ name: 'Bob' })]);
      const store = await clientStoreOf(kind, alice, [bob]);
      const client = clientOver(store, alice.id);
      close = async () => {
        await client.close();
        await store.close();
      };
      const messenger = dim.messenger({ self: alice.id, store: await storeOf(dim, alice, [bob]) });
      const options = { introduce: true };
      return [
        { name: OURS, run: async () => client.send(TextContent.create('Hello, world!'), bob.id) },
        { name: BOUND, run: async () => messenger.pack(TextContent.create('Hello, world!'), bob.id, options) },
      ];
    },
    close: async () => close(),
  };
}

/** From the disk to a listener, and off the disk. */
function dispatchRow(): Row {
  return {
    name: 'arrivals told after a restart, in memory',
    target: { ofBound: 0.5 },
    isAside: true,
    note: 'bound: the same rows put, read and removed, their messages and contents read',
    contenders: async () => {
      const [alice, bob] = await Promise.all([dim.createUser({ name: 'Alice' }), dim.createUser({ name: 'Bob' })]);
      const arrivals = await makeArrivals(alice, bob);
      const keptStore = async (): Promise<MemoryClientStore> => {
        const store = new MemoryClientStore();
        await dim.addUser(store, bob);
        store.commit([], arrivals.map(putRow));
        return store;
      };
      return [
        {
          name: OURS,
          times: ARRIVALS,
          run: async () => {
            const client = clientOver(await keptStore(), bob.id);
            let left = ARRIVALS;
            const told = new Promise<void>((resolve) => client.on('received', () => void (--left === 0 && resolve())));
            await client.start();
            await told;
            await client.close();
          },
        },
        {
          name: BOUND,
          times: ARRIVALS,
          run: async () => {
            const store = await keptStore();
            const rows = store.rows('arrival', '', { limit: ARRIVALS });
            for (const { value, bytes = new Uint8Array() } of rows) {
              dim.Content.parse(value['content']);
              dim.ReliableMessage.decode(bytes);
            }
            store.commit(
              [],
              rows.map(({ table, key }) => ({ do: 'delete-row', table, key })),
            );
          },
        },
      ];
    },
  };
}

/** The rows of messages that came to somebody whose listener has not done with the first one. */
async function makeArrivals(from: Parameters<typeof clientStoreOf>[1], to: typeof from): Promise<readonly StoreRow[]> {
  const messenger = dim.messenger({ self: from.id, store: await storeOf(dim, from, [to]) });
  const payloads: Uint8Array[] = [];
  for (let index = 0; index <= ARRIVALS; index++)
    payloads.push(await messenger.pack(TextContent.create(`Message ${index}`), to.id));
  const store = await clientStoreOf('in memory', to, [from]);
  const station = new KeptMessages();
  const client = clientOver(store, to.id, { transport: station, receipts: 'none' });
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  client.on('received', async () => held);
  await client.start();
  await station.hand(payloads);
  const closed = client.close();
  goOn();
  await closed;
  return store.rows('arrival', '', { limit: ARRIVALS });
}

function putRow(row: StoreRow): RowChange {
  return { do: 'put-row', row };
}

/** A page somewhere in a conversation, as a person sees it who scrolls. */
function pageRow(kind: StoreKind, length: number): Row {
  const stores: ClientStore[] = [];
  return {
    name: `page of ${PAGE} of ${length.toLocaleString('en')} messages, ${kind}`,
    target: { ofBound: 0.7 },
    isAside: true,
    note: `bound: of a conversation with ${SHORT.toLocaleString('en')}`,
    contenders: async () => {
      const readers: (() => Promise<unknown>)[] = [];
      for (const size of [length, SHORT]) {
        const [alice, bob] = await Promise.all([dim.createUser({ name: 'Alice' }), dim.createUser({ name: 'Bob' })]);
        const store = await clientStoreOf(kind, alice, [bob]);
        stores.push(store);
        const client = clientOver(store, alice.id);
        await client.send(TextContent.create('Of this message there are very many.'), bob.id);
        const [model] = await store.rows('message', bob.id.entityKey);
        if (model === undefined) throw new Error('what was sent is in its conversation');
        for (let start = 0; start < size; start += 1000) await store.commit([], copiesOf(model, start, 1000));
        let turn = 0;
        readers.push(async () => {
          // Each time at another place, by a step that comes to all of them.
          const place = (turn = (turn + 7919) % size);
          const before = { key: `${model.key} ${place}`, time: model.order + place };
          const page = await client.conversations.messages(bob.id, { before, limit: PAGE });
          if (page.length !== Math.min(PAGE, place + 1)) throw new Error(`a page has ${page.length} messages`);
        });
      }
      const [ofLong, ofShort] = readers;
      if (ofLong === undefined || ofShort === undefined) return [];
      return [
        { name: OURS, run: ofLong },
        { name: BOUND, run: ofShort },
      ];
    },
    close: async () => {
      for (const store of stores.splice(0)) await store.close();
    },
  };
}

function copiesOf(model: StoreRow, start: number, count: number): readonly RowChange[] {
  return Array.from({ length: count }, (_, index) => {
    const place = start + index;
    return putRow({ ...model, key: `${model.key} ${place}`, order: model.order + place });
  });
}
