import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createIdentityContext, definePlugin, DimError } from 'mkm';
import { ed448Algorithm } from './ed448-key.ts';

const { PrivateKey, PublicKey } = createIdentityContext({ plugins: [definePlugin('test', [ed448Algorithm])] });

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

test('the guide and the README of dimtestkit have the examples as they are here', () => {
  const source = (name: string) => readFileSync(new URL(`../src/${name}`, import.meta.url), 'utf8');
  const text = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
  assert.ok(text('packages/testkit/README.md').includes(source('ed448-key.test.ts')));
  assert.ok(text('docs/extensions.md').includes(source('contracts.test.ts')));
});
