/** Sizes of what is decoded: as large as allowed is read, one more is refused before it costs anything. */
import { describe, expect, test } from '@jest/globals';
import { createIdentityContext, type IdentityContext, type JsonMap } from 'mkm';
import { textOf } from 'mkm/extend';
import { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from '../../src/coding.ts';
import { bitcoinStyleAddress, standardPlugin } from '../../src/index.ts';
import { bytesOfBigInt } from '../../src/coding/big-integers.ts';
import { DerTag, encodeDer, encodeDerInteger, readDer, type DerReader } from '../../src/coding/der.ts';
import { encodePem, parsePem } from '../../src/coding/pem.ts';
import { parseRsaPublicKey } from '../../src/coding/rsa-components.ts';
import { roughFrom } from '../backend/rsa-keys.ts';
import { eccVectors, failureCode, hex, rsaVectors, toBase64 } from '../fixtures.ts';

type Row = readonly [what: string, accepted: () => unknown, refused: () => unknown, code: string];

const bytes = (length: number): Uint8Array => new Uint8Array(length).fill(0xff);

/** A number of so many bits, odd, with all of them set. */
function oddOf(bits: number): Uint8Array {
  const number = bytes(Math.ceil(bits / 8));
  number[0] = 0xff >> (number.length * 8 - bits);
  return number;
}

function rsaKeyOf(modulusBits: number, exponentBits = 17): Uint8Array {
  const modulus = bytesOfBigInt(roughFrom(2n ** BigInt(modulusBits) - 1n, -2n), Math.ceil(modulusBits / 8));
  return encodeDer(DerTag.SEQUENCE, encodeDerInteger(modulus), encodeDerInteger(oddOf(exponentBits)));
}

function nested(levels: number): Uint8Array {
  return levels === 0 ? new Uint8Array() : encodeDer(DerTag.SEQUENCE, nested(levels - 1));
}

function descend(reader: DerReader): void {
  if (!reader.isAtEnd) reader.sequence(descend);
}

const block = encodePem('PUBLIC KEY', hex('3000'));
const pem = (label: string): string => encodePem(label, hex('3000'));
const context = createIdentityContext({ plugins: [standardPlugin()] });
const aes = (length: number): JsonMap => ({ algorithm: 'AES', data: toBase64(bytes(length)) });
const withIv = (length: number): JsonMap => ({ ...aes(32), iv: toBase64(bytes(length)) });

const rows: readonly Row[] = [
  [
    'base58: 1400 characters',
    () => decodeBase58('z'.repeat(1400)),
    () => decodeBase58('z'.repeat(1401)),
    'INPUT_LIMIT',
  ],
  ['bytes for base58: 1024', () => encodeBase58(bytes(1024)), () => encodeBase58(bytes(1025)), 'USAGE_ARGUMENT'],
  [
    'bytes for base58check: 1020',
    () => encodeBase58Check(bytes(1020)),
    () => encodeBase58Check(bytes(1021)),
    'USAGE_ARGUMENT',
  ],
  [
    'the payload of base58check: a checksum at least',
    () => decodeBase58Check(encodeBase58Check(bytes(0))),
    () => decodeBase58Check('111'),
    'INPUT_FORMAT',
  ],
  ['PEM: 8 blocks', () => parsePem(block.repeat(8)), () => parsePem(block.repeat(9)), 'INPUT_LIMIT'],
  [
    'the label of PEM: 32 characters',
    () => parsePem(pem('A'.repeat(32))),
    () => parsePem(pem('A'.repeat(33))),
    'INPUT_FORMAT',
  ],
  ['DER: 8 levels', () => readDer(nested(8), descend), () => readDer(nested(9), descend), 'INPUT_FORMAT'],
  [
    'RSA: a modulus of 128 bytes at least',
    () => parseRsaPublicKey(rsaKeyOf(1017)),
    () => parseRsaPublicKey(rsaKeyOf(1016)),
    'INPUT_KEY',
  ],
  [
    'RSA: a modulus of 1024 bytes at most',
    () => parseRsaPublicKey(rsaKeyOf(8192)),
    () => parseRsaPublicKey(rsaKeyOf(8193)),
    'INPUT_KEY',
  ],
  [
    'the exponent of RSA: 32 bits',
    () => parseRsaPublicKey(rsaKeyOf(1024, 32)),
    () => parseRsaPublicKey(rsaKeyOf(1024, 33)),
    'INPUT_KEY',
  ],
  [
    'the exponent of RSA: 3 at least',
    () => parseRsaPublicKey(rsaKeyOf(1024, 2)),
    () => parseRsaPublicKey(rsaKeyOf(1024, 1)),
    'INPUT_KEY',
  ],
  [
    'AES: 16 bytes at least',
    () => context.SymmetricKey.parse(aes(16)),
    () => context.SymmetricKey.parse(aes(15)),
    'INPUT_KEY data',
  ],
  [
    'AES: 32 bytes at most',
    () => context.SymmetricKey.parse(aes(32)),
    () => context.SymmetricKey.parse(aes(33)),
    'INPUT_KEY data',
  ],
  [
    'an IV: not more than 16 bytes',
    () => context.SymmetricKey.parse(withIv(16)),
    () => context.SymmetricKey.parse(withIv(17)),
    'INPUT_FORMAT iv',
  ],
  [
    'an IV: not less than 16 bytes',
    () => context.SymmetricKey.parse(withIv(16)),
    () => context.SymmetricKey.parse(withIv(15)),
    'INPUT_FORMAT iv',
  ],
];

test.each(rows)('%s', async (_what, accepted, refused, code) => {
  expect(accepted).not.toThrow();
  expect(await failureCode(refused)).toBe(code);
});

test('a length in DER that claims more than there is allocates nothing', async () => {
  expect(
    readDer(encodeDer(DerTag.BIT_STRING, bytes(0xff00)), (reader) => reader.element(DerTag.BIT_STRING).length),
  ).toBe(0xff00);
  for (const claim of ['30820100', '3083010000', '3084ffffffff', '3080', '3081']) {
    expect(await failureCode(() => readDer(hex(claim), descend))).toBe('INPUT_FORMAT');
  }
});

test('an address in the BTC style has 26 to 35 characters: other texts are not even decoded', async () => {
  const { text } = bitcoinStyleAddress(bytes(1), 0);
  expect(context.Address.parse(text).kind).toBe('BTC');
  expect(await failureCode(() => context.Address.parse('1'.repeat(25)))).toBe('UNSUPPORTED_ADDRESS');
  expect(await failureCode(() => context.Address.parse('1'.repeat(26)))).toBe('INPUT_FORMAT');
  expect(await failureCode(() => context.Address.parse('1'.repeat(35)))).toBe('INPUT_FORMAT');
  expect(await failureCode(() => context.Address.parse('1'.repeat(36)))).toBe('UNSUPPORTED_ADDRESS');
});

describe('the length of a key that a context sets', () => {
  const readers: readonly (readonly [string, JsonMap, (context: IdentityContext, fields: JsonMap) => unknown])[] = [
    ...[...rsaVectors.slice(0, 1), ...eccVectors.slice(0, 1)].flatMap((vector) => [
      [
        `public ${vector.name}`,
        vector.public,
        ({ PublicKey }: IdentityContext, fields: JsonMap) => PublicKey.parse(fields),
      ] as const,
      [
        `private ${vector.name}`,
        vector.private,
        ({ PrivateKey }: IdentityContext, fields: JsonMap) => PrivateKey.parse(fields),
      ] as const,
    ]),
    ['AES', aes(32), ({ SymmetricKey }, fields) => SymmetricKey.parse(fields)],
  ];

  test.each(readers)('is exact for %s', async (_what, fields, read) => {
    const { length } = textOf(fields, 'data');
    const contextOf = (keyLength: number): IdentityContext =>
      createIdentityContext({ plugins: [standardPlugin()], limits: { keyLength } });
    expect(() => read(contextOf(length), fields)).not.toThrow();
    expect(await failureCode(() => read(contextOf(length - 1), fields))).toBe('INPUT_LIMIT data');
  });

  test('may be more than the default', async () => {
    const { public: key } = rsaVectors[0] ?? { public: {} };
    const padded = { ...key, data: `${' '.repeat(70_000)}${textOf(key, 'data')}` };
    const large = createIdentityContext({ plugins: [standardPlugin()], limits: { keyLength: 80_000 } });
    expect(large.PublicKey.parse(padded).data).toEqual(context.PublicKey.parse(key).data);
    expect(await failureCode(() => context.PublicKey.parse(padded))).toBe('INPUT_LIMIT data');
  });
});
