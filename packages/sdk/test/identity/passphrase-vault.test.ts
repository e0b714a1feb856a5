import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { decodeUtf8, encodeUtf8, textOf } from 'dimp/extend';
import { isDimError, type JsonMap } from 'dimp';
import { passphraseVault, type PassphraseVaultOptions, type Scrypt } from '../../src/index.ts';
import { portableScrypt } from '../../src/identity/scrypt.ts';
import { nodeScrypt } from '../../src/node/index.ts';
import { errorOf } from '../people.ts';
import { CHEAP } from './cheap.ts';

const SECRET = encodeUtf8('a secret');

/** Written by libsodium, with a key of OpenSSL: scrypt over `Ångström fi`. */
const FOREIGN: JsonMap = {
  version: 1,
  kdf: 'scrypt',
  N: 32768,
  r: 8,
  p: 1,
  salt: 'AAECAwQFBgcICQoLDA0ODw==',
  cipher: 'XChaCha20-Poly1305',
  nonce: 'QEFCQ0RFRkdISUpLTE1OT1BRUlNUVVZX',
  data: 'iRu8w7WH60J49eSR29FICeEwaGs6Cc/w',
};

/** Counts how often it is asked. */
function counting(): { scrypt: Scrypt; costs: number[]; atOnce: number } {
  const counted = {
    costs: [] as number[],
    running: 0,
    atOnce: 0,
    scrypt: async (...[passphrase, salt, cost]: Parameters<Scrypt>) => {
      counted.costs.push(cost.N);
      counted.running++;
      counted.atOnce = Math.max(counted.atOnce, counted.running);
      const key = await portableScrypt(passphrase, salt, cost);
      counted.running--;
      return key;
    },
  };
  return counted;
}

describe('passphraseVault', () => {
  test('opens what it has sealed, and seals twice in two ways', async () => {
    const vault = passphraseVault('geheim', CHEAP);
    const sealed = await vault.seal(SECRET, 'label');
    expect(decodeUtf8(await vault.open(sealed, 'label'))).toBe('a secret');
    expect(decodeUtf8(SECRET)).toBe('a secret');
    const again = await vault.seal(SECRET, 'label');
    expect([again['nonce'] === sealed['nonce'], again['data'] === sealed['data']]).toEqual([false, false]);
    expect(again['salt']).toBe(sealed['salt']);
    expect(JSON.stringify(sealed)).not.toContain('geheim');
  });

  test('opens the form that the documentation tells, made by others; however the passphrase was typed', async () => {
    for (const passphrase of ['Ångström fi', 'A\u030angstro\u0308m \ufb01', '\u212bngström fi'])
      for (const scrypt of [undefined, nodeScrypt]) {
        const secret = await passphraseVault(passphrase, { scrypt }).open(FOREIGN, 'keyring 0xabc');
        expect(decodeUtf8(secret)).toBe('a secret');
      }
  });

  test('costs 2^17 where nothing else is said', async () => {
    const { scrypt, costs } = counting();
    const vault = passphraseVault('geheim', { scrypt });
    const { N, r, p } = await vault.seal(SECRET, '');
    expect([costs, N, r, p]).toEqual([[2 ** 17], 2 ** 17, 8, 1]);
  });

  test('property: any secret, passphrase and label; and none without the very same passphrase and label', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const passphrases = text.filter((passphrase) => passphrase !== '');
    const opens = async (passphrase: string, sealed: JsonMap, label: string) =>
      passphraseVault(passphrase, CHEAP)
        .open(sealed, label)
        .catch((error: unknown) => isDimError(error) && error.code);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), passphrases, passphrases, text, text, async (...given) => {
        const [secret, passphrase, other, label, otherLabel] = given;
        const isSame = other.normalize('NFKC') === passphrase.normalize('NFKC');
        const sealed = JSON.parse(
          JSON.stringify(await passphraseVault(passphrase, CHEAP).seal(secret, label)),
        ) as JsonMap;
        expect(await opens(passphrase, sealed, label)).toEqual(secret);
        expect(await opens(other, sealed, label)).toEqual(isSame ? secret : 'VAULT_PASSPHRASE');
        expect(await opens(passphrase, sealed, otherLabel)).toEqual(otherLabel === label ? secret : 'VAULT_PASSPHRASE');
      }),
      { numRuns: 50 },
    );
  });

  test('property: whatever byte is changed, it does not open, and the error is one', async () => {
    const vault = passphraseVault('geheim', CHEAP);
    const sealed = await vault.seal(SECRET, 'label');
    const answers = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('salt', 'nonce', 'data'),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        async (name, at, change) => {
          const bytes = Buffer.from(textOf(sealed, name), 'base64');
          bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ change;
          const damaged = { ...sealed, [name]: bytes.toString('base64') };
          answers.add((await errorOf(() => vault.open(damaged, 'label'))).message);
        },
      ),
      { numRuns: 100 },
    );
    const wrong = await errorOf(() => passphraseVault('falsch', CHEAP).open(sealed, 'label'));
    expect([...answers]).toEqual([wrong.message]);
    expect(wrong.code).toBe('VAULT_PASSPHRASE');
    expect(decodeUtf8(await vault.open(sealed, 'label'))).toBe('a secret');
  });

  test.each([
    ['no version', { version: undefined }, 'INPUT_MISSING', 'version'],
    ['a version in text', { version: '1' }, 'INPUT_TYPE', 'version'],
    ['a later version', { version: 2 }, 'STORE_VERSION', 'version'],
    ['another function', { kdf: 'argon2id' }, 'UNSUPPORTED_ALGORITHM', 'kdf'],
    ['another cipher', { cipher: 'none' }, 'UNSUPPORTED_ALGORITHM', 'cipher'],
    ['no cost', { N: undefined }, 'INPUT_MISSING', 'N'],
    ['a cost in text', { N: '32768' }, 'INPUT_TYPE', 'N'],
    ['no power of two', { N: 32767 }, 'INPUT_RANGE', 'N'],
    ['a negative cost', { N: -32768 }, 'INPUT_RANGE', 'N'],
    ['a cost of nothing', { N: 0 }, 'INPUT_RANGE', 'N'],
    ['a cost too low', { N: 2 ** 14 }, 'INPUT_RANGE', 'N'],
    ['a cost too high', { N: 2 ** 19 }, 'INPUT_LIMIT', 'N'],
    ['an absurd cost', { N: 2 ** 52 }, 'INPUT_LIMIT', 'N'],
    ['much memory', { r: 2 ** 20 }, 'INPUT_RANGE', 'r'],
    ['much time', { p: 2 ** 20 }, 'INPUT_RANGE', 'p'],
    ['a short salt', { salt: 'AAEC' }, 'INPUT_FORMAT', 'salt'],
    ['a long salt', { salt: 'A'.repeat(4096) }, 'INPUT_LIMIT', 'salt'],
    ['no salt', { salt: null }, 'INPUT_TYPE', 'salt'],
    ['a short nonce', { nonce: 'AAEC' }, 'INPUT_FORMAT', 'nonce'],
    ['data that is no base64', { data: '###' }, 'INPUT_FORMAT', 'data'],
    ['data without a tag', { data: 'AAEC' }, 'INPUT_FORMAT', 'data'],
    ['no data', { data: undefined }, 'INPUT_MISSING', 'data'],
  ])('says what is wrong before it computes: %s', async (_, changes, code, path) => {
    const { scrypt, costs } = counting();
    const vault = passphraseVault('Ångström fi', { scrypt });
    const error = await errorOf(() => vault.open({ ...FOREIGN, ...changes } as JsonMap, 'keyring 0xabc'));
    expect([error.code, error.path, costs]).toEqual([code, path, []]);
  });

  test('opens as cheap and as dear values as it is told to, and seals none that it would not open', async () => {
    const sealed = await passphraseVault('geheim', CHEAP).seal(SECRET, '');
    expect((await errorOf(() => passphraseVault('geheim').open(sealed, ''))).code).toBe('INPUT_RANGE');
    const dear = { ...sealed, N: 2 ** 19 };
    const { scrypt } = counting();
    const refusing = passphraseVault('geheim', { scrypt });
    expect((await errorOf(() => refusing.open(dear, ''))).code).toBe('INPUT_LIMIT');
    const wide = passphraseVault('geheim', { highestCost: 2 ** 19, scrypt: () => new Uint8Array(32) });
    expect((await errorOf(() => wide.open(dear, ''))).code).toBe('VAULT_PASSPHRASE');
    const options: PassphraseVaultOptions[] = [
      { cost: 2 ** 10 },
      { cost: 2 ** 20, highestCost: 2 ** 19 },
      { cost: 1000, lowestCost: 2 },
      { lowestCost: 1 },
      { highestCost: Infinity },
      { cost: NaN },
    ];
    for (const wrong of options)
      expect((await errorOf(() => passphraseVault('geheim', wrong))).code).toBe('USAGE_ARGUMENT');
  });

  test('asks for one key where all have one salt, and seals with the salt of what it opened', async () => {
    const first = passphraseVault('geheim', CHEAP);
    const rings = await Promise.all(['a', 'b', 'c'].map(async (label) => first.seal(SECRET, label)));
    expect(new Set(rings.map(({ salt }) => salt)).size).toBe(1);
    const counted = counting();
    const vault = passphraseVault('geheim', { ...CHEAP, scrypt: counted.scrypt });
    await Promise.all(rings.map(async (ring, index) => vault.open(ring, 'abc'.charAt(index))));
    expect((await vault.seal(SECRET, 'd'))['salt']).toBe(rings[0]?.['salt']);
    expect(counted.costs).toHaveLength(1);
  });

  test('seals at its own cost, also where it has opened cheaper values', async () => {
    const cheap = await passphraseVault('geheim', CHEAP).seal(SECRET, '');
    const vault = passphraseVault('geheim', { ...CHEAP, cost: CHEAP.cost * 2 });
    await vault.open(cheap, '');
    const sealed = await vault.seal(SECRET, '');
    expect([sealed['N'], sealed['salt'] === cheap['salt']]).toEqual([CHEAP.cost * 2, false]);
  });

  test('makes one key at a time, and remembers few', async () => {
    const sealed = await Promise.all(
      Array.from({ length: 12 }, async () => passphraseVault('geheim', CHEAP).seal(SECRET, '')),
    );
    const counted = counting();
    const vault = passphraseVault('geheim', { ...CHEAP, scrypt: counted.scrypt });
    await Promise.all(sealed.map(async (value) => vault.open(value, '')));
    expect([counted.atOnce, counted.costs.length]).toEqual([1, 12]);
    for (const value of sealed) await vault.open(value, '');
    expect(counted.costs.length).toBeGreaterThan(12);
  });

  test('lets other work go on', async () => {
    let turns = 0;
    const count = setInterval(() => turns++, 0);
    await passphraseVault('geheim', { cost: 2 ** 15 }).seal(SECRET, '');
    clearInterval(count);
    expect(turns).toBeGreaterThan(0);
  });

  test('a function is asked again after a wrong answer', async () => {
    const sealed = await passphraseVault('geheim', CHEAP).seal(SECRET, '');
    const answers = ['falsch', 'geheim'];
    const vault = passphraseVault(() => answers.shift() ?? '', CHEAP);
    expect((await errorOf(() => vault.open(sealed, ''))).code).toBe('VAULT_PASSPHRASE');
    expect(decodeUtf8(await vault.open(sealed, ''))).toBe('a secret');
    expect(decodeUtf8(await vault.open(sealed, ''))).toBe('a secret');
    expect(answers).toEqual([]);
  });

  test('once it is locked, it opens nothing, and what it was asked before comes to nothing', async () => {
    const vault = passphraseVault('geheim', CHEAP);
    const sealed = await vault.seal(SECRET, '');
    const asked = errorOf(() => vault.open(sealed, ''));
    const fresh = passphraseVault('geheim', CHEAP);
    const opening = errorOf(() => fresh.open(sealed, ''));
    vault.lock();
    fresh.lock();
    vault.lock();
    for (const action of [() => vault.open(sealed, ''), () => vault.seal(SECRET, '')])
      expect((await errorOf(action)).code).toBe('VAULT_PASSPHRASE');
    expect([(await asked).code, (await opening).code]).toEqual(['VAULT_PASSPHRASE', 'VAULT_PASSPHRASE']);
  });

  test('a platform that fails says so, and may be asked again', async () => {
    const answers: (() => Uint8Array)[] = [
      () => {
        throw new RangeError('Array buffer allocation failed');
      },
      () => new Uint8Array(5),
      () => new Uint8Array(32),
    ];
    const vault = passphraseVault('geheim', { ...CHEAP, scrypt: () => answers.shift()?.() ?? new Uint8Array() });
    for (let i = 0; i < 2; i++) expect((await errorOf(() => vault.seal(SECRET, ''))).code).toBe('INTERNAL_PLATFORM');
    const sealed = await vault.seal(SECRET, '');
    expect(decodeUtf8(await vault.open(sealed, ''))).toBe('a secret');
  });

  test('refuses no passphrase, and what is none', async () => {
    for (const wrong of ['', undefined, 5, '\ud800'])
      expect((await errorOf(() => passphraseVault(wrong as string))).path).toBe('passphrase');
    expect((await errorOf(() => passphraseVault(() => '', CHEAP).seal(SECRET, ''))).code).toBe('USAGE_ARGUMENT');
    const vault = passphraseVault('geheim', CHEAP);
    expect((await errorOf(() => vault.seal('text' as never, ''))).path).toBe('secret');
    expect((await errorOf(() => vault.seal(SECRET, 5 as never))).path).toBe('label');
    expect((await errorOf(() => vault.open('text' as never, ''))).code).toBe('INPUT_TYPE');
  });
});

/** RFC 7914, section 12; the first 32 bytes. */
describe.each([
  ['portable', portableScrypt],
  ['node', nodeScrypt],
])('scrypt: %s', (_, scrypt) => {
  test.each([
    ['', '', { N: 16, r: 1, p: 1 }, '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442'],
    ['password', 'NaCl', { N: 1024, r: 8, p: 16 }, 'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162'],
    [
      'pleaseletmein',
      'SodiumChloride',
      { N: 16384, r: 8, p: 1 },
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2',
    ],
  ])('%s', async (passphrase, salt, cost, expected) => {
    const key = await scrypt(encodeUtf8(passphrase), encodeUtf8(salt), cost);
    expect(Buffer.from(key).toString('hex')).toBe(expected);
  });
});
