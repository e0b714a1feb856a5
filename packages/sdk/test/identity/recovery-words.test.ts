import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { HDKey } from '@scure/bip32';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { MemoryStore, verifyMeta, VerifiedMeta, type Dim } from 'dimp';
import { textOf } from 'dimp/extend';
import { createRecoveryWords, readRecoveryWords, userFromWords } from '../../src/words.ts';
import { dim, errorOf, visaAlgorithms } from '../people.ts';

const ABOUT = `${'abandon '.repeat(11)}about`;
const OPTIONS = { name: 'Alice', visaAlgorithms };

const hex = (bytes: Uint8Array | null): string => Buffer.from(bytes ?? []).toString('hex');

/** The private key of a user as wallets show it. */
async function keyOf(words: string, passphrase?: string): Promise<string> {
  const { keys } = await userFromWords(dim, words, { ...OPTIONS, passphrase });
  return textOf(keys.identity.fields, 'data');
}

describe('userFromWords', () => {
  test.each([
    // What wallets show for words that everybody knows: of BIP-39, of Hardhat and Anvil, of Ganache.
    [ABOUT, '0x9858EfFD232B4033E47d90003D41EC34EcaEda94', undefined],
    [`${'abandon '.repeat(23)}art`, '0xF278cF59F82eDcf871d630F28EcC8056f25C1cdb', undefined],
    [
      `${'test '.repeat(11)}junk`,
      '0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266',
      'ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80',
    ],
    [
      'myth like bonus scare over problem client lizard pioneer submit female collect',
      '0x90F8bf6A479f320ead074411a4B0e7944Ea8c9C1',
      '4f3edf983ac636a65a842ce7c78d9aa706d3b113bce9c46f30d7d21715b23b1d',
    ],
  ])('gives the address that wallets show: %s', async (words, address, key) => {
    const user = await userFromWords(dim, words, OPTIONS);
    expect([user.id.toString(), user.meta.typeName]).toEqual([address, 'ETH']);
    expect(await verifyMeta(user.meta, dim.ID.parse(address))).toBeInstanceOf(VerifiedMeta);
    expect(key ?? (await keyOf(words))).toBe(await keyOf(words));
    await dim.addUser(new MemoryStore(), user);
  });

  test.each([
    // Of BIP-39, with the passphrase TREZOR.
    [
      ABOUT,
      'c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92f2cf141630c7a3c4ab7c81b2f001698e7463b04',
    ],
    [
      'legal winner thank year wave sausage worth useful legal winner thank yellow',
      '2e8905819b8723fe2c1d161860e5ee1830318dbf49a83bd451cfb8440c28bd6fa457fe1296106559a3c80937a1c1069be3a3a5bd381ee6260e8d9739fce1f607',
    ],
    [
      `${'zoo '.repeat(23)}vote`,
      'dd48c104698c30cfe2b6142103248622fb7bb0ff692eebb00089b32d22484e1613912f0a5b694407be899ffd31ed3992c456cdf60f5d4564b8ba3f05a69890ad',
    ],
  ])('has the seed of BIP-39 with a passphrase: %s', async (words, seed) => {
    const { privateKey } = HDKey.fromMasterSeed(Buffer.from(seed, 'hex')).derive("m/44'/60'/0'/0/0");
    expect(await keyOf(words, 'TREZOR')).toBe(hex(privateKey));
    expect(await keyOf(words)).not.toBe(hex(privateKey));
  });

  test('the library derives keys as BIP-32 has them', () => {
    const node = HDKey.fromMasterSeed(Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex')).derive("m/0'/1");
    expect(node.privateExtendedKey).toBe(
      'xprv9wTYmMFdV23N2TdNG573QoEsfRrWKQgWeibmLntzniatZvR9BmLnvSxqu53Kw1UmYPxLgboyZQaXwTCg8MSY3H2EU4pWcQDnRnrVA1xe8fs',
    );
  });

  test('makes the same identity each time, with keys to encrypt to that are new', async () => {
    const words = createRecoveryWords(24);
    const [one, other] = [
      await userFromWords(dim, words, { ...OPTIONS, terminals: ['phone'] }),
      await userFromWords(dim, words.toUpperCase(), { ...OPTIONS, terminals: ['tablet'] }),
    ];
    expect(one.id.equals(other.id)).toBe(true);
    expect(one.meta.fields).toEqual(other.meta.fields);
    expect(one.visas[0]?.encryptKey?.fields).not.toEqual(other.visas[0]?.encryptKey?.fields);
    const store = new MemoryStore();
    await dim.addUser(store, one);
    await dim.addContact(store, other);
    expect(store.documents(one.id).map(({ did }) => did.terminal)).toEqual(['phone', 'tablet']);
    const signature = await other.keys.identity.sign(Uint8Array.of(1));
    expect(await one.meta.publicKey.verify(Uint8Array.of(1), signature)).toBe(true);
  });

  test('a passphrase counts however it was typed, and another one makes another user', async () => {
    expect(await keyOf(ABOUT, 'Å')).toBe(await keyOf(ABOUT, 'A\u030a'));
    expect(await keyOf(ABOUT, '')).toBe(await keyOf(ABOUT));
    expect(await keyOf(ABOUT, ' ')).not.toBe(await keyOf(ABOUT));
  });

  test('refuses what it cannot use', async () => {
    const error = async (words: unknown, options: unknown, context: Dim = dim) => {
      const { code, path } = await errorOf(() => userFromWords(context, words as string, options as typeof OPTIONS));
      return [code, path];
    };
    expect(await error(ABOUT, undefined)).toEqual(['USAGE_ARGUMENT', 'options']);
    expect(await error(ABOUT, {})).toEqual(['USAGE_ARGUMENT', 'name']);
    expect(await error(ABOUT, { ...OPTIONS, passphrase: 5 })).toEqual(['USAGE_ARGUMENT', 'passphrase']);
    expect(await error(ABOUT, { ...OPTIONS, passphrase: '\ud800' })).toEqual(['USAGE_ARGUMENT', 'passphrase']);
    expect(await error(ABOUT, { ...OPTIONS, terminals: ['*'] })).toEqual(['USAGE_ARGUMENT', 'terminals[0]']);
    expect(await error(ABOUT.split(' '), OPTIONS)).toEqual(['INPUT_TYPE', '']);
    expect(await error('', OPTIONS)).toEqual(['INPUT_FORMAT', '']);
  });
});

describe('readRecoveryWords', () => {
  test.each([
    ['capitals', ABOUT.toUpperCase()],
    ['blanks', `  ${ABOUT.replaceAll(' ', ' \t\u00a0 ')}\n`],
    ['lines', ABOUT.replaceAll(' ', '\r\n')],
    ['commas', ABOUT.replaceAll(' ', ', ')],
    [
      'numbers',
      ABOUT.split(' ')
        .map((word, index) => `${index + 1}. ${word}`)
        .join('\n'),
    ],
    [
      'other numbers',
      ABOUT.split(' ')
        .map((word, index) => `${index + 1})${word}`)
        .join(' '),
    ],
    ['letters of another width', ABOUT.replaceAll('a', '\uff41')],
    ['a byte order mark', `\ufeff${ABOUT}`],
  ])('reads words with %s', (_, words) => {
    expect(readRecoveryWords(words)).toBe(ABOUT);
  });

  test.each([
    [`${'abandon '.repeat(2)}abandn ${'abandon '.repeat(8)}about`, 'words[2]', 'word 3 is none of the list'],
    [ABOUT.replace('about', 'aboot'), 'words[11]', 'word 12 is none of the list'],
    ['hunter2', 'words[0]', 'word 1 is none of the list'],
    ['__proto__', 'words[0]', 'word 1 is none of the list'],
    ['abandon '.repeat(11), '', 'must be 12, 15, 18, 21 or 24 words, not 11'],
    [`${ABOUT} about`, '', 'must be 12, 15, 18, 21 or 24 words, not 13'],
    ['abandon '.repeat(12), '', 'are no recovery words: one of them is another, or at another place'],
    [`about ${'abandon '.repeat(11)}`, '', 'are no recovery words: one of them is another, or at another place'],
  ])('says what is wrong: %s', async (words, path, reason) => {
    const error = await errorOf(() => readRecoveryWords(words));
    expect([error.code, error.path, error.reason]).toEqual(['INPUT_FORMAT', path, reason]);
    expect(`${error.message} ${String(error.cause)}`).not.toMatch(/about|abandon/);
  });

  test('property: one word misspelled is told by its place, and nothing else of the words', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 11 }), fc.constantFrom('x', 'qq'), async (at, more) => {
        const words = createRecoveryWords().split(' ');
        const wrong = words.map((word, index) => (index === at ? more + word : word));
        const error = await errorOf(() => readRecoveryWords(wrong.join(' ')));
        expect(error.path).toBe(`words[${at}]`);
        const shown = new Set(error.message.split(/[^a-z]+/));
        expect(
          wrong.filter((word) => shown.has(word) && !['is', 'of', 'the', 'word', 'list', 'none', 'at'].includes(word)),
        ).toEqual([]);
        expect(error.cause).toBeUndefined();
      }),
    );
  });

  test('refuses more than words ever are', async () => {
    expect((await errorOf(() => readRecoveryWords('zoo '.repeat(10_000)))).code).toBe('INPUT_LIMIT');
  });
});

describe('createRecoveryWords', () => {
  test('gives 12 or 24 words of the list that read as they are, each time others', () => {
    expect(wordlist).toHaveLength(2048);
    for (const [words, count] of [
      [createRecoveryWords(), 12],
      [createRecoveryWords(12), 12],
      [createRecoveryWords(24), 24],
    ] as const) {
      expect(words.split(' ')).toHaveLength(count);
      expect(readRecoveryWords(words)).toBe(words);
    }
    expect(new Set(Array.from({ length: 100 }, () => createRecoveryWords())).size).toBe(100);
  });

  test('gives no other number', async () => {
    for (const count of [0, 15, 13, '12', null])
      expect((await errorOf(() => createRecoveryWords(count as 12))).code).toBe('USAGE_ARGUMENT');
  });
});
