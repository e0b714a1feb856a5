/** Keys, addresses and metas to state properties about. Keys are slow to make: each file of tests has a few. */
import * as fc from 'fast-check';
import { createIdentityContext, type JsonMap, type PrivateKey } from 'mkm';
import { encodeBase64 } from 'mkm/extend';
import { standardPlugin } from '../../src/index.ts';
import { bitcoinStyleAddress } from '../../src/addresses/bitcoin-style.ts';
import { ethereumStyleAddress } from '../../src/addresses/ethereum-style.ts';

export const context = createIdentityContext({ plugins: [standardPlugin()] });

/** Throw-away keys: two of each algorithm that signs. */
export async function makeKeys(): Promise<{
  readonly [algorithm in 'ECC' | 'RSA']: readonly [PrivateKey, PrivateKey];
}> {
  const { PrivateKey } = context;
  const [ecc, otherEcc, rsa, otherRsa] = await Promise.all([
    PrivateKey.generate('ECC'),
    PrivateKey.generate('ECC'),
    PrivateKey.generate('RSA', { bits: 1024 }),
    PrivateKey.generate('RSA', { bits: 1024 }),
  ]);
  return { ECC: [ecc, otherEcc], RSA: [rsa, otherRsa] };
}

export const message: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 80 });

/** A change of one character, which may be any of some others. */
export function characterChange(letters: string): fc.Arbitrary<(text: string) => string> {
  return fc.tuple(fc.nat(), fc.constantFrom(...Array.from(letters))).map(([at, letter]) => (text) => {
    const index = at % text.length;
    return text.slice(0, index) + letter + text.slice(index + 1);
  });
}

export const bitcoinStyle: fc.Arbitrary<string> = fc
  .tuple(fc.uint8Array({ minLength: 1, maxLength: 64 }), fc.nat(0xff))
  .map(([fingerprint, network]) => bitcoinStyleAddress(fingerprint, network).text);

export const ethereumStyle: fc.Arbitrary<string> = fc
  .uint8Array({ minLength: 64, maxLength: 64 })
  .map((point) => ethereumStyleAddress(point).text);

/** A name that an ID can have, and so the seed of a meta. */
export const seed: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom(...Array.from('abzAZ019-_.:é你😀')),
  minLength: 1,
  maxLength: 16,
});

const jsonValue = fc.jsonValue({ maxDepth: 2 });

/** Fields that mean nothing to any reader here. */
export const unknownFields: fc.Arbitrary<JsonMap> = fc
  .array(
    fc.tuple(
      fc.oneof(
        fc.string().map((name) => `x-${name}`),
        fc.constantFrom('__proto__', 'constructor', 'toString', 'toJSON'),
      ),
      jsonValue,
    ),
    { maxLength: 3 },
  )
  // What fast-check calls a JSON value is one; its type says unknown.
  .map((entries) => Object.fromEntries(entries) as JsonMap);

/** A symmetric key map; with an IV of its own, as it was before 2024, or without. */
export const aesKey: fc.Arbitrary<JsonMap> = fc
  .tuple(fc.constantFrom(16, 24, 32), fc.option(fc.uint8Array({ minLength: 16, maxLength: 16 }), { nil: undefined }))
  .chain(([length, iv]) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((bytes): JsonMap => {
      const fields = { algorithm: 'AES', data: encodeBase64(bytes) };
      return iv === undefined ? fields : { ...fields, iv: encodeBase64(iv) };
    }),
  );

/** A valid map with one thing wrong: a field dropped, retyped, renamed or with another text. */
export function mutated(valid: fc.Arbitrary<JsonMap>): fc.Arbitrary<JsonMap> {
  const change = fc.tuple(fc.nat(), fc.constantFrom('drop', 'retype', 'rename', 'edit'), fc.string(), jsonValue);
  return fc.tuple(valid, change, characterChange('A0=-+ \n{é')).map(([map, [at, how, other, value], edit]) => {
    const entries = Object.entries(map);
    const index = at % Math.max(1, entries.length);
    const [name = other, old = value] = entries[index] ?? [];
    const replaced: Record<typeof how, readonly (readonly [string, unknown])[]> = {
      drop: [],
      retype: [[name, value]],
      rename: [[other, old]],
      edit: [[name, typeof old === 'string' && old !== '' ? edit(old) : value]],
    };
    return Object.fromEntries(entries.toSpliced(index, 1, ...(replaced[how] as [string, never][])));
  });
}
