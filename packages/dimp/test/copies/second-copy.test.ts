/**
 * Two copies of the packages in one program: what carries no trust goes from one to the other, what was verified does not.
 *
 * @jest-environment node
 */
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  Address,
  ArrayContent,
  authenticate,
  CombineForwardContent,
  Content,
  createContent,
  createDim,
  decryptMessage,
  defineApplication,
  defineContent,
  definePlugin,
  DimError,
  Document,
  encryptMessage,
  Envelope,
  FileContent,
  ForwardContent,
  hasSameKey,
  ID,
  InstantMessage,
  isFounder,
  learnIdentity,
  MemoryStore,
  Meta,
  MetaCommand,
  NameCardContent,
  NetworkFile,
  proveEnvelope,
  QuoteContent,
  Recipient,
  ReliableMessage,
  signMessage,
  splitMessage,
  TextContent,
  TransportableData,
  verifyDocument,
  verifyEnvelopeProof,
  verifyMessage,
  verifyMeta,
  Visa,
} from '../../src/index.ts';
import { alice, bob, carol, dim, faultOf, group, messengerOf, storeOf } from '../world.ts';
import { loadOtherCopy } from './other-copy.ts';

const other = await loadOtherCopy();
const otherDim = other.createDim({ plugins: [other.standardPlugin()] });
/** Bob, as the other copy has him. */
const otherBob = {
  id: otherDim.ID.parse(bob.id.toString()),
  meta: otherDim.Meta.parse(bob.meta.toMap()),
  visas: bob.visas.map((visa) => otherDim.Document.parse(visa.toMap())),
};
const packed = await (await messengerOf(alice)).pack(TextContent.create('Hello'), bob.id);
const otherMessage = otherDim.ReliableMessage.decode(packed);
const otherVerifiedMeta = await other.verifyMeta(otherBob.meta, otherBob.id);
if (!otherVerifiedMeta) throw new Error('not verified');
const [otherVisa] = otherBob.visas;
const otherVerifiedVisa = otherVisa && (await other.verifyDocument(otherVisa, otherVerifiedMeta));
if (!otherVerifiedVisa) throw new Error('not verified');
const INSTALL = 'is of another copy of';

test('they are two copies', () => {
  expect(otherBob.id).not.toBeInstanceOf(ID);
  expect(otherMessage).not.toBeInstanceOf(ReliableMessage);
  expect(other.DimError).not.toBe(DimError);
});

describe('plain values', () => {
  test('an ID is read anew', () => {
    const id = dim.ID.parse(otherBob.id);
    expect(id).toBeInstanceOf(ID);
    expect(id).toBe(dim.ID.parse(bob.id.toString()));
    expect(dim.ID.parse(otherBob.id.at('phone')).terminal).toBe('phone');
  });

  test('an ID equals that of the other copy, in both directions', () => {
    expect([bob.id.equals(otherBob.id), otherBob.id.equals(bob.id)]).toEqual([true, true]);
    expect([alice.id.equals(otherBob.id), otherBob.id.equals(alice.id)]).toEqual([false, false]);
    expect(bob.id.address.equals(otherBob.id.address)).toBe(true);
  });

  test('an address is read anew', () => {
    const address = dim.Address.parse(otherBob.id.address);
    expect(address).toBeInstanceOf(Address);
    expect(address.equals(bob.id.address)).toBe(true);
    expect(dim.ID.create({ name: 'bob', address: otherBob.id.address }).equals(bob.id)).toBe(true);
  });

  test('a meta and a document are read anew', async () => {
    const meta = dim.Meta.parse(otherBob.meta);
    expect(meta).toBeInstanceOf(Meta);
    expect(hasSameKey(otherBob.meta, meta)).toBe(true);
    const verified = await verifyMeta(meta, otherBob.id);
    expect(verified && verified.id).toBeInstanceOf(ID);
    const visa = dim.Document.parse(otherVisa);
    expect(visa).toBeInstanceOf(Visa);
    expect(verified && (await verifyDocument(visa, verified))).toBeTruthy();
  });

  test('files and encoded data are read anew', () => {
    for (const wire of ['https://example.com/a.png', 'data:image/png;base64,AAAA']) {
      const file = NetworkFile.parse(other.NetworkFile.parse(wire));
      expect(file).toBeInstanceOf(NetworkFile);
      expect(file.toJSON()).toBe(wire);
    }
    const data = other.TransportableData.fromBytes(new Uint8Array([1, 2]));
    expect(TransportableData.parse(data)).toBeInstanceOf(TransportableData);
    expect(FileContent.create({ data, filename: 'a.txt' }).data?.bytes).toEqual(new Uint8Array([1, 2]));
    expect(NetworkFile.create({ data }).data?.bytes).toEqual(new Uint8Array([1, 2]));
  });

  test('contents, envelopes and messages are read anew', () => {
    const content = other.TextContent.create('Hello', { group: otherDim.ID.parse(group.id.toString()) });
    const read = dim.Content.parse(content);
    expect(read).toBeInstanceOf(TextContent);
    expect(read.group).toBeInstanceOf(ID);
    const envelope = other.Envelope.create({ sender: otherBob.id, receiver: otherBob.id });
    expect(dim.Envelope.parse(envelope)).toBeInstanceOf(Envelope);
    expect(dim.InstantMessage.parse(other.InstantMessage.create(envelope, content))).toBeInstanceOf(InstantMessage);
    expect(dim.ReliableMessage.parse(otherMessage)).toBeInstanceOf(ReliableMessage);
  });

  test('keys are what they can do', async () => {
    const key = await otherDim.SymmetricKey.generate('AES');
    expect(dim.SymmetricKey.parse(key)).toBe(key);
    const { ciphertext, extra } = await key.encrypt(new Uint8Array([1]));
    expect(await dim.SymmetricKey.parse(key.toJSON()).decrypt(ciphertext, extra)).toEqual(new Uint8Array([1]));
  });

  test('what is no such value is refused as ever, whatever fields it has', async () => {
    const map = JSON.parse('{ "@dim": "mkm.ID", "name": "bob" }') as unknown;
    expect(await faultOf(() => dim.ID.parse(map))).toEqual(['INPUT_TYPE', '', 'must be text, not an object']);
    expect(await faultOf(() => dim.ID.parse(otherBob.meta))).toEqual(['INPUT_TYPE', '', 'must be text, not an object']);
    expect(await faultOf(() => bob.id.equals('bob' as unknown as ID))).toEqual([
      'USAGE_ARGUMENT',
      'other',
      'must be an ID, not text: read it first',
    ]);
  });

  test('the brand shows in no log', () => {
    for (const value of [bob.id, bob.id.address, bob.meta, bob.visas[0], TextContent.create('x'), otherMessage])
      expect(inspect(value, { depth: 0 })).not.toContain('@dim');
    expect(JSON.stringify(bob.id)).not.toContain('@dim');
  });
});

describe('new contents, drafts and envelopes', () => {
  test('take IDs of the other copy, and hold their own', () => {
    expect(NameCardContent.create({ did: otherBob.id, name: 'Bob' }).did).toBeInstanceOf(ID);
    const {
      sender,
      receiver,
      group: of,
    } = Envelope.create({
      sender: otherBob.id,
      receiver: otherBob.id,
      group: otherDim.ID.parse(group.id.toString()),
    });
    for (const id of [sender, receiver, of]) expect(id).toBeInstanceOf(ID);
    expect(TextContent.create('x', { group: otherDim.ID.parse(group.id.toString()) }).group).toBeInstanceOf(ID);
    expect(dim.Document.create({ type: 'visa', did: otherBob.id }).did).toBeInstanceOf(ID);
  });

  test('take metas, contents and messages of the other copy, which are written as they are', () => {
    expect(MetaCommand.answer(otherBob.id, otherBob.meta).fields['meta']).toEqual(bob.meta.toMap());
    expect(ForwardContent.create([otherMessage]).messages).toHaveLength(1);
    const content = other.TextContent.create('Hello');
    const envelope = other.Envelope.create({ sender: otherBob.id, receiver: otherBob.id });
    const message = other.InstantMessage.create(envelope, content);
    expect(CombineForwardContent.create([message]).messages).toHaveLength(1);
    expect(QuoteContent.reply('Yes', message).origin?.sender).toBeInstanceOf(ID);
  });

  test('count how deep the contents of the other copy nest', async () => {
    let content: Content = other.TextContent.create('x');
    // One by one: each list of either copy has one of the other in it.
    for (let depth = 0; depth < dim.limits.contentDepth; depth++)
      content = (depth % 2 === 0 ? ArrayContent : other.ArrayContent).create([content]);
    expect(await faultOf(() => ArrayContent.create([content]))).toEqual([
      'USAGE_ARGUMENT',
      'contents[0]',
      'contents nest more than 16 deep',
    ]);
  });

  test('a draft of the other copy is signed by a key of this one', async () => {
    const draft = otherDim.Document.create({ type: 'visa', did: otherBob.id, properties: { name: 'Bob' } });
    const signed = dim.Document.parse(await draft.sign(bob.keys.identity));
    const meta = await verifyMeta(bob.meta, bob.id);
    expect(meta && (await verifyDocument(signed, meta))).toBeTruthy();
    expect((await faultOf(() => dim.Document.parse(draft)))[2]).toBe(
      'a document draft must be signed before it is sent',
    );
  });
});

describe('applications', () => {
  test('a messenger writes to an ID of the other copy, and reads its messages', async () => {
    const writer = dim.messenger({ self: otherDim.ID.parse(alice.id.toString()), store: await storeOf(alice) });
    const bytes = await writer.pack(other.TextContent.create('Hello'), otherBob.id);
    const reader = await messengerOf(bob);
    const opened = await reader.open(otherDim.ReliableMessage.decode(bytes));
    expect(opened.content.fields['text']).toBe('Hello');
    expect(opened.message.sender).toBeInstanceOf(ID);
    await writer.handedOver(otherDim.ReliableMessage.decode(bytes));
    expect((await reader.authenticate(otherMessage)).message.message).toBeInstanceOf(ReliableMessage);
  });

  test('users, contacts and groups of the other copy are added, and read anew', async () => {
    const store = new MemoryStore();
    await dim.addUser(store, alice);
    await dim.addContact(store, otherBob);
    const known = store.meta(bob.id);
    expect(known?.meta).toHaveProperty('meta.constructor', Meta);
    for (const kept of store.documents(bob.id))
      expect((kept as { document?: unknown }).document).toBeInstanceOf(Document);
    const otherUser = await otherDim.createUser({ name: 'Dave', visaAlgorithms: [], algorithm: 'RSA', seed: 'dave' });
    await dim.addUser(store, otherUser);
    await dim.addGroup(
      store,
      await otherDim.createGroup({ founder: otherUser, members: [otherBob.id], name: 'T', seed: 't' }),
    );
    const bytes = await dim.messenger({ self: otherUser.id, store }).pack(TextContent.create('Hi'), bob.id);
    expect(bytes.length).toBeGreaterThan(0);
  });

  test('an identity of the other copy is learned, and its errors are errors', async () => {
    const store = await storeOf(alice, []);
    const wrong = carol.visas.map((visa) => otherDim.Document.parse(visa.toMap()));
    const { value, changes } = await learnIdentity(dim, store, {
      ...otherBob,
      documents: [...otherBob.visas, ...wrong],
    });
    expect(value.documents.slice(0, -1)).toEqual(otherBob.visas.map(() => 'kept'));
    expect(value.documents.at(-1)).toMatchObject({ code: 'INPUT_CONFLICT' });
    expect(changes.length).toBeGreaterThan(0);
  });

  test('what a plugin of the other copy throws proves nothing', async () => {
    const store = await storeOf(alice, []);
    const failing = dim.extend(
      definePlugin(
        'failing',
        [
          {
            defines: 'document',
            type: 'visa',
            read: () => {
              throw new other.DimError('INPUT_KEY', 'is weak');
            },
          },
        ],
        { replace: true },
      ),
    );
    const extra = bob.visas.map((visa) => dim.Document.parse({ ...visa.toMap(), more: 1 }));
    const { value, changes } = await learnIdentity(failing, store, { id: bob.id, meta: bob.meta, documents: extra });
    expect(value.documents[0]).toMatchObject({ code: 'INPUT_KEY' });
    expect(changes).toMatchObject([{ do: 'pin-meta', isProven: false }]);
    await expect(failing.addContact(store, { id: bob.id, meta: bob.meta, visas: extra })).rejects.toMatchObject({
      code: 'INPUT_KEY',
      path: 'visas[0]',
    });
  });

  test('a store of the other copy works, and one of both is verified anew', async () => {
    const store = new other.MemoryStore();
    await dim.addUser(store, alice);
    await dim.addContact(store, bob);
    const messenger = dim.messenger({ self: alice.id, store });
    const first = await messenger.pack(TextContent.create('Hi'), bob.id);
    expect(first.length).toBeGreaterThan(0);
    // The other copy has put there what it verified itself.
    const shared = new MemoryStore();
    await dim.addUser(shared, alice);
    await otherDim.addContact(shared, otherBob);
    expect(await dim.messenger({ self: alice.id, store: shared }).pack(TextContent.create('Hi'), bob.id)).toBeTruthy();
  });

  test('a message of the other copy is split, for members of the other copy', async () => {
    const content = TextContent.create('Hi', { group: group.id });
    const bytes = await (await messengerOf(alice)).pack(content, group.id);
    const parts = splitMessage(dim, otherDim.ReliableMessage.decode(bytes), [otherBob.id, carol.id]);
    for (const { member, message } of parts) {
      expect(member).toBeInstanceOf(ID);
      expect(message).toBeInstanceOf(ReliableMessage);
    }
  });
});

describe('plugins of the other copy', () => {
  test('define contents with its classes, beside those of this copy', () => {
    class Poll extends other.Content {
      readonly kind = 'poll';
      readonly question = other.textOf(this.fields, 'question');
    }
    class Vote extends Content {
      readonly kind = 'vote';
    }
    const polls = other.definePlugin('polls', [other.defineContent({ type: '1001', kind: 'poll', class: Poll })]);
    const votes = definePlugin('votes', [defineContent({ type: '1002', kind: 'vote', class: Vote })]);
    const both = createDim({ plugins: [standardPlugin(), polls, votes] });
    const read = both.Content.parse({ type: '1001', sn: 1, question: 'Tea?' });
    expect(read.kind === 'poll' && read.question).toBe('Tea?');
    expect(both.Content.parse(read)).toMatchObject({ kind: 'poll', question: 'Tea?' });
    expect(both.Content.parse({ type: '1002', sn: 1 }).kind).toBe('vote');
    const made = createContent({ type: '1001', read: (init) => new Poll(init) }, { question: 'Tea?', did: bob.id });
    expect(made.question).toBe('Tea?');
  });

  test('define applications, documents and keys', async () => {
    class Move extends other.Content {
      readonly kind = 'move';
    }
    class Badge extends other.Document {
      readonly level = this.property('level');
    }
    const plugin = other.definePlugin('chess', [
      other.defineApplication({ app: 'com.example.chess', kind: 'move', class: Move }),
      other.defineDocument({ type: 'badge', class: Badge }),
    ]);
    const chess = createDim({ plugins: [other.standardPlugin(), plugin] });
    expect(chess.Content.parse({ type: '160', sn: 1, app: 'com.example.chess' }).kind).toBe('move');
    const badge = await chess.Document.create({ type: 'badge', did: bob.id, properties: { level: 3 } }).sign(
      bob.keys.identity,
    );
    const meta = await verifyMeta(chess.Meta.parse(bob.meta.toMap()), bob.id);
    const verified = meta && (await verifyDocument(badge, meta));
    expect(verified && verified.document).toBe(badge);
    const store = new MemoryStore();
    await chess.addContact(store, { id: bob.id, meta: bob.meta, visas: [badge] });
    expect(store.documents(bob.id)).toHaveLength(1);
  });

  test('with the same application are told apart', async () => {
    class Move extends Content {
      readonly kind = 'move';
    }
    class OtherMove extends other.Content {
      readonly kind = 'other-move';
    }
    const app = 'com.example.chess';
    const one = definePlugin('one', [defineApplication({ app, kind: 'move', class: Move })]);
    const two = other.definePlugin('two', [other.defineApplication({ app, kind: 'other-move', class: OtherMove })]);
    const [code, , reason] = await faultOf(() => createDim({ plugins: [one, two] }));
    expect([code, reason.includes('plugin one'), reason.includes('plugin two')]).toEqual([
      'USAGE_DUPLICATE',
      true,
      true,
    ]);
  });
});

describe('what was verified', () => {
  const verifyHere = (library: string) => `${INSTALL} ${library}: install one version, or verify it here`;

  test('a meta counts for nothing here', async () => {
    const own = await verifyMeta(bob.meta, bob.id);
    if (!own) throw new Error('not verified');
    const visa = bob.visas[0] as Visa;
    const fault = (path: string) => ['USAGE_ARGUMENT', path, verifyHere('mkm')];
    expect(await faultOf(() => verifyDocument(visa, otherVerifiedMeta))).toEqual(fault('owner'));
    expect(await faultOf(() => isFounder(otherVerifiedMeta, own))).toEqual(fault('group'));
    expect(await faultOf(() => isFounder(own, otherVerifiedMeta))).toEqual(fault('founder'));
    expect(await faultOf(() => Recipient.of(otherVerifiedMeta))).toEqual(fault('owner'));
    expect(await faultOf(() => Recipient.of(otherVerifiedVisa))).toEqual(fault('owner'));
    const message = dim.ReliableMessage.decode(packed);
    expect(await faultOf(() => verifyMessage(message, [otherVerifiedMeta]))).toEqual(fault('signers[0]'));
    expect(await faultOf(() => verifyMessage(message, [otherVerifiedVisa]))).toEqual(fault('signers[0]'));
    expect(await faultOf(() => isFounder({ id: group.id } as unknown as typeof own, own))).toEqual([
      'USAGE_ARGUMENT',
      'group',
      'must be a meta that verifyMeta gave',
    ]);
  });

  test('a recipient and a message count for nothing here', async () => {
    const recipient = other.Recipient.of(otherVerifiedVisa);
    const envelope = Envelope.create({ sender: alice.id, receiver: bob.id });
    const instant = InstantMessage.create(envelope, TextContent.create('x'));
    const messageKey = await dim.SymmetricKey.generate('AES');
    expect(
      await faultOf(() =>
        encryptMessage(dim, instant, { messageKey, recipients: [recipient as unknown as Recipient] }),
      ),
    ).toEqual(['USAGE_ARGUMENT', 'recipients[0]', verifyHere('dkd')]);
    const aliceMeta = await other.verifyMeta(
      otherDim.Meta.parse(alice.meta.toMap()),
      otherDim.ID.parse(alice.id.toString()),
    );
    const verified = aliceMeta && (await other.verifyMessage(otherMessage, [aliceMeta]));
    if (!verified) throw new Error('not verified');
    const fault = ['USAGE_ARGUMENT', 'verified', verifyHere('dkd')];
    expect(await faultOf(() => decryptMessage(dim, verified, { receiver: bob.id }))).toEqual(fault);
    expect(await faultOf(() => verifyEnvelopeProof(dim, verified))).toEqual(fault);
  });

  test('what is needed for it says where to read it', async () => {
    const readHere = (path: string, library = 'mkm') => [
      'USAGE_ARGUMENT',
      path,
      `${INSTALL} ${library}: install one version, or read it here`,
    ];
    const meta = await verifyMeta(bob.meta, bob.id);
    if (!meta) throw new Error('not verified');
    expect(await faultOf(() => verifyMeta(otherBob.meta, bob.id))).toEqual(readHere('meta'));
    expect(await faultOf(() => verifyDocument(otherVisa as unknown as Visa, meta))).toEqual(readHere('document'));
    const message = readHere('message', 'dkd');
    expect(await faultOf(() => verifyMessage(otherMessage, [meta]))).toEqual(message);
    expect(await faultOf(() => signMessage(otherMessage, bob.keys.identity))).toEqual(message);
    expect(await faultOf(() => proveEnvelope(dim, otherMessage, bob.keys.identity))).toEqual(message);
    expect(await faultOf(() => authenticate(dim, new MemoryStore(), otherMessage))).toEqual(message);
  });
});
