/**
 * `encoders.json`: what an application hands in. A field of the input names what is done with it: `sendTo`, `sign`, `verify`,
 * `encryptWith`, `generate`, `mutateResult`, `register…`. Without any, the input is a content to send.
 */
import { canDecrypt, canEncrypt, DimError, TextContent, type PrivateKey, type PublicKey } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import { spoilingChanges } from '../checks/isolation.ts';
import { dim } from '../dim.ts';
import { alice, friendsStore, keeperOfBobsKey, privateKeyOf } from '../people.ts';
import { SuiteFailure, type Subject, type Suite } from '../suite.ts';
import { registrations } from './registrations.ts';

type Operation = (argument: unknown, subject: Subject) => unknown;

const OPERATIONS: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['sendTo', sendTo],
  ['sign', sign],
  ['verify', verify],
  ['encryptWith', encryptWith],
  ['generate', generate],
  ['mutateResult', mutateResult],
  ...registrations,
]);

/** What names an operation and is no field of a content; a new one must not pass for a content. */
const LOOKS_LIKE_OPERATION = /^(send|sign|verify|encrypt|decrypt|generate|mutate|register|encode|decode|derive)/;

export const encoders: Suite = (subject) => {
  const written = subject.vector.input;
  const names = typeof written === 'object' && written !== null && !('$gen' in written) ? Object.keys(written) : [];
  const name = names.find((field) => OPERATIONS.has(field)) ?? names.find((field) => LOOKS_LIKE_OPERATION.test(field));
  if (name === undefined) return [{ name: 'parse', run: () => send(subject) }];
  const operation = OPERATIONS.get(name);
  if (operation === undefined) throw new Error(`this runner does not know the operation ${name}`);
  return [{ name: 'parse', run: () => operation(Reflect.get(subject.input as object, name), subject) }];
};

/** Reads the content, encrypts and signs it as alice, and reads it as bob. */
async function send({ input, fixtures }: Subject): Promise<unknown> {
  const content = dim.Content.parse(input);
  const store = await friendsStore(fixtures);
  const [{ id: user }, { id: receiver, meta }] = [await alice(fixtures), await keeperOfBobsKey(fixtures)];
  const bobsKey = privateKeyOf(fixtures.rsa2);
  const properties = { key: bobsKey.publicKey };
  const visa = await dim.Document.create({ type: 'visa', did: receiver, properties }).sign(bobsKey);
  await dim.addContact(store, { id: receiver, meta, visas: [visa] });
  const key = dim.DecryptKey.parse(bobsKey.fields);
  store.commit([
    { do: 'keep-keys', id: user, keys: { identity: privateKeyOf(fixtures.rsa), decrypt: [] } },
    { do: 'keep-keys', id: receiver, keys: { decrypt: [{ key }] } },
  ]);
  const bytes = await dim.messenger({ self: user, store }).pack(content, receiver);
  // A content of any time, or of none.
  const { content: read } = await dim.messenger({ self: receiver, store, replay: false }).unpack(bytes);
  if (read.serialize() !== content.serialize()) throw new SuiteFailure('bob reads another content than alice wrote');
  return content;
}

/** A text for an ID that alice got from somewhere. */
async function sendTo(receiver: unknown, { fixtures }: Subject): Promise<unknown> {
  const store = await friendsStore(fixtures);
  const { id: user } = await alice(fixtures);
  store.commit([{ do: 'keep-keys', id: user, keys: { identity: privateKeyOf(fixtures.rsa), decrypt: [] } }]);
  const id = dim.ID.parse(receiver);
  const content = TextContent.create('Hello', id.isGroup ? { group: id } : {});
  return dim.messenger({ self: user, store }).pack(content, id);
}

/** By both algorithms that sign. A view of a larger buffer counts for what it shows. */
async function sign(argument: unknown, { fixtures }: Subject): Promise<unknown> {
  const ecc = dim.PrivateKey.parse({ algorithm: 'ECC', data: fixtures.ecPrivateHex });
  return Promise.all([privateKeyOf(fixtures.rsa), ecc].map((key) => signWith(key, argument as Uint8Array)));
}

async function signWith(key: PrivateKey, bytes: Uint8Array): Promise<Uint8Array> {
  const signature = await key.sign(bytes);
  if (!(await key.publicKey.verify(bytes.slice(), signature)))
    throw new SuiteFailure('the signature is of other bytes than those that were given');
  return signature;
}

async function verify(argument: unknown, { fixtures }: Subject): Promise<unknown> {
  const ecc = dim.PublicKey.parse({ algorithm: 'ECC', data: fixtures.ecPublicHex });
  const keys: readonly PublicKey[] = [privateKeyOf(fixtures.rsa).publicKey, ecc];
  const answers = await Promise.all(keys.map(async (key) => key.verify(encodeUtf8('Hello'), argument as Uint8Array)));
  return answers.some((answer) => answer);
}

async function encryptWith(map: unknown, { input, fixtures }: Subject): Promise<unknown> {
  const key = dim.PublicKey.parse(map);
  // Where a key to encrypt to comes from is a visa.
  if (!canEncrypt(key)) return visaKey(key, fixtures);
  const { data } = input as { readonly data: unknown };
  const bytes = typeof data === 'string' ? encodeUtf8(data) : (data as Uint8Array);
  const ciphertext = await key.encrypt(bytes);
  for (const own of [fixtures.rsa, fixtures.rsa2].map((texts) => privateKeyOf(texts))) {
    if (!equalBytes(own.publicKey.data, key.data) || !canDecrypt(own)) continue;
    if (!equalBytes(await own.decrypt(ciphertext), bytes.slice()))
      throw new SuiteFailure('other bytes were encrypted than those that were given');
  }
  return ciphertext;
}

function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** Changes whatever a message gives out; it refuses by staying what it is. */
function mutateResult(map: unknown): boolean {
  return spoilingChanges(dim.ReliableMessage.parse(map));
}

async function visaKey(key: PublicKey, fixtures: Subject['fixtures']): Promise<unknown> {
  const draft = dim.Document.create({ type: 'visa', did: dim.ID.parse(fixtures.alice), properties: { key } });
  return (await draft.sign(privateKeyOf(fixtures.rsa))).encryptKey;
}

async function generate(algorithm: unknown, { input }: Subject): Promise<unknown> {
  if (typeof algorithm !== 'string') throw new DimError('USAGE_ARGUMENT', 'must be text');
  // Of whatever type the settings of an application are.
  const { sizeInBits } = input as { readonly sizeInBits: number };
  const codec = algorithm === 'AES' ? dim.SymmetricKey : dim.PrivateKey;
  return codec.generate(algorithm, { bits: sizeInBits });
}
