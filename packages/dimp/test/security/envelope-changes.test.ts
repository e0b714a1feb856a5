/**
 * What becomes of a message when one thing of it is changed on its way, for each kind of message. Only the data is signed;
 * whatever else may change, the content that is read is the sender's own, for the receiver it was written for.
 */
import { beforeAll, expect, test } from '@jest/globals';
import { TextContent } from '../../src/index.ts';
import { decodeBase64, encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import type { DimError } from '../../src/index.ts';
import { alice, bob, changed, dim, group, mallory, mapOf, storeOf } from '../world.ts';

const KINDS = ['personal', 'personal with a proof', 'to a group', 'to a group with a proof', 'broadcast with a proof'];
/** Of a map that is all changes. */
const EMPTY = encodeUtf8('{}');
type Fields = { readonly [name: string]: unknown };

let messages: readonly Fields[];
/** A second message to Bob, with a proof, for those who put parts of two together. */
let other: Fields;
let reader: ReturnType<typeof dim.messenger>;

beforeAll(async () => {
  const sender = dim.messenger({ self: alice.id, store: await storeOf(alice) });
  const toGroup = () => TextContent.create('hello', { group: group.id });
  const proven = { proveEnvelope: true };
  messages = [
    await sender.pack(TextContent.create('hello'), bob.id),
    await sender.pack(TextContent.create('hello'), bob.id, proven),
    await sender.pack(toGroup(), group.id),
    await sender.pack(toGroup(), group.id, proven),
    await sender.pack(TextContent.create('hello'), dim.ID.parse('anyone@anywhere'), proven),
  ].map(mapOf);
  other = mapOf(await sender.pack(TextContent.create('second'), bob.id, proven));
  const store = await storeOf(bob);
  await dim.addContact(store, mallory);
  reader = dim.messenger({ self: bob.id.at('phone'), store, replay: false });
  // So that the keys of these messages are known, and one that lost them on its way is read.
  for (const message of messages) await outcomeOf(message);
});

/** What was read, or the code and place of the error. */
async function outcomeOf(message: Fields): Promise<string> {
  try {
    const { authenticated, sender, content, group: of } = await reader.unpack(changed(EMPTY, message));
    expect([sender.equals(alice.id), sender.terminal, content.fields['text']]).toEqual([true, undefined, 'hello']);
    expect(of?.toString()).toBe(content.group?.toString());
    return authenticated;
  } catch (error) {
    const { code, path } = error as DimError;
    return `${code} ${path}`.trim();
  }
}

function flipped(text: unknown, at: number): string {
  const bytes = decodeBase64(text as string);
  const index = (at + bytes.length) % bytes.length;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return encodeBase64(bytes);
}

const without = (message: Fields, name: string): Fields => ({ ...message, [name]: undefined });
const bobs = (name: string) => `${bob.id.toString()}/${name}`;

const CHANGES: Readonly<Record<string, (message: Fields) => Fields>> = {
  nothing: (m) => m,
  'the time': (m) => ({ ...m, time: Number(m['time']) + 86400 }),
  'no time': (m) => without(m, 'time'),
  'the time as text': (m) => ({ ...m, time: String(m['time']) }),
  'the receiver: another terminal': (m) => ({ ...m, receiver: bobs('x') }),
  'the receiver: somebody else': (m) => ({ ...m, receiver: mallory.id }),
  'the receiver: a group': (m) => ({ ...m, receiver: group.id }),
  'the receiver: absent, which is everybody': (m) => without(m, 'receiver'),
  'the receiver: everybody': (m) => ({ ...m, receiver: 'everyone@everywhere' }),
  'the receiver: null': (m) => ({ ...m, receiver: null }),
  'the receiver: no text': (m) => ({ ...m, receiver: '' }),
  'the sender: somebody else': (m) => ({ ...m, sender: mallory.id }),
  'the sender: other letter case': (m) => ({ ...m, sender: alice.id.toString().toLowerCase() }),
  'the sender: a terminal': (m) => ({ ...m, sender: `${alice.id.toString()}/x` }),
  'the sender: a name': (m) => ({ ...m, sender: `al@${alice.id.toString()}` }),
  'the sender: everybody': (m) => ({ ...m, sender: 'anyone@anywhere' }),
  'the sender: a group': (m) => ({ ...m, sender: group.id }),
  'the type': (m) => ({ ...m, type: '136' }),
  'no type': (m) => without(m, 'type'),
  'the type as a number': (m) => ({ ...m, type: 1 }),
  'a group': (m) => ({ ...m, group: group.id }),
  'a group that is everybody': (m) => ({ ...m, group: 'everyone@everywhere' }),
  'the IV': (m) => ({ ...m, IV: flipped(other['IV'], 0) }),
  'no IV': (m) => without(m, 'IV'),
  'a second iv': (m) => ({ ...m, iv: 'AAAAAAAAAAAAAAAAAAAAAA==' }),
  'the data': (m) => ({ ...m, data: String(m['data']).replace(/.(?=.{8}$)/, (one) => (one === 'A' ? 'B' : 'A')) }),
  'the data of another': (m) => ({ ...m, data: other['data'], IV: other['IV'] }),
  'data and signature of another': (m) => ({
    ...m,
    data: other['data'],
    IV: other['IV'],
    signature: other['signature'],
  }),
  'the signature': (m) => ({ ...m, signature: flipped(m['signature'], -1) }),
  'no keys': (m) => ({ ...m, keys: {} }),
  'the keys of another': (m) => ({ ...m, keys: other['keys'] }),
  'keys of somebody else alone': (m) => ({ ...m, keys: { [mallory.id.toString()]: 'AAAA' } }),
  'forty more keys': (m) => ({
    ...m,
    keys: {
      ...Object.fromEntries(Array.from({ length: 40 }, (_, at) => [bobs(`t${at}`), 'AAAA'])),
      ...(m['keys'] as object | undefined),
    },
  }),
  'a content in the clear beside': (m) => ({ ...m, content: { type: '1', sn: 1, text: 'other' } }),
  'no proof': (m) => without(m, 'envelope_proof'),
  'a proof that is null': (m) => ({ ...m, envelope_proof: null }),
  'a proof that is empty': (m) => ({ ...m, envelope_proof: {} }),
  'the proof of another': (m) => ({ ...m, envelope_proof: other['envelope_proof'] }),
  'a proof as of a group': (m) => ({
    ...m,
    envelope_proof: { ...(other['envelope_proof'] as object), receiver: group.id, keys: '' },
  }),
  'a short name with the same value': (m) => ({ ...m, F: m['sender'] }),
  'a short name with another value': (m) => ({ ...m, F: mallory.id }),
  'a name that nobody knows': (m) => ({ ...m, S: mallory.id }),
  'the meta of somebody else': (m) => ({ ...m, meta: mallory.meta }),
  'the visa of somebody else': (m) => ({ ...m, visa: mallory.visas[0] }),
};

/** For each change, what becomes of each kind of message; one answer where it is the same for all. */
const READ = 'content';
const PROVEN = 'envelope';
const NO_PROOF = 'CRYPTO_VERIFY envelope_proof';
const NO_SIGNATURE = 'CRYPTO_VERIFY signature';
const NO_KEY = 'CRYPTO_DECRYPT';
const OUTCOMES: Readonly<Record<keyof typeof CHANGES, readonly string[]>> = {
  nothing: [READ, PROVEN, READ, PROVEN, PROVEN],
  'the time': [READ, NO_PROOF, READ, NO_PROOF, NO_PROOF],
  'no time': [READ, NO_PROOF, READ, NO_PROOF, NO_PROOF],
  'the time as text': [READ, PROVEN, READ, PROVEN, PROVEN],
  'the receiver: another terminal': [READ, NO_PROOF, READ, PROVEN, 'INPUT_FORMAT data'],
  'the receiver: somebody else': [
    'NOT_RECIPIENT receiver',
    'NOT_RECIPIENT receiver',
    'NOT_RECIPIENT receiver',
    'NOT_RECIPIENT receiver',
    'INPUT_FORMAT data',
  ],
  'the receiver: a group': ['INPUT_CONFLICT receiver', NO_PROOF, READ, PROVEN, 'INPUT_FORMAT data'],
  'the receiver: absent, which is everybody': [NO_SIGNATURE, NO_SIGNATURE, NO_SIGNATURE, NO_SIGNATURE, PROVEN],
  'the receiver: everybody': [NO_SIGNATURE, NO_SIGNATURE, NO_SIGNATURE, NO_SIGNATURE, NO_PROOF],
  'the receiver: null': ['INPUT_TYPE receiver'],
  'the receiver: no text': ['INPUT_FORMAT receiver'],
  'the sender: somebody else': [NO_SIGNATURE],
  'the sender: other letter case': [READ, NO_PROOF, READ, NO_PROOF, NO_PROOF],
  'the sender: a terminal': [READ, NO_PROOF, READ, NO_PROOF, NO_PROOF],
  'the sender: a name': ['MISSING_META sender'],
  'the sender: everybody': ['MISSING_META sender'],
  'the sender: a group': ['INPUT_CONFLICT sender'],
  'the type': ['INPUT_CONFLICT type', NO_PROOF, 'INPUT_CONFLICT type', NO_PROOF, NO_PROOF],
  'no type': [READ, NO_PROOF, READ, NO_PROOF, NO_PROOF],
  'the type as a number': [READ, PROVEN, READ, PROVEN, PROVEN],
  'a group': ['INPUT_CONFLICT group', NO_PROOF, READ, PROVEN, NO_PROOF],
  'a group that is everybody': [NO_SIGNATURE, NO_SIGNATURE, NO_SIGNATURE, NO_SIGNATURE, NO_PROOF],
  'the IV': [NO_KEY, NO_PROOF, NO_KEY, NO_PROOF, NO_PROOF],
  'no IV': [NO_KEY, NO_PROOF, NO_KEY, NO_PROOF, PROVEN],
  'a second iv': [READ, PROVEN, READ, PROVEN, NO_PROOF],
  'the data': [NO_SIGNATURE],
  'the data of another': [NO_SIGNATURE],
  'data and signature of another': [NO_KEY, NO_PROOF, NO_KEY, NO_PROOF, NO_SIGNATURE],
  'the signature': [NO_SIGNATURE],
  'no keys': [READ, NO_PROOF, READ, PROVEN, PROVEN],
  'the keys of another': [NO_KEY, NO_PROOF, NO_KEY, NO_PROOF, NO_PROOF],
  'keys of somebody else alone': ['NOT_RECIPIENT keys', NO_PROOF, 'NOT_RECIPIENT keys', NO_PROOF, NO_PROOF],
  'forty more keys': [READ, NO_PROOF, READ, NO_PROOF, NO_PROOF],
  'a content in the clear beside': [READ, PROVEN, READ, PROVEN, PROVEN],
  'no proof': [READ],
  'a proof that is null': [READ],
  'a proof that is empty': ['INPUT_MISSING envelope_proof.signature'],
  'the proof of another': [NO_PROOF],
  'a proof as of a group': [NO_PROOF],
  'a short name with the same value': [READ, PROVEN, READ, PROVEN, PROVEN],
  'a short name with another value': ['INPUT_CONFLICT F'],
  'a name that nobody knows': [READ, PROVEN, READ, PROVEN, PROVEN],
  'the meta of somebody else': [READ, PROVEN, READ, PROVEN, PROVEN],
  'the visa of somebody else': [READ, PROVEN, READ, PROVEN, PROVEN],
};

test.each(Object.entries(CHANGES))('%s', async (name, change) => {
  const outcomes = OUTCOMES[name] ?? [];
  for (const [index, message] of messages.entries())
    expect([KINDS[index], await outcomeOf(change(message))]).toEqual([
      KINDS[index],
      outcomes.length === 1 ? outcomes[0] : outcomes[index],
    ]);
});

test('a proof can be demanded, and a time that is near', async () => {
  const [personal = {}, proven = {}] = messages;
  const strictReader = async (options: object) =>
    dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob), replay: false, ...options });
  const withProof = await strictReader({ requireEnvelopeProof: true });
  const near = await strictReader({ maxTimeDifference: 60 });
  const codeOf = async (device: typeof reader, message: Fields) =>
    device.unpack(changed(EMPTY, message)).then(
      () => 'read',
      ({ code, path }: DimError) => `${code} ${path}`,
    );
  expect([await codeOf(withProof, proven), await codeOf(near, personal)]).toEqual(['read', 'read']);
  expect(await codeOf(withProof, without(proven, 'envelope_proof'))).toBe(NO_PROOF);
  for (const name of ['the time', 'no time'])
    expect(await codeOf(near, CHANGES[name]?.(personal) ?? {})).toBe('INPUT_CONFLICT time');
});
