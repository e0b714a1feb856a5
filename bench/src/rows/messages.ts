/** Packing and unpacking a short text, for one receiver and for groups. */
import type { KeyObject } from 'node:crypto';
import { TextContent, type ID, type Messenger, type User } from 'dimp';
import { makeKey, packByHand, unpackByHand, type PlainKey } from '../by-hand.ts';
import type { Contender } from '../compare.ts';
import { assertSame, BOUND, thriceTheSdk, type Row } from '../row.ts';
import {
  correspondenceOf,
  EachOnceStore,
  makePeople,
  makeUser,
  moveGroup,
  moveUser,
  privateKeyObject,
  publicKeyObject,
  storeOf,
  type Side,
} from '../world.ts';

const TEXT = 'Hello, world!';
const GROUPS = [2, 10, 100, 1000];

/** The rows, on the first side against the bound, the others beside. */
export async function messageRows(sides: readonly Side[], quick = false): Promise<readonly Row[]> {
  const [main] = sides;
  if (main === undefined) return [];
  const [alice, bob] = await Promise.all([makeUser(main.dim, 'alice'), makeUser(main.dim, 'bob')]);
  const couples = await Promise.all(sides.map(async (side) => coupleOf(side, alice, bob)));
  const hand = handOf(alice, bob);
  return [
    {
      name: 'pack, fresh key',
      target: { ofBound: 0.9 },
      portableTarget: thriceTheSdk(114, 3713),
      python: { operation: 'pack' },
      contenders: async () => {
        await checkBound(couples, hand);
        return [
          ...couples.map(({ name, atAlice }) => ({
            name,
            run: () => atAlice.pack(TextContent.create(TEXT), bob.id),
          })),
          { name: BOUND, run: () => packByHand(hand.correspondence, contentByHand(), makeKey(), hand.encryptKeys) },
        ];
      },
    },
    {
      name: 'unpack, with key',
      target: { ofBound: 0.9 },
      portableTarget: thriceTheSdk(95, 4220),
      python: { operation: 'unpack' },
      contenders: async () => {
        const bytes = await couples[0]?.atAlice.pack(TextContent.create(TEXT), bob.id);
        if (bytes === undefined) return [];
        return [
          ...couples.map(({ name, atBob }) => ({ name, run: () => atBob.unpack(bytes) })),
          { name: BOUND, run: () => unpackByHand(bytes, hand.correspondence, hand.decryptKey) },
        ];
      },
    },
    {
      name: 'unpack, with key, each once',
      target: { ofBound: 0.8 },
      contenders: async () => {
        const bytes = await couples[0]?.atAlice.pack(TextContent.create(TEXT), bob.id);
        if (bytes === undefined) return [];
        return [
          ...couples.map(({ name, atCarefulBob }) => ({ name, run: () => atCarefulBob.unpack(bytes) })),
          { name: BOUND, run: () => unpackByHand(bytes, hand.correspondence, hand.decryptKey) },
        ];
      },
    },
    {
      name: 'pack, key reused',
      target: { ofBound: 0.9 },
      portableTarget: thriceTheSdk(101, 4303),
      python: { operation: 'pack_reused' },
      contenders: async () => {
        for (const { atAlice } of couples) await handOverKey(atAlice, bob.id);
        return [
          ...couples.map(({ name, atAlice }) => ({
            name,
            run: () => atAlice.pack(TextContent.create(TEXT), bob.id, { reuseKey: true }),
          })),
          { name: BOUND, run: () => packByHand(hand.correspondence, contentByHand(), hand.key, new Map()) },
        ];
      },
    },
    {
      name: 'unpack, key from the store',
      target: { ofBound: 0.8 },
      portableTarget: thriceTheSdk(1091, 27_700),
      python: { operation: 'unpack_reused' },
      contenders: async () => {
        // Alice makes a new key, so that there is a message that carries it.
        const { atAlice } = await coupleOf(main, alice, bob);
        const first = await handOverKey(atAlice, bob.id);
        const bytes = await atAlice.pack(TextContent.create(TEXT), bob.id, { reuseKey: true });
        const contenders: Contender[] = [];
        for (const { name, atBob } of couples) {
          await atBob.unpack(first);
          contenders.push({ name, run: () => atBob.unpack(bytes) });
        }
        const byHand = packByHand(hand.correspondence, contentByHand(), hand.key, new Map());
        return [...contenders, { name: BOUND, run: () => unpackByHand(byHand, hand.correspondence, hand.key.bytes) }];
      },
    },
    ...GROUPS.filter((size) => !quick || size <= 100).map((size) => groupRow(sides, alice, size)),
  ];
}

/** The first message with a key that is reused; from then on it is left out. */
async function handOverKey(messenger: Messenger, receiver: ID): Promise<Uint8Array> {
  const bytes = await messenger.pack(TextContent.create(TEXT), receiver, { reuseKey: true });
  await messenger.handedOver(bytes);
  return bytes;
}

/** Two people on one side. */
interface Couple {
  readonly name: string;
  readonly atAlice: Messenger;
  /** Opens one message again and again. */
  readonly atBob: Messenger;
  /** Asks and notes each time whether it was read, as by default. */
  readonly atCarefulBob: Messenger;
}

async function coupleOf({ name, dim }: Side, alice: User, bob: User): Promise<Couple> {
  const [ours, theirs] = [moveUser(alice, dim), moveUser(bob, dim)];
  return {
    name,
    atAlice: dim.messenger({ self: alice.id, store: await storeOf(dim, ours, [theirs]) }),
    atBob: dim.messenger({ self: bob.id, store: await storeOf(dim, theirs, [ours]), replay: false }),
    atCarefulBob: dim.messenger({ self: bob.id, store: await storeOf(dim, theirs, [ours], new EachOnceStore()) }),
  };
}

/** What the bound works with. */
interface Hand {
  readonly correspondence: ReturnType<typeof correspondenceOf>;
  readonly encryptKeys: ReadonlyMap<string, KeyObject>;
  readonly decryptKey: KeyObject;
  readonly key: PlainKey;
}

function handOf(alice: User, bob: User): Hand {
  return {
    correspondence: correspondenceOf(alice, bob),
    encryptKeys: encryptKeysOf([bob]),
    decryptKey: privateKeyObject(bob.keys.decrypt[0]?.key ?? bob.keys.identity),
    key: makeKey(),
  };
}

function encryptKeysOf(users: readonly User[]): ReadonlyMap<string, KeyObject> {
  return new Map(
    users.map(({ id, visas: [visa], meta }) => [id.toString(), publicKeyObject(visa?.encryptKey ?? meta.publicKey)]),
  );
}

function contentByHand(group?: string): object {
  const sn = 1 + Math.floor(Math.random() * 0x7fff_ffff);
  return { type: '1', sn, time: Date.now() / 1000, ...(group !== undefined && { group }), text: TEXT };
}

/** Each reads what the other made. */
async function checkBound(couples: readonly Couple[], hand: Hand): Promise<void> {
  const content = contentByHand();
  const byHand = packByHand(hand.correspondence, content, makeKey(), hand.encryptKeys);
  for (const { name, atAlice, atBob } of couples) {
    const unpacked = await atBob.unpack(byHand);
    assertSame(`what ${name} reads`, unpacked.content.toMap(), content);
    const written = TextContent.create(TEXT);
    const read = unpackByHand(await atAlice.pack(written, atBob.self), hand.correspondence, hand.decryptKey);
    assertSame(`what ${name} writes`, read, written.toMap());
  }
}

function groupRow(sides: readonly Side[], founder: User, size: number): Row {
  return {
    name: `group pack, ${size} members`,
    ...((size === 10 || size === 100) && { target: { ofBound: 0.9 } }),
    ...(size === 10 && { portableTarget: thriceTheSdk(65, 2159) }),
    ...(size === 100 && { portableTarget: thriceTheSdk(15.5, 365) }),
    ...(size <= 100 && { python: { operation: 'group_pack', input: size } }),
    contenders: async () => {
      const [main] = sides;
      if (main === undefined) return [];
      const members = await makePeople(main.dim, size);
      const ids = members.map(({ id }) => id);
      const group = await main.dim.createGroup({ founder, members: ids, name: 'Team', seed: 'team' });
      const receiver = group.id.toString();
      const correspondence = { ...correspondenceOf(founder, founder), receiver };
      const encryptKeys = encryptKeysOf(members);
      const contenders: Contender[] = [];
      for (const { name, dim } of sides) {
        const store = await storeOf(
          dim,
          moveUser(founder, dim),
          members.map((member) => moveUser(member, dim)),
        );
        await dim.addGroup(store, moveGroup(group, dim));
        const messenger = dim.messenger({ self: founder.id, store });
        const run = () => messenger.pack(TextContent.create(TEXT, { group: group.id }), group.id);
        contenders.push({ name, run });
      }
      return [
        ...contenders,
        { name: BOUND, run: () => packByHand(correspondence, contentByHand(receiver), makeKey(), encryptKeys) },
      ];
    },
  };
}
