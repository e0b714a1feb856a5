/** Identities and keys for the tests of this layer. Making RSA keys takes a while: they are those of the vectors. */
import { readFileSync } from 'node:fs';
import { standardPlugin } from 'dimplugins';
import {
  createMessageContext,
  defineKeyAlgorithm,
  defineMeta,
  definePlugin,
  encryptMessage,
  Envelope,
  InstantMessage,
  Recipient,
  signMessage,
  UnknownContent,
  verifyDocument,
  verifyMessage,
  verifyMeta,
  type Address,
  type DecryptKey,
  type EncryptKey,
  type EncryptOptions,
  type EnvelopeParts,
  type ID,
  type JsonMap,
  type PrivateKey,
  type PublicKey,
  type ReliableMessage,
  type TerminalKey,
  type VerifiedMessage,
  type VerifiedMeta,
} from '../src/index.ts';
import { encodeBase64, encodeUtf8, newContentInit } from '../src/extend.ts';

export { errorOf } from '../../../tests/support/error-of.ts';

export const context = createMessageContext({ plugins: [standardPlugin()] });

export const ALICE = context.ID.parse('alice@1J4YpvWsiA8ziC6cfHCHJJ44PC74z2gpJv');
export const BOB = context.ID.parse('bob@1HtfBJ382vvD7huhzHozC8M6LXY6n7EvRQ');
export const GROUP = context.ID.parse('group-dave@VXTfrasVnf24GGYPUCQQUsKaXwnMi8Qe7');

export const signKey: PrivateKey = await context.PrivateKey.generate('ECC');

const { cases } = JSON.parse(
  readFileSync(new URL('../../../vectors/asymmetric-keys.json', import.meta.url), 'utf8'),
) as { cases: { name: string; private: object }[] };

/** An RSA key of 1024 bits. */
function rsaKey(name: string): PrivateKey & DecryptKey {
  const found = cases.find((vector) => vector.name === name);
  return context.PrivateKey.parse(found?.private) as PrivateKey & DecryptKey;
}

/** Two key pairs that encrypt. */
export const phone = rsaKey('rsa0');
export const desktop = rsaKey('rsa1');

/** Metas of any address: so that a test may have a key for whatever ID it needs. */
let wanted: Address;
const anyMeta = (type: string, seed: 'required' | 'absent') =>
  defineMeta({ type, name: `ANY${type}`, seed, address: () => wanted });
export const anyMetas = definePlugin('any', [anyMeta('98', 'required'), anyMeta('99', 'absent')]);

/** A key of a plugin that fails, but for the first `answers` times that it verifies. */
let answers = 0;
const fail = () => Promise.reject(new Error('no token'));
const broken = (fields: JsonMap) => ({
  algorithm: 'BROKEN',
  fields,
  data: new Uint8Array(),
  verify: () => (answers-- > 0 ? Promise.resolve(true) : fail()),
  encrypt: fail,
  toJSON: () => fields,
});
const brokenKeys = definePlugin('broken', [defineKeyAlgorithm({ algorithm: 'BROKEN', publicKey: { read: broken } })]);
const trusting = createMessageContext({ plugins: [standardPlugin(), anyMetas, brokenKeys] });

/** A private key, as far as tests of its public key need one, that fails as soon as it was verified by. */
export function brokenKey(verifications = 0): PrivateKey {
  answers = verifications;
  const publicKey = broken({ algorithm: 'BROKEN' });
  return { ...publicKey, publicKey, sign: () => new Uint8Array(8) };
}

/** A verified meta that gives an ID the key of a test. */
export async function metaOf(id: ID, key: PrivateKey, reader = trusting): Promise<VerifiedMeta> {
  const seed = id.name;
  const fields =
    seed === undefined
      ? { type: '99' }
      : { type: '98', seed, fingerprint: encodeBase64(await key.sign(encodeUtf8(seed))) };
  const meta = reader.Meta.parse({ ...fields, key: key.publicKey.fields });
  wanted = id.address;
  const verified = await verifyMeta(meta, id);
  if (!verified) throw new Error('the meta does not verify');
  return verified;
}

/** The message, verified by the keys of these private keys as those of its sender. */
export async function verifyWith(
  message: ReliableMessage,
  keys: readonly PrivateKey[],
): Promise<VerifiedMessage | false> {
  const signers = [];
  for (const key of keys) signers.push(await metaOf(message.sender, key));
  return verifyMessage(message, signers);
}

/** {@link verifyWith} the key of nearly all messages of these tests, which must be the right one. */
export async function verifiedOf(message: ReliableMessage): Promise<VerifiedMessage> {
  const verified = await verifyWith(message, [signKey]);
  if (!verified) throw new Error('it does not verify');
  return verified;
}

/** A content that says Hello, of a type that nobody defines. */
export function helloTo(group?: ID): UnknownContent {
  return new UnknownContent(newContentInit('77', { text: 'Hello' }, group && { group }));
}

/** A message from Alice. */
export function fromAlice(to: Omit<EnvelopeParts, 'sender'>, content: UnknownContent): InstantMessage {
  return InstantMessage.create(Envelope.create({ sender: ALICE, ...to }), content);
}

/** A message encrypted, and signed by the key of {@link verifiedOf}. */
export async function seal(message: InstantMessage, options: EncryptOptions): Promise<ReliableMessage> {
  return signMessage(await encryptMessage(context, message, options), signKey);
}

/** Who decrypts by a key: the owner of a visa that has it. */
export async function recipient(
  id: ID,
  { publicKey }: { readonly publicKey: PublicKey | EncryptKey },
  properties: object = {},
): Promise<Recipient> {
  const visa = trusting.Document.create({ type: 'visa', did: id, properties: { key: publicKey, ...properties } });
  const verified = await verifyDocument(await visa.sign(signKey), await metaOf(id, signKey));
  const made = verified && Recipient.of(verified);
  if (!made) throw new Error('no recipient');
  return made;
}

/** Private keys for no terminal in particular. */
export function keysOf(...keys: readonly DecryptKey[]): readonly TerminalKey[] {
  return keys.map((key) => ({ key }));
}
