import { beforeEach, describe, expect, test } from '@jest/globals';
import { signMessage, verifyMessage, type ReliableMessage, type VerifyKey } from '../../src/index.ts';
import { ALICE, BOB, context, desktop, errorOf, phone, signKey } from '../world.ts';

let signed: ReliableMessage;

describe('verifyMessage', () => {
  beforeEach(async () => {
    const map = { sender: ALICE.toString(), receiver: BOB.toString(), data: 'AQID' };
    signed = await signMessage(context.SecureMessage.parse(map), signKey);
  });

  test('says which message was verified, and by which of the keys', async () => {
    const verified = await verifyMessage(signed, [phone.publicKey, signKey.publicKey, desktop.publicKey]);
    if (verified === false) throw new Error('it does not verify');
    expect(verified.message).toBe(signed);
    expect(verified.envelope).toBe(signed.envelope);
    expect(verified.verifiedBy).toBe(signKey.publicKey);
  });

  test('tries no further keys after the right one', async () => {
    const never = { ...desktop.publicKey, verify: () => Promise.reject(new Error('asked')) } as VerifyKey;
    expect(await verifyMessage(signed, [signKey.publicKey, never])).not.toBe(false);
  });

  test.each([
    ['without a key', []],
    ['by the keys of others', [phone.publicKey, desktop.publicKey]],
  ])('is false %s', async (_what, keys) => {
    expect(await verifyMessage(signed, keys)).toBe(false);
  });

  test('says which algorithm failed', async () => {
    const broken = { algorithm: 'BROKEN', verify: () => Promise.reject(new Error('no token')) } as unknown as VerifyKey;
    expect(await errorOf(() => verifyMessage(signed, [broken]))).toMatchObject({
      code: 'INTERNAL_PLUGIN',
      reason: 'the definition of BROKEN failed',
    });
  });
});
