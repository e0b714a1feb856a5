/** Decryption of messages as anybody may have made them: which keys are tried, and what is never taken for a content. */
import { createCipheriv } from 'node:crypto';
import { describe, expect, jest, test } from '@jest/globals';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import {
  createMessageContext,
  decryptMessage,
  EVERYONE,
  signMessage,
  type DecryptedMessage,
  type DecryptOptions,
  type Content,
  type DecryptKey,
  type JsonMap,
  type SymmetricKey,
} from '../../src/index.ts';
import { encodeBase64, encodeUtf8, keyDigest } from '../../src/extend.ts';
import { ALICE, BOB, context, desktop, errorOf, keysOf, phone, signKey, verifiedOf } from '../world.ts';

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
  encodeBase64(await key.encryptKey.encrypt(encodeUtf8(text)));
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
  const verified = await verifiedOf(reader.ReliableMessage.parse(signed.toMap()));
  return decryptMessage(reader, verified, { receiver: BOB, privateKeys: keysOf(phone), ...options });
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
      key(bytes) {
        const operations = platformBackend.aesCbc.key(bytes);
        return {
          ...operations,
          decryptBlocks(iv, blocks) {
            calls++;
            return operations.decryptBlocks(iv, blocks);
          },
        };
      },
    },
  };
  return { reader: createMessageContext({ plugins: [standardPlugin({ backend })] }), calls: () => calls };
}

describe('what comes out', () => {
  test('is the message with its content, and without what encryption and signature wrote', async () => {
    const keys = await entryFor(phone);
    const key = await encryptFor(phone);
    const { message, messageKey } = await open({ keys, key, hint: { a: 1 }, envelope_proof: { signature: 'AAAA' } });
    expect(message.toMap()).toEqual({
      sender: ALICE.toString(),
      receiver: BOB.toString(),
      time: 1700000000,
      IV: encodeBase64(IV),
      hint: { a: 1 },
      content: JSON.parse(CONTENT) as unknown,
    });
    expect(message.content.toMap()).toEqual(JSON.parse(CONTENT));
    expect(messageKey?.fields).toEqual(AES);
  });

  test('is walked over once: what was parsed is the map of the content', async () => {
    const parse = jest.spyOn(JSON, 'parse');
    const { message } = await open({ keys: await entryFor(phone) }, { privateKeys: keysOf(phone) });
    const parsed = parse.mock.results.map(({ value }) => value as unknown);
    parse.mockRestore();
    expect(parsed.find((value) => value === message.content.fields)).toEqual(JSON.parse(CONTENT));
  });

  test('has a message key with short names too', async () => {
    const short = JSON.stringify({ A: 'AES', D: AES.data });
    expect(textOf(await open({ keys: { [BOB.toString()]: await encryptFor(phone, short) } }))).toBe('Hello');
  });

  test('of a broadcast is its text, without any key', async () => {
    const opened = await open({ receiver: EVERYONE.toString(), data: CONTENT }, { privateKeys: [] });
    expect([textOf(opened), opened.messageKey]).toEqual(['Hello', undefined]);
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
    const options = { receiver: BOB.at('phone'), privateKeys: keysOf(key) };
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
    expect(textOf(await open({ keys }, { receiver: BOB.at('phone'), privateKeys: keysOf(key) }))).toBe('Hello');
    expect(calls()).toBe(1);
  });

  test('of any terminal, where there is none for this one', async () => {
    const keys = { 'no ID': 'AAAA', [ALICE.toString()]: WRONG, [bobAt('phone')]: await encryptFor(phone) };
    expect(textOf(await open({ keys }, { receiver: BOB.at('watch') }))).toBe('Hello');
    const own = { ...keys, [bobAt('watch')]: WRONG };
    expect(await errorOf(() => open({ keys: own }, { receiver: BOB.at('watch') }))).toMatchObject(FAILED);
  });

  test('of any terminal, where there are others for all of them: a visa may have had another name on its way', async () => {
    const keys = { [BOB.toString()]: WRONG, [bobAt('fridge')]: await encryptFor(phone) };
    expect(textOf(await open({ keys }, { receiver: BOB.at('phone') }))).toBe('Hello');
  });

  test('of all terminals, by who is at none', async () => {
    const keys = { [BOB.toString()]: WRONG, [bobAt('desktop')]: await encryptFor(desktop) };
    expect(textOf(await open({ keys }, { privateKeys: keysOf(desktop) }))).toBe('Hello');
  });

  test('in the older form last, and in no other order', async () => {
    const { key, calls } = counted(phone);
    expect(textOf(await open({ key: await encryptFor(phone) }, { privateKeys: keysOf(key) }))).toBe('Hello');
    expect(calls()).toBe(1);
    const fields = { keys: { [BOB.toString()]: WRONG }, key: await encryptFor(phone) };
    expect(textOf(await open(fields, { privateKeys: keysOf(key) }))).toBe('Hello');
    expect(calls()).toBe(3);
  });

  test('16 at most, whatever a message brings', async () => {
    const { key, calls } = counted(phone);
    const wrong = (count: number) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, at) => [bobAt(`t${at}`), Buffer.alloc(128, at).toString('base64')]),
      );
    const keys = { ...wrong(15), [bobAt('last')]: await encryptFor(phone) };
    expect(textOf(await open({ keys }, { privateKeys: keysOf(key) }))).toBe('Hello');
    expect(calls()).toBe(16);
    const more = { ...wrong(16), [bobAt('last')]: await encryptFor(phone) };
    expect((await errorOf(() => open({ keys: more }, { privateKeys: keysOf(key) }))).code).toBe('NOT_RECIPIENT');
    expect(calls()).toBe(32);
  });

  test('and few names of others are read, however many a message brings', async () => {
    let reads = 0;
    const tryParse = (input: unknown) => {
      reads++;
      return context.ID.tryParse(input);
    };
    const reader = { ...context, ID: { ...context.ID, tryParse } };
    const own = await entryFor(phone, BOB.at('last'));
    const address = BOB.address.toString();
    for (const [nameOf, expected] of [
      [(at: number) => `x${at}`, 1],
      [(at: number) => `0x${at.toString(16).padStart(40, '0')}/t`, 1],
      [(at: number) => `x${at}@${address}`, 16],
      [(at: number) => `${address.toLowerCase()}/${at}`, 16],
    ] as const) {
      reads = 0;
      const others = Object.fromEntries(Array.from({ length: 19_000 }, (_, at) => [nameOf(at), 'AAAA']));
      const opened = open({ keys: { ...others, ...own } }, {}, reader).then(
        textOf,
        ({ code }: { code: string }) => code,
      );
      expect([await opened, reads]).toEqual([expected === 1 ? 'Hello' : 'NOT_RECIPIENT', expected]);
    }
    const tooMany = Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`x${at}`, 'AAAA']));
    expect(await errorOf(() => open({ keys: tooMany }))).toMatchObject({ code: 'INPUT_LIMIT', path: 'keys' });
  });

  test('fewer times where the data is large: the sender chooses both', async () => {
    const { reader, calls } = countingReader();
    const wrong = await encryptFor(phone, 'no JSON');
    const keys = Object.fromEntries(
      Array.from({ length: 16 }, (_, at): [string, string] => [
        bobAt(`t${at}`),
        at === 0 ? wrong : Buffer.alloc(128, at).toString('base64'),
      ]),
    );
    const privateKeys = keysOf(phone, desktop);
    await errorOf(() => open({ keys }, { privateKeys }, reader));
    expect(calls()).toBe(32);
    const data = Buffer.alloc(16 * 1024 * 1024).toString('base64');
    await errorOf(() => open({ keys, data }, { privateKeys }, reader));
    expect(calls()).toBe(32 + 8);
  });

  test('with each private key, and for nobody else', async () => {
    const keys = await entryFor(desktop);
    expect(textOf(await open({ keys }, { privateKeys: keysOf(phone, desktop) }))).toBe('Hello');
    const noKey = await errorOf(() => open({ keys }, { privateKeys: [] }));
    expect([noKey.code, noKey.missing.map(({ what, id }) => [what, id.toString()])]).toEqual([
      'MISSING_PRIVATE_KEY',
      [['private-key', BOB.toString()]],
    ]);
    const forAlice = { keys: { [ALICE.toString()]: await encryptFor(phone) } };
    expect(await errorOf(() => open(forAlice))).toMatchObject({
      code: 'NOT_RECIPIENT',
      path: 'keys',
      reason: 'none of the keys is for this user',
    });
  });

  test('of other devices are said to be theirs', async () => {
    const keys = { [bobAt('phone')]: await encryptFor(phone), [bobAt('tablet')]: WRONG };
    const at = (terminal: string | undefined, key = desktop) =>
      open({ keys }, { receiver: BOB.at('desktop'), privateKeys: [{ terminal, key }] });
    // A key without a terminal is for what is encrypted to all of them.
    for (const terminal of ['desktop', 'watch', undefined])
      expect(await errorOf(() => at(terminal))).toMatchObject({
        code: 'NOT_RECIPIENT',
        path: 'keys',
        reason: 'the keys are for other devices of this user',
      });
    // It is meant for this device, by its name, and does not decrypt.
    expect(await errorOf(() => at('tablet'))).toMatchObject(FAILED);
    // A visa may have had another name on its way: what decrypts is read.
    expect(textOf(await at('desktop', phone))).toBe('Hello');
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
    expect(await errorOf(() => open({ keys }, { privateKeys: keysOf(phone, desktop) }, reader))).toMatchObject(FAILED);
    expect(calls() - before).toBe(4);
  });
});

describe('a reused key', () => {
  const reusing = (methods: Partial<SymmetricKey>) =>
    open({ data: 'AAAA' }, { reusedKeys: [{ algorithm: 'OWN', fields: {}, ...methods } as SymmetricKey] });
  const fail = () => {
    throw new Error('asked');
  };

  test('is needed where a message brings none', async () => {
    const error = await errorOf(() => open({}));
    expect(error).toMatchObject({
      code: 'MISSING_MESSAGE_KEY',
      path: '',
      reason: 'the message reuses a key that is not known',
    });
    expect(error.missing.map(({ what, ...rest }) => [what, ...Object.values(rest).map(String)])).toEqual([
      ['message-key', ALICE.toString(), BOB.toString()],
    ]);
  });

  test('is not taken where a message brings one', async () => {
    const reusedKeys = [context.SymmetricKey.parse(AES)];
    expect(textOf(await open({}, { reusedKeys, privateKeys: [] }))).toBe('Hello');
    expect(await errorOf(() => open({ keys: { [BOB.toString()]: WRONG } }, { reusedKeys }))).toMatchObject(FAILED);
  });

  test('of an algorithm that authenticates is asked for the plaintext', async () => {
    expect(textOf(await reusing({ decrypt: () => encodeUtf8(CONTENT) }))).toBe('Hello');
  });

  test('is asked for the unchecked plaintext where it has one', async () => {
    const bytes = encodeUtf8(CONTENT);
    const decryptUnchecked = () => ({ bytes, isSound: true });
    expect(textOf(await reusing({ decrypt: fail, decryptUnchecked }))).toBe('Hello');
    // Nothing but true is a yes: keys come from plugins.
    for (const answer of [false, undefined, 'false', {}]) {
      const unsound = () => ({ bytes, isSound: answer as boolean });
      const error = await errorOf(() => reusing({ decrypt: () => bytes, decryptUnchecked: unsound }));
      expect(error.code).toBe('MISSING_MESSAGE_KEY');
    }
  });

  test('that does not decrypt is not the one that is needed', async () => {
    expect((await errorOf(() => reusing({ decrypt: fail }))).code).toBe('MISSING_MESSAGE_KEY');
  });

  test('is one of several, in whatever order they came', async () => {
    const others = await Promise.all(Array.from({ length: 7 }, async () => context.SymmetricKey.generate('AES')));
    const right = context.SymmetricKey.parse(AES);
    for (const reusedKeys of [
      [right, ...others],
      [...others, right],
    ]) {
      const opened = await open({}, { reusedKeys });
      expect([textOf(opened), opened.messageKey]).toEqual(['Hello', right]);
    }
    expect((await errorOf(() => open({}, { reusedKeys: others }))).code).toBe('MISSING_MESSAGE_KEY');
  });

  test('that the sender names is the only one that is tried, and then it is the message that is wrong', async () => {
    const right = context.SymmetricKey.parse(AES);
    const other = await context.SymmetricKey.generate('AES');
    const named = (key: SymmetricKey) => ({ keys: { digest: keyDigest(context, key) } });
    expect(textOf(await open(named(right), { reusedKeys: [other, right] }))).toBe('Hello');
    expect(await errorOf(() => open(named(other), { reusedKeys: [other, right] }))).toMatchObject(FAILED);
    // Nobody signs the name: where it is nobody's, all are tried.
    expect(textOf(await open({ keys: { digest: 'AAAA' } }, { reusedKeys: [other, right] }))).toBe('Hello');
  });

  test('is never PLAIN', async () => {
    const plain = context.SymmetricKey.parse({ algorithm: 'PLAIN' });
    const data = encodeBase64(encodeUtf8(CONTENT));
    expect((await errorOf(() => open({ data }, { reusedKeys: [plain] }))).code).toBe('MISSING_MESSAGE_KEY');
  });
});
