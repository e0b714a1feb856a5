/** Damaged keys: each is read as a key, or refused with an error that says so. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { isDimError } from 'dimp';
import { dim as context } from '../../src/home/dim.ts';
import { formsOf } from '../../src/keys/key-forms.ts';
import { keyOfMap, publicOf, type KnownKey } from '../../src/keys/known-key.ts';
import { readKey } from '../../src/keys/read-key.ts';
import { textOfKey, writeKey } from '../../src/keys/write-key.ts';

test('whatever is damaged is a key still, or an error of its own kind', async () => {
  for (const known of await keysOfAllKinds())
    for (const form of formsOf(known)) {
      const text = textOfKey(writeKey(known, form));
      const bytes = form.endsWith('-der') ? Buffer.from(text, 'base64') : Buffer.from(text);
      fc.assert(
        fc.property(fc.nat(bytes.length - 1), fc.nat(2), fc.uint8Array({ maxLength: 2 }), (at, removed, added) => {
          const damaged = Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)]);
          checkDamaged(damaged, { algorithm: known.algorithm, part: known.part });
        }),
        { numRuns: 40 },
      );
    }
});

async function keysOfAllKinds(): Promise<readonly KnownKey[]> {
  const all: KnownKey[] = [];
  for (const algorithm of ['RSA', 'ECC', 'ED25519', 'X25519']) {
    const codec = algorithm === 'X25519' ? context.DecryptKey : context.PrivateKey;
    const { fields } = await codec.generate(algorithm, algorithm === 'RSA' ? { bits: 1024 } : {});
    const known = keyOfMap(fields, 'private');
    if (known.part === 'private') all.push(known, publicOf(known));
  }
  return all;
}

function checkDamaged(bytes: Uint8Array, hints: { readonly algorithm: string; readonly part: string }): void {
  try {
    const { known } = readKey(bytes, hints);
    for (const form of formsOf(known)) assert.notEqual(textOfKey(writeKey(known, form)), '');
  } catch (error) {
    assert.ok(isDimError(error), String(error));
    assert.match(error.code, /^(INPUT|UNSUPPORTED|USAGE)_/, error.message);
  }
}
