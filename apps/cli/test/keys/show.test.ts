/** `dim key new`, `dim key show`: and what is no key. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { dim, temporaryFolder } from '../run.ts';

const folder = temporaryFolder();
const SCALAR = '00'.repeat(31).concat('01');

async function show(input: string | Uint8Array, ...more: readonly string[]): Promise<JsonMap> {
  const { code, out, err } = await dim(folder, ['key', 'show', '-', '--json', ...more], { input });
  assert.equal(code, 0, err);
  return JSON.parse(out) as JsonMap;
}

async function refusal(input: string | Uint8Array, ...more: readonly string[]) {
  const { code, out, err } = await dim(folder, ['key', 'show', '-', ...more], { input });
  assert.equal(out, '');
  assert.equal(err.split('\n').length, 2, err);
  return `${code} ${err}`;
}

test('a new key is made for a file, and shown without what is secret', async () => {
  for (const [algorithm, bits] of [
    ['ECC', 256],
    ['ED25519', 256],
    ['X25519', 256],
    ['AES', 256],
    ['AES-GCM', 256],
    ['XSALSA20-POLY1305', 256],
    ['RSA', 1024],
  ] as const) {
    const size = algorithm === 'RSA' ? ['--bits', String(bits)] : [];
    const file = `${algorithm}.json`;
    const line = ['key', 'new', '--algorithm', algorithm, ...size, '--file', file, '--json'];
    const made = await dim(folder, line);
    assert.equal(made.code, 0, made.err);
    const shown = await dim(folder, ['key', 'show', file, '--json']);
    const facts = JSON.parse(shown.out) as JsonMap;
    assert.equal(facts['bits'], bits);
    assert.equal(facts['algorithm'], algorithm);
    assert.equal(facts['fingerprint'], (JSON.parse(made.out) as JsonMap)['fingerprint']);
    assert.equal(facts['private'], undefined);
    const whole = await dim(folder, ['key', 'show', file, '--json', '--private']);
    const { data } = (JSON.parse(whole.out) as { private: JsonMap }).private;
    assert.ok(typeof data === 'string' && data.length >= 32);
    // What is secret is nowhere in what was shown before.
    for (const out of [made.out, shown.out, (await dim(folder, ['key', 'show', file])).out])
      assert.ok(!out.includes(JSON.stringify(data).slice(1, -1)));
  }
});

test('a new key needs a place to go', async () => {
  for (const algorithm of ['ECC', 'AES']) {
    const { code, err, out } = await dim(folder, ['key', 'new', '--algorithm', algorithm]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, /--file/);
  }
  const { code, err } = await dim(folder, ['key', 'new', '--algorithm', 'DES', '--private']);
  assert.equal(code, 2);
  assert.match(err, /RSA, ECC, AES/);
});

test('the same key has one fingerprint and one address, whatever its form', async () => {
  const hex = await show(SCALAR);
  assert.equal(hex['form'], 'hex');
  assert.equal(hex['part'], 'private');
  // The address that everybody knows for the key of one.
  assert.equal(hex['address'], '0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf');
  const { public: half } = hex as { public: JsonMap };
  const again = await show(JSON.stringify(half));
  assert.equal(again['part'], 'public');
  assert.equal(again['fingerprint'], hex['fingerprint']);
  assert.equal(again['address'], hex['address']);
  assert.equal((await show(`0x${SCALAR}\r\n`))['fingerprint'], hex['fingerprint']);
});

test('DER is read as bytes, too', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
  const whole = await show(privateKey.export({ type: 'pkcs8', format: 'der' }));
  const half = await show(publicKey.export({ type: 'spki', format: 'der' }));
  assert.deepEqual([whole['form'], half['form']], ['pkcs8-der', 'spki-der']);
  assert.equal(whole['fingerprint'], half['fingerprint']);
});

test('bytes that say nothing of themselves need a hint', async () => {
  const bytes = Buffer.alloc(32, 1).toString('base64');
  assert.match(await refusal(bytes), /^2 .*--algorithm/);
  assert.match(await refusal(bytes, '--algorithm', 'ed25519'), /^2 .*--part/);
  const known = await show(bytes, '--algorithm', 'ed25519', '--part', 'private');
  assert.deepEqual([known['algorithm'], known['part'], known['form']], ['ED25519', 'private', 'base64']);
  assert.match(await refusal(bytes, '--algorithm', 'ECC'), /^3 /);
  assert.match(await refusal(bytes, '--part', 'both'), /^2 .*private or public/);
});

test('what is no key says what it is', async () => {
  const pem = (type: 'p256' | 'p384' | 'encrypted'): string =>
    type === 'encrypted'
      ? generateKeyPairSync('ec', { namedCurve: 'secp256k1' })
          .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
          .toString()
      : generateKeyPairSync('ec', { namedCurve: type === 'p256' ? 'P-256' : 'secp384r1' })
          .privateKey.export({ type: 'pkcs8', format: 'pem' })
          .toString();
  assert.match(await refusal(''), /^3 .*empty/);
  assert.match(await refusal('hello world'), /^3 .*neither JSON, PEM, DER, hex digits nor base64/);
  assert.match(await refusal('{"a":1}'), /^3 .*no key/);
  assert.match(await refusal('{"a":'), /^3 /);
  assert.match(await refusal(pem('p256')), /^3 .*prime256v1/);
  assert.match(await refusal(pem('p384')), /^3 .*secp384r1/);
  assert.match(await refusal(pem('encrypted')), /^3 .*encrypted.*openssl pkey/);
  assert.match(await refusal('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----'), /^3 .*no key/);
  assert.match(await refusal('-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----'), /^3 .*neither PKCS#1/);
  assert.match(await refusal('00'.repeat(32)), /^3 .*private key of secp256k1/);
  assert.match(await refusal('{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}'), /^3 /);
  assert.match(await refusal('{"kty":"OKP","crv":"Ed448","x":"AA"}'), /^3 /);
  assert.match(await refusal('{"algorithm":"DES","data":"AAAA"}'), /^3 /);
  assert.match(await refusal(Uint8Array.of(0x30, 0xff, 0, 1)), /^3 /);
});

test('a JWK whose halves are not of one pair is refused', async () => {
  const jwk = (scalar: string, type: 'ec' | 'ed25519'): JsonMap => {
    const { privateKey } =
      type === 'ec' ? generateKeyPairSync('ec', { namedCurve: 'secp256k1' }) : generateKeyPairSync('ed25519');
    return {
      ...(privateKey.export({ format: 'jwk' }) as JsonMap),
      d: Buffer.from(scalar, 'hex').toString('base64url'),
    };
  };
  for (const type of ['ec', 'ed25519'] as const)
    assert.match(await refusal(JSON.stringify(jwk(SCALAR, type))), /^3 .*not its own/);
});

test('what is wrong in a file is told with its name', async () => {
  const cases: readonly [string, RegExp][] = [
    ['{"name":"package"}', /^dim: given\.json is JSON, but no key: it has neither algorithm, .* nor kty, /],
    ['{"algorithm":"ECC","data":5}', /^dim: given\.json: data must be text/],
    ['{"algorithm":', /^dim: given\.json must be JSON/],
    ['', /^dim: given\.json is empty: it must hold a key/],
  ];
  for (const [text, says] of cases) {
    writeFileSync(join(folder, 'given.json'), text);
    for (const more of [[], ['--to', 'pem']]) {
      const command = more.length === 0 ? 'show' : 'convert';
      const { code, err } = await dim(folder, ['key', command, 'given.json', ...more]);
      assert.equal(code, 3);
      assert.match(err, says);
    }
    assert.match(await refusal(text), /standard input/);
  }
  writeFileSync(join(folder, 'given.json'), '{"name":"package"}');
  for (const command of [
    ['doc', 'show'],
    ['doc', 'verify'],
    ['meta', 'show'],
    ['id', 'verify'],
  ]) {
    const { code, err } = await dim(folder, [...command, 'given.json']);
    assert.equal(code, 3);
    assert.match(err, /^dim: given\.json is neither a contact/);
  }
});

test('a form that is none is told of first', async () => {
  const place = temporaryFolder();
  assert.equal((await dim(place, ['key', 'new', '--file', 'secret.json'])).code, 0);
  for (const line of [
    ['convert', 'secret.json', '--to', 'foo'],
    ['new', '--form', 'foo'],
  ]) {
    const { code, err } = await dim(place, ['key', ...line]);
    assert.equal(code, 2);
    assert.match(err, /^dim: --to and --form must be map, .*; not foo$/m);
  }
});
