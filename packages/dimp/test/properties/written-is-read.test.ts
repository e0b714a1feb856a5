/** What is written can be read: whatever a writer is given, it refuses as the caller's mistake, or its reader takes. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import * as dimp from '../../src/index.ts';
import type { NewFields, WireObject } from '../../src/extend.ts';
import { ANYONE, DimError, EVERYONE, NetworkFile, parseJson, TransportableData } from '../../src/index.ts';
import { alice, bob, carol, group } from '../world.ts';
import { withNetwork } from './arbitraries.ts';

/** For each writer. Thousands were run once; a failure prints its seed. */
const RUNS = 150;

type Writer = (...given: never[]) => WireObject | Promise<WireObject>;
interface Written {
  /** A list of arguments that are right. */
  readonly right: readonly unknown[];
  readonly write: Writer;
}

const { Content, Document, Envelope } = withNetwork;
const [aliceKey, bobVisa] = [alice.keys.identity, bob.visas[0]];
if (aliceKey === undefined || bobVisa === undefined) throw new Error('no keys');
const signKey = aliceKey as dimp.SignKey;

const data = new Uint8Array([72, 105]);
const picture = NetworkFile.parse('data:image/png;base64,SGk=');
const key = { algorithm: 'AES', data: 'wiiYkfDFptfNaUPDbvPjVzW7Ue1jSTItnT7a+AvychY=', iv: 'AAAAAAAAAAAAAAAAAAAAAA==' };
const options = { sn: 7, time: 1700000000.5, group: group.id };
const { group: _, ...ungrouped } = options;
const text = dimp.TextContent.create('Hello', options);
const envelope = dimp.Envelope.create({ sender: alice.id, receiver: bob.id, time: 1700000000.25, type: '1' });
// As a reader has it: what was made has an envelope of its own.
const instant = withNetwork.InstantMessage.parse(dimp.InstantMessage.create(envelope, text).toMap());
const everyone = dimp.Envelope.create({ sender: alice.id, receiver: EVERYONE });
const broadcast = dimp.broadcastMessage(dimp.InstantMessage.create(everyone, dimp.TextContent.create('Hello')));
const reliable = withNetwork.ReliableMessage.parse((await dimp.signMessage(broadcast, signKey)).toMap());
const file = { data, filename: 'hi.txt', url: 'https://example.com/1', key };
const members = [bob.id, carol.id.at('phone')];
const station = { did: ANYONE, host: 'example.com', port: 9394 };

/** How a writer is called with what is right. The types of `right` are checked here, and then left behind. */
function called<A extends readonly unknown[]>(
  write: (...given: A) => WireObject | Promise<WireObject>,
  ...right: A
): Written {
  return { right, write: (...given: never[]) => write(...(given as unknown as A)) };
}

const readUnknown = (init: dimp.CommandInit) => new dimp.UnknownCommand(init);

const contents: { readonly [name: string]: Written } = {
  text: called((...given) => dimp.TextContent.create(...given), 'Hello', options),
  file: called((...given) => dimp.FileContent.create(...given), file, options),
  image: called((...given) => dimp.ImageContent.create(...given), { ...file, thumbnail: picture }, options),
  audio: called((...given) => dimp.AudioContent.create(...given), { ...file, text: 'Hi' }, options),
  video: called((...given) => dimp.VideoContent.create(...given), { ...file, snapshot: picture }, options),
  page: called(
    (...given) => dimp.PageContent.create(...given),
    {
      url: 'https://a.b/',
      html: '<p>',
      title: 't',
      desc: 'd',
      icon: picture,
      mimeType: 'm',
      encoding: 'e',
      base: 'http://a/',
    },
    options,
  ),
  'name card': called(
    (...given) => dimp.NameCardContent.create(...given),
    { did: bob.id, name: 'Bob', avatar: picture },
    options,
  ),
  quote: called(
    (...given) => dimp.QuoteContent.create(...given),
    'yes',
    { sender: alice.id, receiver: group.id, type: '1', sn: 5, time: 6.5 },
    options,
  ),
  reply: called((...given) => dimp.QuoteContent.reply(...given), 'yes', instant, ungrouped),
  money: called((...given) => dimp.MoneyContent.create(...given), { currency: 'USD', amount: 12.5 }, options),
  transfer: called(
    (...given) => dimp.TransferContent.create(...given),
    { currency: 'USD', amount: 3, remitter: alice.id, remittee: bob.id },
    options,
  ),
  application: called(
    (...given) => dimp.ApplicationContent.create(...given),
    { app: 'a', mod: 'm', act: 'x' },
    { ...options, fields: { own: [{ deep: 1 }] } },
  ),
  customized: called(
    (...given) => dimp.CustomizedContent.create(...given),
    { app: 'a', mod: 'm', act: 'x' },
    { ...options, fields: { own: [{ deep: 1 }] } },
  ),
  array: called((...given) => dimp.ArrayContent.create(...given), [text, dimp.TextContent.create('x')], options),
  'combined forward': called((...given) => dimp.CombineForwardContent.create(...given), [instant], {
    ...options,
    title: 'Our chat',
  }),
  forward: called((...given) => dimp.ForwardContent.create(...given), [reliable, reliable], options),
  'forward of one': called((...given) => dimp.ForwardContent.create(...given), reliable, options),
  unknown: called(
    (own: NewFields, common: dimp.CreateContentOptions) =>
      dimp.createContent({ type: '1234', read: (init) => new dimp.UnknownContent(init) }, own, common),
    { own: [1, { id: bob.id, ids: new Map([[bob.id, 'x']]) }] },
    options,
  ),
};

const commands: { readonly [name: string]: Written } = {
  'meta query': called((...given) => dimp.MetaCommand.query(...given), bob.id, options),
  'meta answer': called((...given) => dimp.MetaCommand.answer(...given), bob.id, bob.meta, options),
  'documents query': called((...given) => dimp.DocumentsCommand.query(...given), bob.id, { ...options, lastTime: 5 }),
  'documents answer': called((...given) => dimp.DocumentsCommand.answer(...given), bob.id, bob.visas, {
    ...options,
    meta: bob.meta,
  }),
  receipt: called((...given) => dimp.ReceiptCommand.create(...given), 'Delivered', {
    ...options,
    origin: { envelope, sn: 5, signature: 'c2ln' },
  }),
  register: called((...given) => dimp.RegisterCommand.create(...given), { ...options, did: bob.id }),
  suicide: called((...given) => dimp.SuicideCommand.create(...given), { ...options, did: bob.id }),
  'handshake offer': called((...given) => dimp.HandshakeCommand.offer(...given), 'session', {
    ...options,
    station: ANYONE,
  }),
  'handshake ask': called((...given) => dimp.HandshakeCommand.ask(...given), 'session', options),
  'handshake accepted': called((...given) => dimp.HandshakeCommand.accepted(...given), 'session', options),
  login: called(
    (...given) => dimp.LoginCommand.create(...given),
    { did: bob.id, device: 'phone', agent: 'app', station, provider: { did: ANYONE } },
    options,
  ),
  report: called((...given) => dimp.ReportCommand.create(...given), 'online', options),
  'ans query': called((...given) => dimp.AnsCommand.query(...given), ['moki', 'hulk'], options),
  'ans answer': called((...given) => dimp.AnsCommand.answer(...given), ['moki'], new Map([['moki', bob.id]]), options),
  'mute query': called((...given) => dimp.MuteCommand.query(...given), options),
  'mute update': called((...given) => dimp.MuteCommand.update(...given), [bob.id, group.id], options),
  'block query': called((...given) => dimp.BlockCommand.query(...given), options),
  'block update': called((...given) => dimp.BlockCommand.update(...given), [bob.id, group.id], options),
  'search query': called((...given) => dimp.SearchCommand.query(...given), ['moki'], {
    ...options,
    start: 1,
    limit: 20,
    station: ANYONE,
  }),
  'search answer': called((...given) => dimp.SearchCommand.answer(...given), ['moki'], [bob.id], options),
  storage: called(
    (...given) => dimp.StorageCommand.create(...given),
    'contacts',
    { did: bob.id, data: TransportableData.fromBytes(data), key: TransportableData.fromBytes(data) },
    options,
  ),
  push: called((...given) => dimp.PushCommand.create(...given), [{ receiver: bob.id, aps: { badge: 1 } }], options),
  'command of a plugin': called(
    (own: NewFields, common: dimp.CreateCommandOptions) =>
      dimp.createCommand({ command: 'ping', read: readUnknown }, own, common),
    { nonce: [1] },
    options,
  ),
};

const groupCommands: { readonly [name: string]: Written } = {
  invite: called((...given) => dimp.InviteCommand.create(...given), group.id, members, ungrouped),
  expel: called((...given) => dimp.ExpelCommand.create(...given), group.id, members, ungrouped),
  reset: called((...given) => dimp.ResetCommand.create(...given), group.id, members, ungrouped),
  hire: called((...given) => dimp.HireCommand.create(...given), group.id, members, ungrouped),
  fire: called((...given) => dimp.FireCommand.create(...given), group.id, members, ungrouped),
  join: called((...given) => dimp.JoinCommand.create(...given), group.id, ungrouped),
  quit: called((...given) => dimp.QuitCommand.create(...given), group.id, ungrouped),
  found: called((...given) => dimp.FoundCommand.create(...given), group.id, ungrouped),
  abdicate: called((...given) => dimp.AbdicateCommand.create(...given), group.id, ungrouped),
  resign: called((...given) => dimp.ResignCommand.create(...given), group.id, ungrouped),
  'group query': called((...given) => dimp.GroupQueryCommand.create(...given), group.id, { ...ungrouped, lastTime: 5 }),
  'group history': called((...given) => dimp.GroupHistoryContent.query(...given), group.id, {
    ...ungrouped,
    lastTime: 5,
  }),
  'group keys query': called((...given) => dimp.GroupKeysContent.query(...given), group.id, {
    ...ungrouped,
    from: alice.id,
    to: members,
    digest: 'd',
  }),
  'group keys update': called((...given) => dimp.GroupKeysContent.update(...given), group.id, {
    ...ungrouped,
    from: alice.id,
    digest: 'd',
    keys: [{ member: bob.id, data }],
  }),
};

const documents: { readonly [name: string]: Written } = {
  visa: called(
    async (parts: Parameters<typeof Document.create>[0], signing: { readonly time: number }) =>
      Document.create(parts).sign(signKey, signing),
    { type: 'visa', did: alice.id, properties: { name: 'Alice', avatar: picture, created_time: 5, list: [bob.id] } },
    { time: 1700000000 },
  ),
  bulletin: called(
    async (parts: Parameters<typeof Document.create>[0], signing: { readonly time: number }) =>
      Document.create(parts).sign(signKey, signing),
    { type: 'bulletin', did: group.id, properties: { founder: alice.id, assistants: members } },
    { time: 1700000000 },
  ),
  'changed visa': called(async (changes: dimp.PropertyChanges) => bobVisa.with(changes).sign(signKey), {
    name: 'Robert',
    more: [{ deep: [1] }],
    gone: undefined,
  }),
};

const envelopes: { readonly [name: string]: Written } = {
  envelope: called((...given) => dimp.Envelope.create(...given), {
    sender: alice.id,
    receiver: bob.id,
    time: 1700000000.5,
    group: group.id,
    type: '1',
  }),
};

let deep: dimp.JsonValue = 'x';
for (let level = 0; level < 70; level++) deep = [deep];
let nested: dimp.Content = text;
for (let level = 0; level < 16; level++) nested = dimp.ArrayContent.create([nested]);

/** Values that nobody should give, and some that are right in another place. */
const hostile = fc.oneof(
  fc
    .constantFrom<readonly unknown[]>(
      [undefined, null, true, '', 'x', '__proto__', 'a\n', '../x', 'con.txt', 'javascript:0', '\ud83d', 'ok\ude00'],
      [0, -0, -1, 0.5, Number.NaN, Infinity, 2 ** 53, 2 ** 60, 1e21, 1e300, 5n, -1n, 2n ** 64n, 10n ** 41n],
      [Date.now(), new Date(), Symbol('s'), () => 1, new Set([1]), new Map([[bob.id, 1]]), data, new Uint8Array()],
      [
        alice.id,
        group.id,
        EVERYONE,
        bob.id.toString(),
        withNetwork.ID.create({ name: 'x'.repeat(300), address: alice.id.address }),
      ],
      [
        text,
        nested,
        instant,
        reliable,
        envelope,
        bob.meta,
        alice.meta,
        bobVisa,
        picture,
        TransportableData.fromBytes(data),
      ],
      [
        [],
        [null],
        [undefined],
        {},
        { toJSON: () => ({ toJSON: () => 1 }) },
        Object.create({ a: 1 }),
        deep,
        Array(100_001),
      ],
      [
        new Proxy(
          {},
          {
            ownKeys: () => {
              throw new TypeError('no');
            },
          },
        ),
        {
          get a() {
            throw new TypeError('no');
          },
        },
      ],
      [Document.create({ type: 'visa', did: alice.id })],
    )
    .chain((values) => fc.constantFrom(...values)),
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
);

/** Arguments with one thing in them changed, at whatever depth. */
const spoiled = (right: readonly unknown[]): fc.Arbitrary<readonly unknown[]> =>
  fc
    .constantFrom(...placesIn(right))
    .chain((place) => hostile.map((value) => replaced(right, place, value) as unknown[]));

type Place = readonly (string | number)[];

function placesIn(value: unknown, place: Place = []): Place[] {
  const inner = isPlain(value) ? Object.entries(value) : [];
  const here = place.length === 0 ? [] : [place];
  return [...here, ...inner.flatMap(([name, item]) => placesIn(item, [...place, name]))];
}

function replaced(value: unknown, [name, ...rest]: Place, by: unknown): unknown {
  if (name === undefined || !isPlain(value)) return by;
  const change = { [name]: replaced(Reflect.get(value, name), rest, by) };
  return Array.isArray(value) ? Object.assign([...(value as unknown[])], change) : { ...value, ...change };
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, Array.prototype].includes(Object.getPrototypeOf(value) as object)
  );
}

/** What a writer makes of arguments: the object, or the error if it is the caller's. */
async function outcomeOf(write: Writer, given: readonly unknown[]): Promise<WireObject | undefined> {
  try {
    return await write(...(given as never[]));
  } catch (error) {
    if (error instanceof DimError && /^(USAGE|UNSUPPORTED)_/.test(error.code)) return undefined;
    throw error;
  }
}

function testWriters(writers: { readonly [name: string]: Written }, codec: dimp.Codec<WireObject>): void {
  test.each(Object.entries(writers))('%s', async (_name, { right, write }) => {
    expect(await outcomeOf(write, right)).toBeDefined();
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 20, arbitrary: spoiled(right) }, fc.constant(right)), async (given) => {
        const written = await outcomeOf(write, given);
        if (written === undefined) return;
        const read = codec.parse(parseJson(written.serialize()));
        expect(fc.stringify(read)).toBe(fc.stringify(written));
      }),
      { numRuns: RUNS },
    );
  });
}

describe('contents', () => {
  testWriters(contents, Content);
});
describe('commands', () => {
  testWriters(commands, Content);
});
describe('group commands', () => {
  testWriters(groupCommands, Content);
});
describe('documents', () => {
  testWriters(documents, Document);
});
describe('envelopes', () => {
  testWriters(envelopes, Envelope);
});

test('every class with a writer is here', async () => {
  const isWriter = (value: unknown): boolean =>
    typeof value === 'function' &&
    value.prototype instanceof dimp.Content &&
    ['create', 'query', 'answer', 'update', 'offer'].some((name) => Object.hasOwn(value, name));
  const writers = Object.values({ ...contents, ...commands, ...groupCommands });
  const made = await Promise.all(writers.map(({ right, write }) => outcomeOf(write, right)));
  const classes = Object.values(dimp).filter((value) => isWriter(value));
  expect(classes.filter((value) => !made.some((content) => content?.constructor === value))).toEqual([]);
});
