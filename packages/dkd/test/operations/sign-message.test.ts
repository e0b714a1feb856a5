import { beforeEach, describe, expect, test } from '@jest/globals';
import { signMessage, type JsonMap, type SecureMessage, type SignKey, type SignOptions } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf, signKey } from '../world.ts';

const MAP = { sender: ALICE.toString(), receiver: BOB.toString(), data: 'AQID', hint: { a: 1 } };
const meta = { fields: { type: '1' } };
const visa = { fields: { data: '{}' } };
let secure: SecureMessage;

describe('signMessage', () => {
  beforeEach(() => {
    secure = context.SecureMessage.parse(MAP);
  });

  test('signs the bytes of the data, and changes nothing else', async () => {
    const signed = await signMessage(secure, signKey);
    expect(await signKey.publicKey.verify(Uint8Array.of(1, 2, 3), signed.signature)).toBe(true);
    expect(signed.toMap()).toEqual({ ...MAP, signature: Buffer.from(signed.signature).toString('base64') });
    expect(signed.envelope).toBe(secure.envelope);
    expect(Object.isFrozen(signed.fields)).toBe(true);
  });

  test.each<[SignOptions, JsonMap]>([
    [{ meta }, { meta: meta.fields }],
    [{ visa }, { visa: visa.fields }],
    [
      { meta, visa },
      { meta: meta.fields, visa: visa.fields },
    ],
    [{}, {}],
  ])('%j rides along', async (options, expected) => {
    const signed = await signMessage(secure, signKey, options);
    const { signature: _signature, ...others } = signed.toMap();
    expect(others).toEqual({ ...MAP, ...expected });
    expect([signed.attachedMeta, signed.attachedVisa]).toEqual([options.meta?.fields, options.visa?.fields]);
  });

  test('says which algorithm failed', async () => {
    const broken = { ...signKey, algorithm: 'BROKEN', sign: () => Promise.reject(new Error('no token')) } as SignKey;
    expect(await errorOf(() => signMessage(secure, broken))).toMatchObject({
      code: 'INTERNAL_PLUGIN',
      reason: 'the definition of BROKEN failed',
    });
  });
});
