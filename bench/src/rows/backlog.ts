/** What a client does with what came while it was offline, beside opening the same messages alone. */
import { TextContent, type User } from 'dimp';
import { clientOver, clientStoreOf, dim, KeptMessages, makeSenders, type StoreKind } from '../people/clients.ts';
import { BOUND, OURS, type Row } from './row.ts';
import { storeOf } from '../people/people.ts';

/** How many messages the station has; and how many of them the client opens before it is the turn of who opens alone. */
const BACKLOG = 10_000;
const QUICK_BACKLOG = 2000;
const SLICE = 200;

/** Messages to one person who was offline. */
interface Backlog {
  readonly receiver: User;
  readonly senders: readonly User[];
  readonly payloads: readonly Uint8Array[];
}

/** How a client opens. */
interface Opening {
  readonly kind: StoreKind;
  readonly receipts: 'all' | 'none';
}

const OPENINGS: readonly Opening[] = [
  { kind: 'in memory', receipts: 'none' },
  { kind: 'in memory', receipts: 'all' },
  { kind: 'SQLite', receipts: 'none' },
  { kind: 'SQLite', receipts: 'all' },
];

export function backlogRows(quick: boolean): readonly Row[] {
  return (quick ? [1] : [1, 100]).flatMap((count) => {
    let made: Promise<Backlog> | undefined;
    const backlog = async (): Promise<Backlog> => (made ??= makeBacklog(count, quick ? QUICK_BACKLOG : BACKLOG));
    const from = count === 1 ? 'one sender' : `${count} senders`;
    return OPENINGS.map((opening) => backlogRow(`backlog of ${from}`, backlog, opening));
  });
}

function backlogRow(name: string, made: () => Promise<Backlog>, { kind, receipts }: Opening): Row {
  let close = async (): Promise<void> => undefined;
  return {
    name: `${name}, ${kind}${receipts === 'all' ? ', receipts' : ''}`,
    target: { ofBound: 0.7 },
    isAside: true,
    note: 'bound: each opened by a messenger over a store in memory',
    contenders: async () => {
      const { receiver, senders, payloads } = await made();
      const byClient = sliceBySlice(payloads, async () => {
        await close();
        const store = await clientStoreOf(kind, receiver, senders);
        const station = new KeptMessages();
        const client = clientOver(store, receiver.id, { transport: station, receipts });
        client.on('refused', ({ error }) => {
          throw error;
        });
        close = async () => {
          await client.close();
          await store.close();
        };
        await client.start();
        return async (slice) => station.hand(slice);
      });
      const alone = sliceBySlice(payloads, async () => {
        const messenger = dim.messenger({ self: receiver.id, store: await storeOf(dim, receiver, senders) });
        return async (slice) => {
          for (const bytes of slice) await messenger.unpack(bytes);
        };
      });
      return [
        { name: OURS, times: SLICE, run: byClient },
        { name: BOUND, times: SLICE, run: alone },
      ];
    },
    close: async () => close(),
  };
}

/** Each call takes the next messages; behind the last ones somebody new begins with the first. */
function sliceBySlice(
  payloads: readonly Uint8Array[],
  begin: () => Promise<(slice: readonly Uint8Array[]) => Promise<void>>,
): () => Promise<void> {
  let next = payloads.length;
  let take: (slice: readonly Uint8Array[]) => Promise<void> = async () => undefined;
  return async () => {
    if (next >= payloads.length) {
      take = await begin();
      next = 0;
    }
    await take(payloads.slice(next, next + SLICE));
    next += SLICE;
  };
}

async function makeBacklog(count: number, size: number): Promise<Backlog> {
  const receiver = await dim.createUser({ name: 'Receiver' });
  const senders = await makeSenders(count);
  const messengers = await Promise.all(
    senders.map(async (sender) => dim.messenger({ self: sender.id, store: await storeOf(dim, sender, [receiver]) })),
  );
  const payloads: Uint8Array[] = [];
  for (let index = 0; index < size; index++) {
    const content = TextContent.create(`Message ${index} of those that came while nobody was here to read them.`);
    const messenger = messengers[index % count];
    if (messenger !== undefined) payloads.push(await messenger.pack(content, receiver.id));
  }
  return { receiver, senders, payloads };
}
