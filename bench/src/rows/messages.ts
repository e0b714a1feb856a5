/** Packing and unpacking a short text, for one receiver and for groups. */
import { TextContent, type Messenger, type MessengerOptions, type User } from 'dimp';
import { makeKey, messageKeyOf, packByHand, unpackByHand, type PlainKey } from '../by-hand/bare.ts';
import {
  cipherKey,
  decryptKeyOf,
  packFairly,
  rsaEncryption,
  unpackFairly,
  type Acquaintances,
  type RsaEncryption,
} from '../by-hand/fair.ts';
import type { Contender } from '../measuring/turns.ts';
import { TEXT, type Fixtures, type WireUser } from '../people/fixtures.ts';
import {
  correspondenceOf,
  EachOnceStore,
  privateKeyObject,
  publicKeyObject,
  readUser,
  storeOf,
  type Side,
} from '../people/people.ts';
import { assertSame, BARE, BOUND, thriceTheSdk, type Part, type Row } from './row.ts';

const GROUPS = [2, 10, 100, 1000];
const WITH_TARGET = [10, 100, 1000];
const UNPACK: Part = { onNode20: 0.7, newer: 0.9 };

export function messageRows(quick: boolean): readonly Row[] {
  return [
    {
      name: 'pack, fresh key',
      target: { ofBound: 0.9, first: 0.6 },
      portableTarget: thriceTheSdk(114, 3713),
      python: () => ({ operation: 'pack' }),
      contenders: async (side, fixtures) => {
        const { atAlice, bob } = await coupleOf(side, fixtures);
        const hand = handOf(fixtures);
        return [
          { name: side.name, run: () => atAlice.pack(TextContent.create(TEXT), bob.id) },
          { name: BOUND, run: () => packFairly(hand.correspondence, contentByHand(), makeKey(), hand.encryption) },
          { name: BARE, run: () => packByHand(hand.correspondence, contentByHand(), makeKey(), hand.encryptKeys) },
        ];
      },
    },
    {
      name: 'unpack, with key',
      target: { ofBound: UNPACK, first: { onNode20: 0.45, newer: 0.6 } },
      portableTarget: thriceTheSdk(95, 4220),
      python: () => ({ operation: 'unpack' }),
      contenders: async (side, fixtures) => unpackContenders(side, fixtures, fixtures.messages, { replay: false }),
    },
    {
      name: 'unpack, with key, each once',
      target: { ofBound: UNPACK },
      contenders: async (side, fixtures) => unpackContenders(side, fixtures, fixtures.messages, {}),
    },
    {
      name: 'pack, key reused',
      target: { ofBound: 0.9, first: 0.6 },
      portableTarget: thriceTheSdk(101, 4303),
      python: () => ({ operation: 'pack_reused' }),
      contenders: async (side, fixtures) => {
        const { atAlice, bob } = await coupleOf(side, fixtures);
        const { correspondence, key } = handOf(fixtures);
        const none = new Map<string, never>();
        const kept = cipherKey(key.bytes);
        await atAlice.handedOver(await atAlice.pack(TextContent.create(TEXT), bob.id, { reuseKey: true }));
        return [
          { name: side.name, run: () => atAlice.pack(TextContent.create(TEXT), bob.id, { reuseKey: true }) },
          { name: BOUND, run: () => packFairly(correspondence, contentByHand(), key, none, kept) },
          { name: BARE, run: () => packByHand(correspondence, contentByHand(), key, none) },
        ];
      },
    },
    {
      name: 'unpack, key from the store',
      target: { ofBound: 0.7, first: 0.4 },
      portableTarget: thriceTheSdk(1091, 27_700),
      python: () => ({ operation: 'unpack_reused' }),
      contenders: async (side, fixtures) => unpackContenders(side, fixtures, fixtures.reused, { replay: false }),
    },
    ...GROUPS.filter((size) => !quick || size <= 100).map(groupRow),
  ];
}

/** Two people on one side. */
interface Couple {
  readonly alice: User;
  readonly bob: User;
  readonly atAlice: Messenger;
}

async function coupleOf({ dim }: Side, fixtures: Fixtures): Promise<Couple> {
  const [alice, bob] = [readUser(dim, fixtures.alice), readUser(dim, fixtures.bob)];
  return { alice, bob, atAlice: dim.messenger({ self: alice.id, store: await storeOf(dim, alice, [bob]) }) };
}

/** What the bounds work with. */
interface Hand {
  readonly correspondence: ReturnType<typeof correspondenceOf>;
  readonly encryptKeys: ReturnType<typeof encryptKeysOf>;
  readonly encryption: ReadonlyMap<string, RsaEncryption>;
  readonly key: PlainKey;
}

function handOf({ alice, bob }: Fixtures): Hand {
  const encryptKeys = encryptKeysOf([bob]);
  return {
    correspondence: correspondenceOf(alice, bob),
    encryptKeys,
    encryption: encryptionOf(encryptKeys),
    key: makeKey(),
  };
}

function encryptKeysOf(users: readonly WireUser[]): ReadonlyMap<string, ReturnType<typeof publicKeyObject>> {
  return new Map(users.map(({ id, visa }) => [id, publicKeyObject(keyInVisa(visa))]));
}

function encryptionOf(keys: Hand['encryptKeys']): Hand['encryption'] {
  return new Map([...keys].map(([id, key]) => [id, rsaEncryption(key)]));
}

function keyInVisa(visa: object): object {
  const { data } = visa as { readonly data: string };
  return (JSON.parse(data) as { readonly key: object }).key;
}

function contentByHand(group?: string): { readonly text: string } {
  const sn = 1 + Math.floor(Math.random() * 0x7fff_ffff);
  return { type: '1', sn, time: Date.now() / 1000, ...(group !== undefined && { group }), text: TEXT } as {
    readonly text: string;
  };
}

/** Each message once in its turn; all three read the same. */
async function unpackContenders(
  side: Side,
  fixtures: Fixtures,
  packages: readonly string[],
  options: Pick<MessengerOptions, 'replay'>,
): Promise<readonly Contender[]> {
  const { dim } = side;
  const { alice, bob } = await coupleOf(side, fixtures);
  const kind = options.replay === false ? undefined : new EachOnceStore();
  const messenger = dim.messenger({ self: bob.id, store: await storeOf(dim, bob, [alice], kind), ...options });
  const correspondence = correspondenceOf(fixtures.alice, fixtures.bob);
  const privateKey = privateKeyObject(fixtures.bob.decrypt);
  const bytes = packages.map((text) => new Uint8Array(Buffer.from(text)));
  const ids = new Set([fixtures.alice.id, fixtures.bob.id]);
  let acquaintances: Acquaintances = { ids, decryptKey: decryptKeyOf(privateKey) };
  let bareKey: Parameters<typeof unpackByHand>[2] = privateKey;
  const first = new Uint8Array(Buffer.from(fixtures.first));
  if (packages === fixtures.reused) {
    await messenger.unpack(first);
    const key = messageKeyOf(first, fixtures.bob.id, privateKey);
    acquaintances = { ids, kept: cipherKey(key) };
    bareKey = key;
  }
  // That they read the same is seen in what is made the other way round, too: by those who pack.
  const [sample = first] = bytes;
  const { content } = await messenger.unpack(sample);
  assertSame(`what ${side.name} reads`, content.toMap(), unpackByHand(sample, correspondence, bareKey));
  assertSame('what is read fairly', content.toMap(), unpackFairly(sample, correspondence, acquaintances).content);
  return [
    { name: side.name, run: inTurn(bytes, (each) => messenger.unpack(each)) },
    { name: BOUND, run: inTurn(bytes, (each) => unpackFairly(each, correspondence, acquaintances)) },
    { name: BARE, run: inTurn(bytes, (each) => unpackByHand(each, correspondence, bareKey)) },
  ];
}

function inTurn<T>(items: readonly T[], run: (item: T) => unknown): () => unknown {
  let next = 0;
  return () => run(items[next++ % items.length] as T);
}

function groupRow(size: number): Row {
  return {
    name: `group pack, ${size} members`,
    ...(WITH_TARGET.includes(size) && { target: { ofBound: 0.9 } }),
    ...(size === 10 && { portableTarget: thriceTheSdk(65, 2159) }),
    ...(size === 100 && { portableTarget: thriceTheSdk(15.5, 365) }),
    ...(size <= 100 && { python: () => ({ operation: 'group_pack', input: size }) }),
    contenders: async ({ name, dim }, fixtures) => {
      const chosen = fixtures.members.slice(0, size);
      const [founder, members] = [readUser(dim, fixtures.alice), chosen.map((member) => readUser(dim, member))];
      const ids = members.map(({ id }) => id);
      const group = await dim.createGroup({ founder, members: ids, name: 'Team', seed: 'team' });
      const store = await storeOf(dim, founder, members);
      await dim.addGroup(store, group);
      const messenger = dim.messenger({ self: founder.id, store });
      const receiver = group.id.toString();
      const correspondence = correspondenceOf(fixtures.alice, { id: receiver });
      const encryptKeys = encryptKeysOf(chosen);
      const encryption = encryptionOf(encryptKeys);
      return [
        { name, run: () => messenger.pack(TextContent.create(TEXT, { group: group.id }), group.id) },
        { name: BOUND, run: () => packFairly(correspondence, contentByHand(receiver), makeKey(), encryption) },
        { name: BARE, run: () => packByHand(correspondence, contentByHand(receiver), makeKey(), encryptKeys) },
      ];
    },
  };
}
