import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  encryptMessage,
  Envelope,
  EVERYONE,
  InstantMessage,
  broadcastMessage,
  UnknownContent,
  type EncryptOptions,
  type JsonMap,
  type SymmetricKey,
} from '../../src/index.ts';
import { decodeUtf8, MESSAGE_FIELDS, newContentInit } from '../../src/extend.ts';
import { ALICE, BOB, brokenKey, context, desktop, errorOf, GROUP, phone, recipient } from '../world.ts';

const content = new UnknownContent(newContentInit('77', { text: 'Hello' }, { sn: 5, time: 1700000000 }));
const writtenTo = (receiver = BOB, group = GROUP) =>
  InstantMessage.create(Envelope.create({ sender: ALICE, receiver, group, time: 1700000000.5 }), content);
const recipients = [await recipient(BOB.at('phone'), phone), await recipient(BOB, desktop)];
/** What may be left of an earlier encryption, and what nobody knows. */
const LEFT = {
  data: 'AAAA',
  key: 'AAAA',
  keys: { old: 'AAAA' },
  signature: 'AAAA',
  envelope_proof: {},
  hint: { a: 1 },
};
let messageKey: SymmetricKey;

beforeAll(async () => {
  messageKey = await context.SymmetricKey.generate('AES');
});

/** A message key that writes fields of its own. */
const writing = (extra: JsonMap) =>
  ({ algorithm: 'OWN', fields: {}, encrypt: () => ({ ciphertext: Uint8Array.of(1, 2, 3), extra }) }) as never;

describe('encryptMessage', () => {
  test('nobody is written to at a terminal that no reader takes: such a visa is none', async () => {
    const made = recipient(BOB, phone, { terminal: 'x'.repeat(500) });
    await expect(made).rejects.toMatchObject({ code: 'USAGE_ARGUMENT', path: 'data.terminal' });
  });

  test('writes the envelope, the type, the IV, the data, a key for each recipient, and nothing else', async () => {
    const secure = await encryptMessage(context, writtenTo(), { messageKey, recipients });
    expect(secure.toMap()).toEqual({
      sender: ALICE.toString(),
      receiver: BOB.toString(),
      group: GROUP.toString(),
      time: 1700000000.5,
      type: '77',
      IV: expect.any(String),
      data: expect.any(String),
      keys: Object.fromEntries(secure.keys),
    });
    expect([...secure.keys.keys()]).toEqual([BOB.at('phone').toString(), BOB.toString()]);
    expect([secure.key, secure.type, secure.group, secure.time]).toEqual([undefined, '77', GROUP, 1700000000.5]);
    for (const [index, key] of [phone, desktop].entries()) {
      const encrypted = Buffer.from([...secure.keys.values()][index] ?? '', 'base64');
      expect(JSON.parse(decodeUtf8(await key.decrypt(encrypted)))).toEqual(messageKey.fields);
    }
  });

  test('begins with 16 blanks, which protect the content from another IV', async () => {
    const secure = await encryptMessage(context, writtenTo(), { messageKey, recipients });
    expect(decodeUtf8(await messageKey.decrypt(secure.dataBytes, secure.fields))).toBe(
      ' '.repeat(16) + content.serialize(),
    );
  });

  test('leaves nothing of an earlier encryption and keeps what nobody knows', async () => {
    const found = context.InstantMessage.parse({ ...writtenTo().fields, ...LEFT });
    const secure = await encryptMessage(context, found, { messageKey, recipients: 'reused' });
    expect(Object.keys(secure.fields).sort()).toEqual(
      ['IV', 'data', 'group', 'hint', 'receiver', 'sender', 'time', 'type'].sort(),
    );
    expect([secure.hasKey, secure.fields['hint']]).toEqual([false, { a: 1 }]);
    expect(secure.data).not.toBe(LEFT.data);
  });

  test('keeps the fields that the algorithm of the message key writes', async () => {
    const secure = await encryptMessage(context, writtenTo(), {
      messageKey: writing({ IV: 'x', tag: 'y' }),
      recipients: 'reused',
    });
    expect(secure.fields).toMatchObject({ IV: 'x', tag: 'y', data: 'AQID' });
  });

  test.each([...MESSAGE_FIELDS])('the algorithm of the message key may not write the field %s', async (name) => {
    const options = { messageKey: writing({ tag: 'y', [name]: 'x' }), recipients: 'reused' } as const;
    expect(await errorOf(() => encryptMessage(context, writtenTo(), options))).toMatchObject({
      code: 'INTERNAL_PLUGIN',
      path: '',
      reason: `encryption may not write the field ${name}`,
    });
  });

  test.each<[string, string, string, InstantMessage, Partial<EncryptOptions>]>([
    ['a broadcast', '', 'a broadcast is not encrypted: use broadcastMessage', writtenTo(EVERYONE), {}],
    ['a broadcast group', '', 'a broadcast is not encrypted: use broadcastMessage', writtenTo(BOB, EVERYONE), {}],
    [
      'PLAIN',
      '',
      'the key PLAIN is for broadcasts only',
      writtenTo(),
      { messageKey: context.SymmetricKey.parse({ algorithm: 'PLAIN' }) },
    ],
    ['nobody', 'recipients', 'a message needs recipients', writtenTo(), { recipients: [] }],
  ])('refuses %s', async (_what, path, reason, message, options) => {
    const error = await errorOf(() => encryptMessage(context, message, { messageKey, recipients, ...options }));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path, reason });
  });

  test('says which algorithm failed', async () => {
    const broken = brokenKey(1);
    for (const options of [
      { messageKey: broken as never, recipients },
      { messageKey, recipients: [await recipient(BOB, broken)] },
    ]) {
      expect(await errorOf(() => encryptMessage(context, writtenTo(), options))).toMatchObject({
        code: 'INTERNAL_PLUGIN',
        reason: 'the definition of BROKEN failed',
      });
    }
  });
});

test("recipients are none of a caller's own", async () => {
  const own = { id: BOB, key: phone.publicKey, algorithms: [] };
  // @ts-expect-error: only Recipient.of makes one, of what is verified
  const error = await errorOf(() => encryptMessage(context, writtenTo(), { messageKey, recipients: [own] }));
  expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'recipients[0]', reason: 'must come from Recipient.of' });
});

describe('broadcastMessage', () => {
  test('writes a broadcast in the clear, without a key', () => {
    const found = context.InstantMessage.parse({ ...writtenTo(EVERYONE).fields, ...LEFT });
    const secure = broadcastMessage(found);
    expect(secure.toMap()).toEqual({
      sender: ALICE.toString(),
      receiver: EVERYONE.toString(),
      group: GROUP.toString(),
      time: 1700000000.5,
      type: '77',
      data: content.serialize(),
      hint: { a: 1 },
    });
    expect([secure.hasKey, secure.envelope.isBroadcast]).toEqual([false, true]);
  });

  test('and nothing else', async () => {
    expect(await errorOf(() => broadcastMessage(writtenTo()))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: '',
      reason: 'only a broadcast goes without encryption',
    });
  });
});
