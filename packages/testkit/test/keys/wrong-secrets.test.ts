/** Keys that show what is secret of them: in the public map, or in what logs and clones see. The contract tells of each. */
import { describe, expect, test } from '@jest/globals';
import type { JsonMap, Key, KeyAlgorithmDefinition, PublicKey } from 'mkm';
import { decodeBase64, textOf } from 'mkm/extend';
import { checkKeyAlgorithm } from '../../src/index.ts';
import { spoiled, testWrong } from '../wrong-definitions.ts';
import { aes, ecc, withKeys, x25519 } from './spoiled-keys.ts';

/** An object that does what a key does, and has other things to see. */
function showing<K extends Key>(key: K, properties: { readonly [name: string]: unknown }): K {
  const methods = ['sign', 'decrypt', 'encrypt', 'toJSON'].flatMap((name) => {
    const method: unknown = Reflect.get(key, name);
    return typeof method === 'function' ? [[name, method.bind(key) as unknown] as const] : [];
  });
  const { publicKey, encryptKey } = key as { readonly publicKey?: unknown; readonly encryptKey?: unknown };
  const parts = Object.entries({ publicKey, encryptKey }).filter(([, value]) => value !== undefined);
  const shown: unknown = Object.create(
    { fields: key.fields },
    Object.getOwnPropertyDescriptors({
      algorithm: key.algorithm,
      ...Object.fromEntries([...parts, ...methods]),
      ...properties,
    }),
  );
  return shown as K;
}

type See = (fields: JsonMap) => { readonly [name: string]: unknown };

/** How a key of an algorithm is read and made, so that it shows other things. */
function part<K extends Key>(
  own: { read(fields: JsonMap): K; generate(options: object): K | PromiseLike<K> } | undefined,
  see: See,
): { read(fields: JsonMap): K; generate(): Promise<K> } {
  if (own === undefined) throw new Error('it has one');
  return {
    read: (fields) => showing(own.read(fields), see(fields)),
    async generate() {
      const key = await own.generate({});
      return showing(key, see(key.fields));
    },
  };
}
const privateShowing = (see: See) => ({ ...ecc, privateKey: part(ecc.privateKey, see) });
const decryptShowing = (see: See) => ({ ...x25519, decryptKey: part(x25519.decryptKey, see) });
const symmetricShowing = (see: See) => ({ ...aes, symmetricKey: part(aes.symmetricKey, see) });

/** Keys whose private map has its secret in a field of another name, beside a number that both maps have. */
function withSeed(publicMap: (fields: JsonMap) => JsonMap): KeyAlgorithmDefinition {
  const { privateKey } = ecc;
  if (!privateKey) throw new Error('it has one');
  const number = 'number 1 of all my keys';
  const read = (fields: JsonMap) => {
    const { seed = null, ...rest } = fields;
    const key = privateKey.read({ ...rest, data: seed });
    const map = publicMap({ ...key.publicKey.fields, number, seed });
    const publicKey = spoiled(key.publicKey, { fields: map, toJSON: () => map });
    return showing(spoiled(key, { fields, publicKey, toJSON: () => fields }), { number });
  };
  return {
    ...ecc,
    privateKey: {
      read,
      async generate() {
        const { data = null, ...rest } = (await privateKey.generate({})).fields;
        return read({ ...rest, number, seed: data });
      },
    },
  };
}
const withoutSeed = ({ seed: _seed, ...map }: JsonMap): JsonMap => map;

const hidden = 'a private key keeps its secret where no log and no clone shows it';
const secretOf = (fields: JsonMap) => textOf(fields, 'data');
/** A public key that is written as another map. */
const publicAs = (key: PublicKey, map: JsonMap) => ({
  publicKey: spoiled(key, { toJSON: () => map }),
});

describe('checkKeyAlgorithm', () => {
  testWrong(
    [
      {
        what: 'a public key that is written as the private one',
        definition: withKeys(ecc, { privateKey: (key) => publicAs(key.publicKey, key.fields) }),
        rules: ['a public key holds no secret'],
        received: 'the secret of a private key in publicKey.toJSON().data',
      },
      {
        what: 'a public map with the private one in it',
        definition: withKeys(ecc, {
          privateKey: (key) => publicAs(key.publicKey, { ...key.publicKey.fields, from: [key.fields] }),
        }),
        rules: ['a public key holds no secret'],
        received: 'the secret of a private key in publicKey.toJSON().from.0.data',
      },
      {
        what: 'a public key that is written with a field more',
        definition: withKeys(ecc, {
          privateKey: (key) => publicAs(key.publicKey, { ...key.publicKey.fields, more: 1 }),
        }),
        rules: ['a public key is written as its map'],
        received: 'a new field more',
      },
      {
        what: 'a key that encrypts and is written as the one that decrypts',
        definition: withKeys(x25519, {
          decryptKey: (key) => ({ encryptKey: spoiled(key.encryptKey, { toJSON: () => key.fields }) }),
        }),
        rules: ['a key that encrypts holds no secret', 'a key that encrypts is written as its map'],
      },
      {
        what: 'a public map that a private key is read from, by a name of its own',
        definition: withSeed((fields) => fields),
        rules: ['a public key holds no secret'],
        received: 'a map that is read as a private key, the right one',
      },
      ...(
        [
          [ecc, 'privateKey', 'a private key'],
          [x25519, 'decryptKey', 'a key that decrypts'],
          [aes, 'symmetricKey', 'a symmetric key'],
        ] as const
      ).map(([base, name, words]) => ({
        what: `${words} that is not written with all of its map`,
        definition: withKeys(base, { [name]: ({ algorithm }: Key) => ({ toJSON: () => ({ algorithm }) }) }),
        rules: [`${words} is written as its map`],
      })),
      {
        what: 'a plain property fields',
        definition: privateShowing((fields) => ({ fields })),
        rules: [hidden],
        received:
          'the secret in fields.data of a key that was generated; the secret in fields.data of a key that was read',
      },
      {
        what: 'a secret in a list in an object',
        definition: privateShowing((fields) => ({ parts: { all: ['x', `seed ${secretOf(fields)}`] } })),
        rules: [hidden],
        received:
          'the secret in parts.all.1 of a key that was generated; the secret in parts.all.1 of a key that was read',
      },
      {
        what: 'a text that shows the key',
        definition: privateShowing((fields) => ({ toString: () => `key ${secretOf(fields)}` })),
        rules: [hidden],
        received:
          'the secret in toString() of a key that was generated; the secret in toString() of a key that was read',
      },
      {
        what: 'a property of a key that decrypts',
        definition: decryptShowing((fields) => ({ seed: Buffer.from(decodeBase64(secretOf(fields))) })),
        rules: ['a key that decrypts keeps its secret where no log and no clone shows it'],
        received: 'the secret in seed of a key that was generated; the secret in seed of a key that was read',
      },
      ...[
        (bytes: Uint8Array) => bytes,
        (bytes: Uint8Array) => [...bytes],
        (bytes: Uint8Array) => Uint8Array.from(bytes).buffer,
      ].map((form) => ({
        what: 'the bytes of a symmetric key',
        definition: symmetricShowing((fields) => ({ bytes: form(decodeBase64(secretOf(fields))) })),
        rules: ['a symmetric key keeps its secret where no log and no clone shows it'],
        received: 'the secret in bytes of a key that was generated; the secret in bytes of a key that was read',
      })),
    ],
    checkKeyAlgorithm,
    [],
  );

  test('says nothing of keys that show other things, nor of the number that two maps have', async () => {
    const loop: { self?: unknown } = {};
    loop.self = loop;
    const definitions = [
      privateShowing(() => ({ label: 'my key', loop, parts: [1, 2], toString: undefined })),
      withSeed(withoutSeed),
    ];
    for (const definition of definitions) {
      const { failures } = await checkKeyAlgorithm(definition);
      expect(failures.filter(({ rule }) => /secret/.test(rule))).toEqual([]);
    }
  });

  test('a failure shows nothing of the secret', async () => {
    let shown = '';
    const definition = privateShowing((fields) => {
      shown = secretOf(fields);
      return { fields };
    });
    const { failures } = await checkKeyAlgorithm({
      ...definition,
      ...(definition.privateKey && {
        privateKey: {
          ...definition.privateKey,
          read: () => {
            throw new Error(shown);
          },
        },
      }),
    });
    expect(failures.length).toBeGreaterThan(1);
    expect(JSON.stringify(failures)).not.toContain(shown);
  });
});
