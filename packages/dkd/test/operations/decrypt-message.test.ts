/** Decryption of messages as anybody may have made them: which keys are tried, and what is never taken for a content. */
import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { platformBackend, standardPlugins, type Backend } from 'dimplugins';
import {
  createMessageContext,
  decryptMessage,
  encodeBase64,
  encodeUtf8,
  EVERYONE,
  signMessage,
  verifyMessage,
  type DecryptedMessage,
  type DecryptOptions,
  type Content,
  type DecryptKey,
  type JsonMap,
  type SymmetricKey,
} from '../../src/index.ts';
import { ALICE, BOB, context, desktop, errorOf, phone, signKey } from '../world.ts';

const KEY = Uint8Array.from({ length: 32 }, (_, index) => index);
const IV = Uint8Array.from({ length: 16 }, (_, index) => 100 + index);
const CONTENT = '{"type":"77","sn":5,"text":"Hello"}';
const AES = { algorithm: 'AES', data: encodeBase64(KEY) };
const FAILED = { code: 'CRYPTO_DECRYPT', path: '', reason: 'the message does not decrypt', cause: undefined };
const WRONG = encodeBase64(Uint8Array.from({ length: 128 }, (_, index) => index));

/** AES-CBC of whole blocks, without a padding. */
function encryptBlocks(blocks: Uint8Array): string {
  const cipher = createCipheriv('aes-256-cbc', KEY, IV).setAutoPadding(false);
  return Buffer.concat([cipher.update(blocks), cipher.final()]).toString('base64');
}

function padded(bytes: Uint8Array): Uint8Array {
  const count = 16 - (bytes.length % 16);
  return Uint8Array.from([...bytes, ...Array<number>(count).fill(count)]);
}

const dataOf = (text: string) => encryptBlocks(padded(encodeUtf8(text)));
const encryptFor = async (key: DecryptKey, text = JSON.stringify(AES)) =>
  encodeBase64(await key.publicKey.encrypt(encodeUtf8(text)));
const entryFor = async (key: DecryptKey, id = BOB) => ({ [id.toString()]: await encryptFor(key) });
const bobAt = (terminal: string) => BOB.at(terminal).toString();

/** What a reader makes of a message with these fields; its sender signed it. */
async function open(
  fields: JsonMap,
  options: Partial<DecryptOptions> = {},
  reader = context,
): Promise<DecryptedMessage<Content>> {
  const map = {
    sender: ALICE.toString(),
    receiver: BOB.toString(),
    time: 1700000000,
    IV: encodeBase64(IV),
    data: dataOf(CONTENT),
    ...fields,
  };
  const signed = await signMessage(context.SecureMessage.parse(map), signKey);
  const verified = await verifyMessage(reader.ReliableMessage.parse(signed.toMap()), [signKey.publicKey]);
  if (verified === false) throw new Error('it does not verify');
  return decryptMessage(reader, verified, { receiver: BOB, privateKeys: [phone], ...options });
}

const textOf = ({ message }: DecryptedMessage<Content>) => message.content.fields['text'];

/** The key, and how often it was asked to decrypt. */
function counted(key: DecryptKey): { key: DecryptKey; calls: () => number } {
  let calls = 0;
  const decrypt = (bytes: Uint8Array) => {
    calls++;
    return key.decrypt(bytes);
  };
  return { key: { algorithm: key.algorithm, decrypt } as DecryptKey, calls: () => calls };
}

/** A reader, and how often it decrypted data. */
function countingReader(): { reader: typeof context; calls: () => number } {
  let calls = 0;
  const backend: Backend = {
    ...platformBackend,
    aesCbc: {
      ...platformBackend.aesCbc,
      decryptBlocks(key, iv, blocks) {
        calls++;
        return platformBackend.aesCbc.decryptBlocks(key, iv, blocks);
      },
    },
  };
  return { reader: createMessageContext({ plugins: [standardPlugins({ backend })] }), calls: () => calls };
}

describe('what comes out', () => {
  test('is the message with its content, and without what encryption and signature wrote', async () => {
    const keys = await entryFor(phone);
    const key = await encryptFor(phone);
    const { message, password } = await open({ keys, key, hint: { a: 1 }, envelope_proof: { signature: 'AAAA' } });
    expect(message.toMap()).toEqual({
      sender: ALICE.toString(),
      receiver: BOB.toString(),
      time: 1700000000,
      IV: encodeBase64(IV),
      hint: { a: 1 },
      content: JSON.parse(CONTENT) as unknown,
    });
    expect(message.content.toMap()).toEqual(JSON.parse(CONTENT));
    expect(password?.fields).toEqual(AES);
  });

  test('has a message key with short names too', async () => {
    const short = JSON.stringify({ A: 'AES', D: AES.data });
    expect(textOf(await open({ keys: { [BOB.toString()]: await encryptFor(phone, short) } }))).toBe('Hello');
  });

  test('of a broadcast is its text, without any key', async () => {
    const opened = await open({ receiver: EVERYONE.toString(), data: CONTENT }, { privateKeys: [] });
    expect([textOf(opened), opened.password]).toEqual(['Hello', undefined]);
    expect(opened.message.fields['data']).toBeUndefined();
  });

  test.each([
    ['[]', 'INPUT_TYPE', 'data', 'must be a map'],
    ['null', 'INPUT_TYPE', 'data', 'must be a map'],
    ['{"sn":5}', 'INPUT_MISSING', 'content.type', 'is required'],
  ])('of a broadcast is not %s', async (data, code, path, reason) => {
    const error = await errorOf(() => open({ receiver: EVERYONE.toString(), data }));
    expect(error).toMatchObject({ code, path, reason });
  });
});

describe('no content', () => {
  const openWith = async (data: string, keyText = JSON.stringify(AES)) =>
    open({ data, keys: { [BOB.toString()]: await encryptFor(phone, keyText) } });

  test('is what the key PLAIN makes of data that anybody can write', async () => {
    const data = encodeBase64(encodeUtf8(CONTENT));
    expect(await errorOf(() => openWith(data, '{"algorithm":"PLAIN"}'))).toMatchObject(FAILED);
  });

  test('has a wrong padding, though it is JSON without it', async () => {
    const blocks = encodeUtf8(CONTENT.padEnd(48));
    expect(textOf(await openWith(encryptBlocks(padded(blocks))))).toBe('Hello');
    expect(await errorOf(() => openWith(encryptBlocks(blocks)))).toMatchObject(FAILED);
  });

  test.each([
    ['a list', encodeUtf8('[]')],
    ['no JSON', encodeUtf8('Hello')],
    ['nothing', new Uint8Array()],
    ['after a byte order mark', encodeUtf8(`\ufeff${CONTENT}`)],
    ['not UTF-8', Uint8Array.from(Buffer.from(CONTENT.replace('Hello', '\u00ff'), 'latin1'))],
  ])('is %s', async (_what, bytes) => {
    expect(await errorOf(() => openWith(encryptBlocks(padded(bytes))))).toMatchObject(FAILED);
  });
});

describe('keys are tried', () => {
  test('for the terminal and for all terminals; those of other terminals are not', async () => {
    const { key, calls } = counted(phone);
    const keys = { [bobAt('phone')]: WRONG, [BOB.toString()]: WRONG, [bobAt('desktop')]: await encryptFor(phone) };
    const options = { receiver: BOB.at('phone'), privateKeys: [key] };
    expect(await errorOf(() => open({ keys }, options))).toMatchObject(FAILED);
    // The same bytes twice are one entry.
    expect(calls()).toBe(1);
    const otherWrong = encodeBase64(new Uint8Array(128));
    expect(await errorOf(() => open({ keys: { ...keys, [BOB.toString()]: otherWrong } }, options))).toMatchObject(
      FAILED,
    );
    expect(calls()).toBe(3);
  });

  test('of the terminal first', async () => {
    const { key, calls } = counted(phone);
    const keys = { [BOB.toString()]: WRONG, [bobAt('phone')]: await encryptFor(phone) };
    expect(textOf(await open({ keys }, { receiver: BOB.at('phone'), privateKeys: [key] }))).toBe('Hello');
    expect(calls()).toBe(1);
  });

  test('of any terminal, where there is none for this one', async () => {
    const keys = { 'no ID': 'AAAA', [ALICE.toString()]: WRONG, [bobAt('phone')]: await encryptFor(phone) };
    expect(textOf(await open({ keys }, { receiver: BOB.at('watch') }))).toBe('Hello');
    const own = { ...keys, [bobAt('watch')]: WRONG };
    expect(await errorOf(() => open({ keys: own }, { receiver: BOB.at('watch') }))).toMatchObject(FAILED);
  });

  test('of all terminals, by who is at none', async () => {
    const keys = { [BOB.toString()]: WRONG, [bobAt('desktop')]: await encryptFor(desktop) };
    expect(textOf(await open({ keys }, { privateKeys: [desktop] }))).toBe('Hello');
  });

  test('in the older form last, and in no other order', async () => {
    const { key, calls } = counted(phone);
    expect(textOf(await open({ key: await encryptFor(phone) }, { privateKeys: [key] }))).toBe('Hello');
    expect(calls()).toBe(1);
    const fields = { keys: { [BOB.toString()]: WRONG }, key: await encryptFor(phone) };
    expect(textOf(await open(fields, { privateKeys: [key] }))).toBe('Hello');
    expect(calls()).toBe(3);
  });

  test('16 at most, whatever a message brings', async () => {
    const { key, calls } = counted(phone);
    const wrong = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [bobAt(`t${at}`), Buffer.alloc(128, at).toString('base64')]),
      );
    const keys = { ...wrong(15), [bobAt('last')]: await encryptFor(phone) };
    expect(textOf(await open({ keys }, { privateKeys: [key] }))).toBe('Hello');
    expect(calls()).toBe(16);
    const more = { ...wrong(16), [bobAt('last')]: await encryptFor(phone) };
    expect(await errorOf(() => open({ keys: more }, { privateKeys: [key] }))).toMatchObject(FAILED);
    expect(calls()).toBe(32);
  });

  test('with each private key, and for nobody else', async () => {
    const keys = await entryFor(desktop);
    expect(textOf(await open({ keys }, { privateKeys: [phone, desktop] }))).toBe('Hello');
    expect(await errorOf(() => open({ keys }, { privateKeys: [] }))).toMatchObject(FAILED);
    const forAlice = { keys: { [ALICE.toString()]: await encryptFor(phone) } };
    expect(await errorOf(() => open(forAlice))).toMatchObject(FAILED);
  });

  test('with the same work for the data, whether or not there is a message key', async () => {
    const { reader, calls } = countingReader();
    const opened = await open({ keys: await entryFor(phone) }, {}, reader);
    expect([textOf(opened), calls()]).toEqual(['Hello', 1]);
    for (const text of ['no JSON', '[]', '{"algorithm":"PLAIN"}', '{"algorithm":"NOPE"}']) {
      const before = calls();
      const keys = { [BOB.toString()]: await encryptFor(phone, text) };
      expect(await errorOf(() => open({ keys }, {}, reader))).toMatchObject(FAILED);
      expect(calls() - before).toBe(1);
    }
    const before = calls();
    const keys = { [BOB.toString()]: WRONG, [bobAt('x')]: encodeBase64(new Uint8Array(128)) };
    expect(await errorOf(() => open({ keys }, { privateKeys: [phone, desktop] }, reader))).toMatchObject(FAILED);
    expect(calls() - before).toBe(4);
  });
});

describe('a reused key', () => {
  const reusing = (methods: Partial<SymmetricKey>) =>
    open({ data: 'AAAA' }, { reusedKey: { algorithm: 'OWN', fields: {}, ...methods } as SymmetricKey });
  const fail = () => {
    throw new Error('asked');
  };

  test('is needed where a message brings none', async () => {
    expect(await errorOf(() => open({ keys: { [ALICE.toString()]: WRONG } }, { reusedKey: undefined }))).toMatchObject(
      FAILED,
    );
    expect(await errorOf(() => open({}))).toMatchObject({
      code: 'MISSING_MESSAGE_KEY',
      path: '',
      reason: 'the message reuses a key that is not known',
    });
  });

  test('is not taken where a message brings one', async () => {
    const reusedKey = context.SymmetricKey.parse(AES);
    expect(textOf(await open({}, { reusedKey, privateKeys: [] }))).toBe('Hello');
    expect(await errorOf(() => open({ keys: { [BOB.toString()]: WRONG } }, { reusedKey }))).toMatchObject(FAILED);
  });

  test('of an algorithm that authenticates is asked for the plaintext', async () => {
    expect(textOf(await reusing({ decrypt: () => encodeUtf8(CONTENT) }))).toBe('Hello');
  });

  test('is asked for the unchecked plaintext where it has one', async () => {
    const bytes = encodeUtf8(CONTENT);
    const decryptUnchecked = () => ({ bytes, isSound: true });
    expect(textOf(await reusing({ decrypt: fail, decryptUnchecked }))).toBe('Hello');
    const unsound = () => ({ bytes, isSound: false });
    const error = await errorOf(() => reusing({ decrypt: () => bytes, decryptUnchecked: unsound }));
    expect(error).toMatchObject(FAILED);
  });

  test('that fails says no more than any other', async () => {
    expect(await errorOf(() => reusing({ decrypt: fail }))).toMatchObject(FAILED);
  });
});
