/**
 * The binary of a message: a reader looks at the form of each, and decodes what it needs when it does.
 *
 * @jest-environment node
 */
import { afterEach, expect, jest, test } from '@jest/globals';

const BASE64 = '../../../mkm/src/backend/native/base64.ts';
const platform = (await import(BASE64)) as { readonly decodeBase64: (text: string) => Uint8Array | undefined };
const decodeBase64 = jest.fn(platform.decodeBase64);
jest.unstable_mockModule(BASE64, () => ({ ...platform, decodeBase64 }));
const BYTES = '../../../mkm/src/backend/native/bytes.ts';
const bytes = (await import(BYTES)) as { readonly decodeKnownBase64: (text: string) => Uint8Array | undefined };
const decodeKnownBase64 = jest.fn(bytes.decodeKnownBase64);
jest.unstable_mockModule(BYTES, () => ({ ...bytes, decodeKnownBase64 }));

const dkd = await import('../../src/index.ts');
const { encodeBase64 } = await import('../../src/extend.ts');
const { BOB, context, fromAlice, GROUP, helloTo, keysOf, phone, recipient, signKey, verifiedOf } =
  await import('../world.ts');

const MEMBERS = 100;

afterEach(() => {
  decodeBase64.mockClear();
  decodeKnownBase64.mockClear();
});

/** A message to a group of many, as it came in; of its members we have Bob's private key. */
async function received(isProven: boolean): Promise<InstanceType<typeof dkd.ReliableMessage>> {
  const instant = fromAlice({ receiver: GROUP }, helloTo(GROUP));
  const messageKey = await context.SymmetricKey.generate('AES');
  const secure = await dkd.encryptMessage(context, instant, { messageKey, recipients: [await recipient(BOB, phone)] });
  const others = Array.from({ length: MEMBERS - 1 }, (_, index): readonly [string, string] => [
    `member-${index}@${BOB.address.toString()}`,
    encodeBase64(new Uint8Array(128).fill(index)),
  ]);
  const keys = Object.fromEntries([...others, ...secure.keys]);
  const signed = await dkd.signMessage(context.SecureMessage.parse({ ...secure.fields, keys }), signKey);
  const message = isProven ? await dkd.proveEnvelope(context, signed, signKey) : signed;
  decodeBase64.mockClear();
  decodeKnownBase64.mockClear();
  return context.ReliableMessage.decode(message.encode());
}

/** How often each key of a message was decoded. */
function countsOf(message: { readonly keys: ReadonlyMap<string, string> }): readonly number[] {
  return [...message.keys.values()].map((key) => decodeBase64.mock.calls.filter(([text]) => text === key).length);
}

const none = Array<number>(MEMBERS).fill(0);

test('reading a message decodes nothing of it', async () => {
  const message = await received(false);
  expect(message.keys.size).toBe(MEMBERS);
  expect([decodeBase64.mock.calls, decodeKnownBase64.mock.calls]).toEqual([[], []]);
});

test('opening it decodes once what was signed, the signature, and the key that is used', async () => {
  const message = await received(false);
  await dkd.decryptMessage(context, await verifiedOf(message), { receiver: BOB, privateKeys: keysOf(phone) });
  expect(countsOf(message)).toEqual([...none.slice(1), 1]);
  const decoded = decodeKnownBase64.mock.calls.map(([text]) => text);
  expect(decoded).toHaveLength(2);
  expect(new Set<unknown>(decoded)).toEqual(new Set([message.data, message.fields['signature']]));
});

test('an envelope proof is over all of them: each is decoded once', async () => {
  const message = await received(true);
  expect(countsOf(message)).toEqual(none);
  expect(await dkd.verifyEnvelopeProof(context, await verifiedOf(message))).toBe(true);
  expect(countsOf(message)).toEqual(none.map(() => 1));
});
