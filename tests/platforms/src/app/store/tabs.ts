/** What the tabs of one origin do with one store. */
import { isDimError, MemoryStore, TextContent, type User } from 'dimp';
import { decodeBase64, encodeBase64, parseJsonMap } from 'dimp/extend';
import type { ClientStore, RowChange } from 'dimsdk';
import { codeOf, createPerson, dim, openStore } from './open.ts';
import { randomBy } from './random.ts';
import { databaseOf } from './raw.ts';

const TABLE = 'app-tabs';

/** Messages to somebody, and what has to be known of their author. */
export interface Mail {
  readonly card: string;
  /** In base64. */
  readonly messages: readonly string[];
}

/** Makes a user who lives in a store. @returns what others have to know of the user */
export async function createOwner(name: string): Promise<string> {
  const store = await openStore(name);
  const owner = await createPerson('Bob');
  await dim.addUser(store, owner);
  await store.close();
  return cardOf(owner);
}

/** Somebody else writes messages to the owner of a card. */
export async function writeMail(card: string, count: number): Promise<Mail> {
  const [alice, store] = [await createPerson('Alice'), new MemoryStore()];
  await dim.addUser(store, alice);
  const owner = contactOf(card);
  await dim.addContact(store, owner);
  const messenger = dim.messenger({ self: alice.id, store });
  const messages: string[] = [];
  for (let number = 0; number < count; number++)
    messages.push(encodeBase64(await messenger.pack(TextContent.create(`message ${number}`), owner.id)));
  return { card: cardOf(alice), messages };
}

/** Opens messages, several at a time. @returns which were read here, and why others were not */
export async function openMail(
  name: string,
  self: string,
  { card, messages }: Mail,
): Promise<{ readonly read: readonly string[]; readonly refused: readonly string[] }> {
  const store = await openStore(name);
  await dim.addContact(store, contactOf(card));
  const messenger = dim.messenger({ self: contactOf(self).id, store });
  await meet(name, 2);
  const read: string[] = [];
  const refused: string[] = [];
  const openOne = async (message: string): Promise<void> => {
    try {
      const { content } = await messenger.unpack(decodeBase64(message));
      read.push(content.kind === 'text' ? content.text : content.kind);
    } catch (error) {
      refused.push(codeOf(error));
    }
  };
  for (let start = 0; start < messages.length; start += 10)
    await Promise.all(messages.slice(start, start + 10).map(openOne));
  await store.close();
  return { read, refused };
}

/** Claims numbers, each with a row of its own in the same commit. @returns those that nobody else had claimed */
export async function claimRows(
  name: string,
  tab: string,
  { count, tabs }: { readonly count: number; readonly tabs: number },
): Promise<readonly number[]> {
  const store = await openStore(name);
  await meet(name, tabs);
  const claimed: number[] = [];
  // In an order of its own: of two that are always at the same one, the first always wins.
  const random = randomBy(tab.length + (tab.codePointAt(tab.length - 1) ?? 0));
  const order = Array.from({ length: count }, (_, number) => ({ number, place: random() }));
  for (const { number } of order.sort((one, other) => one.place - other.place)) {
    const value = { tab };
    const put = (partition: string, key: string): RowChange => ({
      do: 'put-row',
      row: { table: TABLE, key: `${partition} ${key}`, partition, order: number, value },
      where: 'absent',
    });
    try {
      await store.commit([], [put(`of ${tab}`, `${number}`), put('claims', `${number}`)]);
      claimed.push(number);
    } catch (error) {
      if (!isDimError(error) || error.code !== 'STORE_CONFLICT') throw error;
    }
  }
  await store.close();
  return claimed;
}

/** The numbers of a partition. */
export async function numbersOf(name: string, partition: string): Promise<readonly number[]> {
  const store = await openStore(name);
  const rows = await store.rows(TABLE, partition, { limit: 1000 });
  await store.close();
  return rows.map(({ order }) => order);
}

/** Adds one to a row, again and again, each time by what the row says. */
export async function countUp(
  name: string,
  { count, tabs }: { readonly count: number; readonly tabs: number },
): Promise<number> {
  const store = await openStore(name);
  await meet(name, tabs);
  await Promise.all(Array.from({ length: count }, () => store.exclusive(() => countOnce(store))));
  const last = await countOf(store);
  await store.close();
  return last;
}

async function countOnce(store: ClientStore): Promise<void> {
  const next = (await countOf(store)) + 1;
  await store.commit(
    [],
    [{ do: 'put-row', row: { table: TABLE, key: 'count', partition: '', order: next, value: {} } }],
  );
}

async function countOf(store: ClientStore): Promise<number> {
  return (await store.row(TABLE, 'count'))?.order ?? 0;
}

/** Waits until so many tabs and workers have come to the same place: from there they go on at once. */
async function meet(place: string, count: number): Promise<void> {
  const channel = new BroadcastChannel(place);
  const self: string = crypto.randomUUID();
  const there = new Set([self]);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has one origin
  const tell = (): void => channel.postMessage(self);
  await new Promise<void>((resolve) => {
    channel.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (there.has(data)) return;
      there.add(data);
      // Who came later has not heard of this one.
      tell();
      if (there.size === count) resolve();
    });
    tell();
  });
  channel.close();
}

/** Takes a turn and keeps it. */
export async function holdTurn(name: string): Promise<void> {
  const store = await openStore(name);
  await new Promise<void>((resolve) => {
    void store.exclusive(async () => {
      resolve();
      await new Promise(() => undefined);
    });
  });
}

/** Asks for a turn. */
export async function takeTurn(name: string): Promise<string> {
  const store = await openStore(name);
  const answer = await store.exclusive(async () => Promise.resolve('taken'));
  await store.close();
  return answer;
}

/** How many have the turn, and how many wait for it, as the browser says. */
export async function turnsOf(name: string): Promise<{ readonly held: number; readonly pending: number }> {
  const { held = [], pending = [] } = await navigator.locks.query();
  const count = (locks: readonly LockInfo[]): number => locks.filter((lock) => lock.name === databaseOf(name)).length;
  return { held: count(held), pending: count(pending) };
}

/** Commits until the page ends, and says of each commit that it is kept. */
export async function commitForever(name: string): Promise<never> {
  const store = await openStore(name);
  for (let number = 0; ; number++) {
    await store.commit(
      [{ do: 'mark-read', mark: markOf(number) }],
      PARTS.map((part) => ({
        do: 'put-row',
        row: {
          table: TABLE,
          key: `${number} ${part}`,
          partition: part,
          order: number,
          value: { text: 'x'.repeat(2000) },
        },
      })),
    );
    console.log(`kept ${number}`);
  }
}

/** Which commits of {@link commitForever} are there. @throws Error for one of which a part is missing */
export async function keptCommits(name: string): Promise<readonly number[]> {
  const store = await openStore(name);
  const [first = [], ...others] = await Promise.all(PARTS.map((part) => allNumbers(store, part)));
  for (const other of others) if (other.join() !== first.join()) throw new Error('of a commit only a part was kept');
  for (const number of first)
    if ((await store.readState(markOf(number))) !== 'read') throw new Error(`without its mark was kept ${number}`);
  const next = (first.at(-1) ?? -1) + 1;
  if ((await store.readState(markOf(next))) !== 'new') throw new Error(`without its rows was kept ${next}`);
  await store.close();
  return first;
}

async function allNumbers(store: ClientStore, partition: string): Promise<readonly number[]> {
  const numbers: number[] = [];
  for (let last: { readonly order: number; readonly key: string } | undefined; ;) {
    const page = await store.rows(TABLE, partition, { after: last, limit: 1000 });
    numbers.push(...page.map(({ order }) => order));
    last = page.at(-1);
    if (last === undefined) return numbers;
  }
}

const PARTS = ['one', 'two', 'three'];

function markOf(number: number) {
  const id = dim.ID.parse('moki@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk');
  return { reader: id, sender: id, id: `${number}`.padStart(24, '0'), time: 1_700_000_000 + number };
}

function cardOf({ id, meta, visas }: Pick<User, 'id' | 'meta' | 'visas'>): string {
  return JSON.stringify({ id, meta, visas });
}

/** What a card says. */
export function contactOf(card: string) {
  const { id, meta, visas } = parseJsonMap(card);
  return {
    id: dim.ID.parse(id),
    meta: dim.Meta.parse(meta),
    visas: (visas as object[]).map((visa) => dim.Document.parse(visa)),
  };
}
