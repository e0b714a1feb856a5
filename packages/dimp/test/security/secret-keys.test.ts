/** Secret keys do not get into what others read, by a slip of the one who writes it. */
import { expect, test } from '@jest/globals';
import { modernPlugin } from 'dimplugins/modern';
import { ApplicationContent, type Visa } from '../../src/index.ts';
import { dim } from '../context.ts';
import { alice, faultOf } from '../world.ts';

const SECRET = 'is a secret key, which others would have: take its publicKey or encryptKey';

test('a private key is not signed in a visa, of whatever algorithm and however it is put there', async () => {
  const { DecryptKey, Document } = dim.extend(modernPlugin());
  const [visa] = alice.visas as readonly [Visa];
  for (const key of [await DecryptKey.generate('RSA'), await DecryptKey.generate('X25519'), alice.keys.identity]) {
    const fault = ['USAGE_ARGUMENT', 'key', SECRET];
    expect(await faultOf(() => Document.create({ type: 'visa', did: alice.id, properties: { key } }))).toEqual(fault);
    expect(await faultOf(() => visa.with({ key }))).toEqual(fault);
  }
  const { fields } = await DecryptKey.generate('RSA');
  expect(
    await faultOf(() =>
      Document.create({ type: 'visa', did: alice.id, properties: { key: fields } }).sign(alice.keys.identity),
    ),
  ).toEqual(['USAGE_ARGUMENT', 'data.key.data', 'holds a private key where a public key belongs']);
});

test('nor is it written in a content; the key of a file is', async () => {
  const create = (key: object) =>
    ApplicationContent.create({ app: 'com.example.keys' }, { fields: { key: key as { toJSON(): string } } });
  expect(await faultOf(() => create(alice.keys.identity))).toEqual(['USAGE_ARGUMENT', 'key', SECRET]);
  const messageKey = await dim.SymmetricKey.generate('AES');
  expect(create(messageKey).fields['key']).toEqual(messageKey.fields);
});
