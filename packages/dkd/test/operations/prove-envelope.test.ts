import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as dkd from '../../src/index.ts';
import { ALICE, BOB, context, desktop, errorOf, GROUP, phone, recipient, signKey } from '../world.ts';

const content = new dkd.UnknownContent(dkd.newContentInit('77', { text: 'Hello' }));
const time = 1700000000.5;

async function prove(receiver: dkd.ID, recipients: dkd.EncryptOptions['recipients']): Promise<dkd.ReliableMessage> {
  const instant = dkd.InstantMessage.create(dkd.Envelope.create({ sender: ALICE, receiver, time }), content);
  const password = await context.SymmetricKey.generate('AES');
  const signed = await dkd.signMessage(await dkd.encryptMessage(instant, { password, recipients }), signKey);
  return dkd.proveEnvelope(signed, signKey);
}

/** Over the wire, with changes, to the answer. */
async function isProven(message: dkd.ReliableMessage, changes: object = {}): Promise<boolean> {
  const received = context.ReliableMessage.decode(dkd.encodeUtf8(JSON.stringify({ ...message.toMap(), ...changes })));
  const verified = await dkd.verifyMessage(received, [signKey.publicKey]);
  if (!verified) throw new Error('the message itself must verify');
  return dkd.verifyEnvelopeProof(verified);
}

let personal: dkd.ReliableMessage;
let toGroup: dkd.ReliableMessage;
beforeAll(async () => {
  personal = await prove(BOB, [recipient(BOB, phone)]);
  toGroup = await prove(GROUP, [recipient(BOB, phone), recipient(ALICE, desktop)]);
});

describe('a proof', () => {
  test('holds over the wire, in long and short names, and old readers lose nothing by it', async () => {
    expect(await isProven(personal)).toBe(true);
    const short = context.ReliableMessage.decode(personal.encode({ shortNames: true }));
    const verified = await dkd.verifyMessage(short, [signKey.publicKey]);
    expect(verified !== false && (await dkd.verifyEnvelopeProof(verified))).toBe(true);
    expect(personal.envelopeProof?.group).toBeUndefined();
    expect(Object.keys(personal.fields)).toEqual([
      'sender',
      'receiver',
      'time',
      'type',
      'IV',
      'data',
      'keys',
      'signature',
      'envelope_proof',
    ]);
  });

  test('signs what docs/envelope-proof.md says', async () => {
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    const field = (bytes: Uint8Array) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return Buffer.concat([length, bytes]);
    };
    const number = Buffer.alloc(8);
    number.writeDoubleBE(time);
    const base64 = (text: unknown) => Buffer.from(String(text), 'base64');
    const { IV, data, keys } = personal.toMap() as { IV: string; data: string; keys: { [id: string]: string } };
    const fields = [
      Buffer.from(ALICE.toString()),
      Buffer.from(BOB.toString()),
      Buffer.alloc(0),
      number,
      Buffer.from('77'),
      base64(IV),
      sha256(base64(Object.values(keys)[0])),
      base64(data),
    ];
    const statement = Buffer.concat([Buffer.from('DIM envelope proof 1\0'), sha256(Buffer.concat(fields.map(field)))]);
    expect(statement).toHaveLength(53);
    const { signature } = personal.envelopeProof ?? { signature: new Uint8Array() };
    expect(await signKey.publicKey.verify(statement, signature)).toBe(true);
  });

  test.each([
    ['receiver', { receiver: ALICE.toString() }],
    ['group', { group: GROUP.toString() }],
    ['time', { time: time + 0.5 }],
    ['no time', { time: undefined }],
    ['type', { type: '78' }],
    ['no type', { type: undefined }],
    ['IV', { IV: Buffer.alloc(16).toString('base64') }],
    ['no IV', { IV: undefined }],
    ['keys', { keys: { [BOB.toString()]: 'AAAA' } }],
    ['no keys', { keys: undefined }],
    ['a key in the older form', { key: 'AAAA' }],
    ['no proof', { envelope_proof: undefined }],
  ])('does not hold with another %s', async (_name, changes) => {
    expect(await isProven(personal, changes)).toBe(false);
  });

  test("does not hold for another message or by another's key", async () => {
    const other = await prove(BOB, [recipient(BOB, phone)]);
    expect(await isProven(personal, { envelope_proof: other.toMap()['envelope_proof'] })).toBe(false);
    const stranger = await context.PrivateKey.generate('ECC');
    const proven = await dkd.proveEnvelope(personal, stranger);
    expect(await isProven(proven)).toBe(false);
  });

  test.each([
    ['text', 'INPUT_TYPE', 'envelope_proof'],
    [{}, 'INPUT_MISSING', 'envelope_proof.signature'],
    [{ signature: '@' }, 'INPUT_FORMAT', 'envelope_proof.signature'],
    [{ signature: 'A'.repeat(16_388) }, 'INPUT_LIMIT', 'envelope_proof.signature'],
    [{ signature: 'AAAA', receiver: 'x' }, 'UNSUPPORTED_ADDRESS', 'envelope_proof.receiver'],
    [{ signature: 'AAAA', receiver: BOB.toString(), keys: '' }, 'INPUT_CONFLICT', 'envelope_proof.receiver'],
    [{ signature: 'AAAA', receiver: GROUP.toString() }, 'INPUT_MISSING', 'envelope_proof.keys'],
    [{ signature: 'AAAA', receiver: GROUP.toString(), keys: 'AAAA' }, 'INPUT_FORMAT', 'envelope_proof.keys'],
    [{ signature: 'AAAA', receiver: GROUP.toString(), keys: '?' }, 'INPUT_FORMAT', 'envelope_proof.keys'],
  ])('%j is none', async (proof, code, path) => {
    const error = await errorOf(() => isProven(personal, { envelope_proof: proof }));
    expect([error.code, error.path]).toEqual([code, path]);
  });
});

describe('the proof of a message to a group', () => {
  const keyOfBob = () => ({ [BOB.toString()]: toGroup.keys.get(BOB.toString()) });

  test('holds for the whole and for each part of it', async () => {
    expect(toGroup.envelopeProof?.group?.equals(GROUP)).toBe(true);
    for (const part of [
      {},
      { keys: keyOfBob() },
      { keys: {} },
      { receiver: BOB.toString(), group: GROUP.toString(), keys: keyOfBob() },
      { receiver: BOB.toString(), keys: keyOfBob() },
    ]) {
      expect(await isProven(toGroup, part)).toBe(true);
    }
  });

  test('holds for nothing that is no part of it', async () => {
    const otherGroup = `other@${GROUP.address.toString()}`;
    const foreignKey = personal.keys.get(BOB.toString());
    for (const part of [
      { receiver: otherGroup },
      { receiver: BOB.toString(), group: otherGroup, keys: keyOfBob() },
      { receiver: BOB.toString(), keys: { [BOB.toString()]: foreignKey } },
      { keys: { ...keyOfBob(), extra: foreignKey } },
      { receiver: BOB.toString(), time: time + 1 },
    ]) {
      expect(await isProven(toGroup, part)).toBe(false);
    }
    const { signature } = toGroup.toMap()['envelope_proof'] as { signature: string };
    expect(await isProven(toGroup, { receiver: BOB.toString(), envelope_proof: { signature } })).toBe(false);
  });
});

test('the digests of Node and of everywhere else are the same', async () => {
  const native = await import('../../src/backend/native/sha256.ts');
  const portable = await import('../../src/backend/portable/sha256.ts');
  for (const length of [0, 1, 55, 56, 64, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, index) => index);
    expect(portable.sha256(bytes)).toEqual(native.sha256(bytes));
  }
});
