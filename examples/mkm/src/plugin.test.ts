import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { assertContract, checkAddress, checkKeyAlgorithm } from 'dimp/testkit';
import { createIdentityContext, definePlugin, DimError } from 'mkm';
import { ed448Algorithm } from './ed448-key.ts';
import { hashAddressDefinition } from './hash-address.ts';

const { PrivateKey, PublicKey } = createIdentityContext({ plugins: [definePlugin('test', [ed448Algorithm])] });

test('the keys meet what the core relies on', async () => {
  assertContract(await checkKeyAlgorithm(ed448Algorithm));
});

test('the addresses meet what the core relies on', async () => {
  const valid = [`h0-${'0a'.repeat(16)}`, `h255-${'f'.repeat(32)}`];
  const invalid = [`h256-${'0a'.repeat(16)}`, `h00-${'0a'.repeat(16)}`, `h0-${'0A'.repeat(16)}`, 'h0-'];
  assertContract(await checkAddress(hashAddressDefinition, { valid, invalid }));
});

test('wrong keys are refused, and no key shows its secret', async () => {
  for (const data of ['', '@', 'AAAA', '-----BEGIN PUBLIC KEY-----']) {
    assert.throws(() => PublicKey.parse({ algorithm: 'ED448', data }), DimError);
  }
  const key = await PrivateKey.generate('ED448');
  const { data } = JSON.parse(JSON.stringify(key)) as { data: string };
  for (const shown of [
    inspect(key, { depth: 9, showHidden: true }),
    JSON.stringify(structuredClone({ ...key, publicKey: 0 })),
  ]) {
    assert.ok(!shown.includes(data));
  }
});
