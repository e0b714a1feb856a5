import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { assertContract, checkKeyAlgorithm } from 'dimtestkit';
import { createIdentityContext, definePlugin, DimError, type KeyAlgorithmDefinition } from 'mkm';
import { textOf } from 'mkm/extend';
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

const text = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

test('the guide and the README of dimtestkit have the examples as they are here', () => {
  const source = (name: string) => text(`examples/mkm/src/${name}`);
  assert.ok(text('packages/testkit/README.md').includes(source('ed448-key.test.ts')));
  assert.ok(text('docs/extensions.md').includes(source('contracts.test.ts')));
});

test('and what a broken contract says', async () => {
  const { publicKey } = ed448Algorithm;
  assert.ok(publicKey);
  const broken: KeyAlgorithmDefinition = {
    ...ed448Algorithm,
    publicKey: {
      read(fields) {
        const key = publicKey.read(fields);
        const { algorithm, data } = key;
        return {
          algorithm,
          data,
          fields,
          verify: (message, signature) => key.verify(message, signature),
          // What it does not know is lost.
          toJSON: () => ({ algorithm, data: textOf(fields, 'data') }),
        };
      },
    },
  };
  const report = await checkKeyAlgorithm(broken);
  assert.throws(
    () => assertContract(report),
    ({ message }: Error) =>
      text('packages/testkit/README.md').includes(message) && text('docs/extensions.md').includes(message),
  );
});
