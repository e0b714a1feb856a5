/** `dim key convert`: each form of each key to each other one, and what other implementations wrote. */
import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { KEY_FORMS } from '../../src/keys/key-forms.ts';
import { readKey } from '../../src/keys/read-key.ts';
import { textOfKey, writeKey } from '../../src/keys/write-key.ts';
import { dim, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Pair {
  readonly name: string;
  readonly private: JsonMap;
  readonly public: JsonMap;
  readonly private_hex_form?: JsonMap;
  readonly public_hex_form?: JsonMap;
  readonly public_compressed_hex?: JsonMap;
}

function vectors(name: string): Readonly<Record<string, readonly Pair[]>> {
  const file = new URL(`../../../../../vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, readonly Pair[]>;
}

const { cases = [] } = vectors('asymmetric-keys');
const { signing = [], sealing = [] } = vectors('modern-keys');
const symmetric = (vectors('symmetric-keys')['cases'] ?? []) as unknown as readonly { readonly key: JsonMap }[];

for (const pair of [...cases, ...signing, ...sealing])
  for (const part of ['private', 'public'] as const)
    test(`the ${part} key ${pair.name} goes from each form to each other and back`, () => {
      const given = readKey(encode(JSON.stringify(pair[part])), { part });
      assert.equal(given.form, 'map');
      assert.equal(given.known.part, part);
      roundTrips(given.known);
    });

test('secret keys go from each form to each other and back', () => {
  const keys = [
    ...symmetric.map(({ key }) => key),
    { algorithm: 'AES', data: Buffer.alloc(16, 7).toString('base64') },
    { algorithm: 'AES-GCM', data: Buffer.alloc(32, 7).toString('base64') },
    { algorithm: 'XSALSA20-POLY1305', data: Buffer.alloc(32, 7).toString('base64') },
  ];
  for (const key of keys) roundTrips(readKey(encode(JSON.stringify(key)), {}).known);
});

function roundTrips(known: ReturnType<typeof readKey>['known']): void {
  const { algorithm, part } = known;
  const hints = { algorithm, part: part === 'secret' ? undefined : part };
  const forms = Object.keys(KEY_FORMS) as (keyof typeof KEY_FORMS)[];
  const able = forms.filter((form) => writes(known, form));
  const canonical = textOfKey(writeKey(readKey(encode(textOfKey(writeKey(known, 'jwk'))), {}).known, 'map'));
  for (const form of able) {
    const text = textOfKey(writeKey(known, form));
    const raw = form === 'base64' || form === 'map';
    const again = readKey(encode(`${text}\n`), raw ? hints : {});
    assert.equal(again.form, form, text);
    assert.equal(again.known.part, part);
    assert.equal(textOfKey(writeKey(again.known, 'jwk')), textOfKey(writeKey(known, 'jwk')), form);
    if (form !== 'map') assert.equal(textOfKey(writeKey(again.known, 'map')), canonical);
    // Whatever it was before, a form has one spelling.
    for (const other of able)
      if (other !== 'map') assert.equal(textOfKey(writeKey(again.known, other)), textOfKey(writeKey(known, other)));
  }
}

function writes(known: ReturnType<typeof readKey>['known'], form: keyof typeof KEY_FORMS): boolean {
  const named: Record<string, RegExp> = {
    RSA: /^(map|jwk|pkcs1|pkcs8|spki)/,
    ECC: /^(map|jwk|pkcs8|sec1|spki|hex)/,
    ED25519: /^(map|jwk|pkcs8|spki|base64)/,
    X25519: /^(map|jwk|pkcs8|spki|base64)/,
  };
  const halves = { private: /^(spki|hex-compressed)/, public: /^(pkcs8|sec1)/, secret: /^(?!map|jwk|base64)/ };
  return (named[known.algorithm]?.test(form) ?? true) && !halves[known.part].test(form);
}

test('the forms in which other implementations write one key of secp256k1 are one key', () => {
  const hexed = cases.filter(({ private_hex_form: form }) => form !== undefined);
  assert.ok(hexed.length > 0);
  for (const pair of hexed) {
    const jwk = (fields: JsonMap | undefined): string =>
      textOfKey(writeKey(readKey(encode(JSON.stringify(fields)), {}).known, 'jwk'));
    assert.equal(jwk(pair.private_hex_form), jwk(pair.private));
    assert.equal(jwk(pair.public_hex_form), jwk(pair.public));
  }
});

test('a private key is neither printed nor written over a file, unless somebody says so', async () => {
  const secret = cases.find(({ name }) => name === 'rsa2')?.private as { readonly data: string } & JsonMap;
  writeFileSync(join(folder, 'secret.js'), JSON.stringify(secret));
  const refused = await dim(folder, ['key', 'convert', 'secret.js', '--to', 'pem']);
  assert.equal(refused.code, 2);
  assert.match(refused.err, /--file FILE.*--private/);
  assert.equal(refused.out, '');

  const line = ['key', 'convert', 'secret.js', '--to', 'pem', '--file', 'secret.pem'];
  const written = await dim(folder, line);
  assert.equal(written.code, 0, written.err);
  assert.doesNotMatch(written.out, /BEGIN/);
  const file = join(folder, 'secret.pem');
  assert.match(readFileSync(file, 'utf8'), /^-----BEGIN PRIVATE KEY-----\n/);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  const again = await dim(folder, [...line, '--json']);
  assert.equal(again.code, 2);
  assert.match((JSON.parse(again.out) as { error: { reason: string } }).error.reason, /is there already/);

  const printed = await dim(folder, ['key', 'convert', '-', '--to', 'map', '--private'], {
    input: readFileSync(file),
  });
  assert.equal(printed.code, 0, printed.err);
  assert.deepEqual(JSON.parse(printed.out), { ...secret, data: secret.data.trimEnd(), keySize: 256 });
  const half = await dim(folder, ['key', 'convert', 'secret.pem', '--to', 'pem', '--public']);
  assert.match(half.out, /^-----BEGIN PUBLIC KEY-----\n/);
});

test('a form that a key does not have is refused with those that it has', async () => {
  const { code, err } = await dim(folder, ['key', 'convert', '-', '--to', 'pkcs1', '--private'], {
    input: '11'.repeat(32),
  });
  assert.equal(code, 2);
  assert.match(err, /map, jwk, pkcs8, sec1/);
});
