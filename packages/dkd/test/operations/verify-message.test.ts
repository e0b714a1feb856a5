/** Verification: by whom a message is signed, and that nothing else makes a verified message. */
import { beforeEach, describe, expect, jest, test } from '@jest/globals';
import {
  decryptMessage,
  signMessage,
  verifyDocument,
  VerifiedMessage,
  verifyEnvelopeProof,
  verifyMessage,
  type ReliableMessage,
} from '../../src/index.ts';
import { ALICE, BOB, brokenKey, context, desktop, errorOf, metaOf, phone, signKey, verifyWith } from '../world.ts';

let signed: ReliableMessage;

beforeEach(async () => {
  const map = { sender: ALICE.toString(), receiver: BOB.toString(), data: 'AQID' };
  signed = await signMessage(context.SecureMessage.parse(map), signKey);
});

describe('verifyMessage', () => {
  test('says which message was verified, and by which of the keys', async () => {
    const verified = await verifyWith(signed, [phone, signKey, desktop]);
    if (verified === false) throw new Error('it does not verify');
    expect(verified.message).toBe(signed);
    expect(verified.envelope).toBe(signed.envelope);
    expect(verified.verifiedBy.toJSON()).toEqual(signKey.publicKey.toJSON());
  });

  test('tries no further keys after the right one', async () => {
    const signers = [await metaOf(ALICE, signKey), await metaOf(ALICE, brokenKey(1))];
    expect(await verifyMessage(signed, signers)).not.toBe(false);
  });

  test.each([
    ['without a key', []],
    ['by the keys of others', [phone, desktop]],
  ])('is false %s', async (_what, keys) => {
    expect(await verifyWith(signed, keys)).toBe(false);
  });

  test('takes the key of a visa, where it verifies', async () => {
    const meta = await metaOf(ALICE, desktop);
    const visaOf = async (key: typeof phone) => {
      const draft = context.Document.create({
        type: 'visa',
        did: ALICE.at('phone'),
        properties: { key: key.publicKey },
      });
      return verifyDocument(await draft.sign(desktop), meta);
    };
    const byPhone = await signMessage(context.SecureMessage.parse(signed.fields), phone);
    const visas = [await visaOf(desktop), await visaOf(phone)].filter((visa) => visa !== false);
    expect(await verifyMessage(byPhone, visas)).toBeInstanceOf(VerifiedMessage);
    expect(await verifyMessage(byPhone, [meta])).toBe(false);
  });

  test('says which algorithm failed', async () => {
    expect(await errorOf(() => verifyWith(signed, [brokenKey(1)]))).toMatchObject({
      code: 'INTERNAL_PLUGIN',
      reason: 'the definition of BROKEN failed',
    });
  });

  test('of one message and signer is done once, and holds for no other', async () => {
    const meta = await metaOf(ALICE, signKey);
    const prototype = Object.getPrototypeOf(meta.publicKey) as { verify: () => unknown };
    const verify = jest.spyOn(prototype, 'verify');
    const first = await verifyMessage(signed, [meta]);
    expect(await verifyMessage(signed, [meta])).toBe(first);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(await verifyMessage(context.ReliableMessage.parse({ ...signed.fields, data: 'AQIE' }), [meta])).toBe(false);
    expect(await verifyMessage(context.ReliableMessage.parse(signed.fields), [meta])).not.toBe(first);
    expect(verify).toHaveBeenCalledTimes(3);
    expect(await verifyMessage(signed, [await metaOf(ALICE, phone)])).toBe(false);
    verify.mockRestore();
  });

  test('takes the keys of nobody else', async () => {
    const bob = await metaOf(BOB, signKey);
    expect(await errorOf(() => verifyMessage(signed, [bob]))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'signers[0]',
      reason: 'must be of the sender',
    });
  });
});

describe('what is not verified', () => {
  const unverified = { code: 'USAGE_ARGUMENT', path: 'verified', reason: 'must be a message that verifyMessage gave' };
  const forgery = () => ({
    message: signed,
    verifiedBy: signKey.publicKey,
    envelope: signed.envelope,
  });

  test('does not compile and does not run', async () => {
    const options = { receiver: BOB };
    // @ts-expect-error: a literal is no verified message
    expect(await errorOf(() => decryptMessage(context, forgery(), options))).toMatchObject(unverified);
    // @ts-expect-error: nor where only a proof is asked for
    expect(await errorOf(() => verifyEnvelopeProof(context, forgery()))).toMatchObject(unverified);
    // @ts-expect-error: a received message is none
    expect(await errorOf(() => decryptMessage(context, signed, options))).toMatchObject(unverified);
    const prototype = Object.create(VerifiedMessage.prototype, {
      message: { value: signed },
      verifiedBy: { value: signKey.publicKey },
    }) as VerifiedMessage;
    expect(await errorOf(() => decryptMessage(context, prototype, options))).toMatchObject(unverified);
    const Open = VerifiedMessage as unknown as new (...args: unknown[]) => VerifiedMessage;
    expect((await errorOf(() => new Open(Symbol('verified message'), signed, signKey.publicKey))).code).toBe(
      'USAGE_ARGUMENT',
    );
  });

  test('is no signer', async () => {
    const meta = await context.Meta.generate({ type: 'ETH', privateKey: signKey });
    const notVerified = { code: 'USAGE_ARGUMENT', path: 'signers[0]' };
    // @ts-expect-error: a key alone is nobody's
    expect(await errorOf(() => verifyMessage(signed, [signKey.publicKey]))).toMatchObject(notVerified);
    // @ts-expect-error: a meta that nobody verified
    expect(await errorOf(() => verifyMessage(signed, [meta]))).toMatchObject(notVerified);
  });

  test('an answer must be looked at', async () => {
    const answer = await verifyWith(signed, [phone]);
    // @ts-expect-error: it may be false
    expect(await errorOf(() => decryptMessage(context, answer, { receiver: BOB }))).toMatchObject(unverified);
  });
});
