/** ECC keys are checked on the way in: points, scalars, and all that may stand around them. `ok` marks what is read. */
import { createECDH } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { bigIntOf, bytesOfBigInt } from '../../../src/coding/big-integers.ts';
import { encodePem } from '../../../src/coding/pem.ts';
import { SECP256K1_ORDER } from '../../../src/keys/secp256k1/secp256k1-curve.ts';
import { failureCode, hex, PrivateKey, PublicKey, toHex } from '../../fixtures.ts';
import {
  bitString,
  check,
  EC_OID,
  integer,
  joined,
  MALFORMED,
  NULL,
  publicPem,
  RSA_OID,
  sequence,
  STRANGER,
  tlv,
  VERSION,
} from '../key-rows.ts';

const POINT = 'INPUT_KEY at data: is not a point of secp256k1';
const SCALAR = 'INPUT_KEY at data: is not a private key of secp256k1';
const HEX = 'INPUT_FORMAT at data: must be PEM, or 64 hex digits without 0x';
const PUBLIC_HEX = 'INPUT_FORMAT at data: must be PEM, or 66, 128 or 130 hex digits without 0x';
const NOT_ECC = 'UNSUPPORTED_ALGORITHM at data: is not an elliptic curve key';
const CURVE = 'UNSUPPORTED_ALGORITHM at data: must be of the named curve secp256k1';

const K1 = hex('06052b8104000a');
const P256 = hex('06082a8648ce3d030107');
const readEcc = (data: string): unknown => PublicKey.parse({ algorithm: 'ECC', data });
const readEccPrivate = (data: string): unknown => PrivateKey.parse({ algorithm: 'ECC', data });

describe('ECC: public key', () => {
  const P = 2n ** 256n - 2n ** 32n - 977n;
  const ecdh = createECDH('secp256k1');
  const point = new Uint8Array(ecdh.generateKeys());
  const [x, y] = [point.subarray(1, 33), point.subarray(33)];
  const odd = (y[31] ?? 0) & 1;
  const p256 = createECDH('prime256v1').generateKeys('hex');
  const eccSpki = (bytes: Uint8Array, curve = K1): string =>
    publicPem(sequence(sequence(EC_OID, curve), bitString(bytes)));
  const form = (prefix: number, ...parts: readonly Uint8Array[]): string =>
    toHex(joined([Uint8Array.of(prefix), ...parts]));
  // The points (1, y) and (x, 1), whose ones have a second form below 2^256.
  const one = bytesOfBigInt(1n, 32);
  const yOfOne = hex('4218f20ae6c646b363db68605822fb14264ca8d2587fdd6fbc750d587e76a7ee');
  const xOfOne = hex('1fe1e5ef3fceb5c135ab7741333ce5a6e80d68167653f6b2b24bcbcfaaaff507');
  check(
    [
      ['65 bytes', form(4, x, y), 'ok'],
      ['y + 1', form(4, x, bytesOfBigInt(bigIntOf(y) + 1n, 32)), POINT],
      ['x and y exchanged', form(4, y, x), POINT],
      ['-y', form(4, x, bytesOfBigInt(P - bigIntOf(y), 32)), 'ok'],
      ['x = p', form(2, bytesOfBigInt(P, 32)), POINT],
      ['x = p + 1, which is 1', form(2, bytesOfBigInt(P + 1n, 32)), POINT],
      ['x = 1', form(2, bytesOfBigInt(1n, 32)), 'ok'],
      ['(1, y)', form(4, one, yOfOne), 'ok'],
      ['(p + 1, y)', form(4, bytesOfBigInt(P + 1n, 32), yOfOne), POINT],
      ['(x, 1)', form(4, xOfOne, one), 'ok'],
      ['(x, p + 1)', form(4, xOfOne, bytesOfBigInt(P + 1n, 32)), POINT],
      ['x = 5, which no point has', form(2, bytesOfBigInt(5n, 32)), POINT],
      ['x = 0', form(2, new Uint8Array(32)), POINT],
      ['infinity', '00', POINT],
      ['infinity in 65 bytes', '00'.repeat(65), POINT],
      ['(0, 0)', form(4, new Uint8Array(64)), POINT],
      ['compressed', form(2 + odd, x), 'ok'],
      ['compressed, with y', form(2 + odd, x, y), POINT],
      ['compressed, without its last byte', form(2 + odd, x.subarray(1)), POINT],
      ['compressed, with a byte more', form(2 + odd, x, Uint8Array.of(0)), POINT],
      ['uncompressed, without its last byte', form(4, x, y.subarray(0, 31)), POINT],
      ['uncompressed, with a byte more', form(4, x, y, Uint8Array.of(0)), POINT],
      ['uncompressed, without y', form(4, x), POINT],
      ['hybrid 06', form(6, x, y), POINT],
      ['hybrid 07', form(7, x, y), POINT],
      ['an unknown prefix', form(5, x), POINT],
      ['64 bytes', toHex(point.subarray(1)), 'ok'],
      ['64 bytes, y + 1', toHex(joined([x, bytesOfBigInt(bigIntOf(y) + 1n, 32)])), POINT],
      ['with 0x', `0x${form(4, x, y)}`, PUBLIC_HEX],
      ['no digits', 'x'.repeat(66), PUBLIC_HEX],
      ['SPKI', eccSpki(point), 'ok'],
      ['SPKI under an old label', eccSpki(point).replaceAll('PUBLIC KEY', 'EC PUBLIC KEY'), 'ok'],
      ['SPKI of a compressed point', eccSpki(Uint8Array.of(2 + odd, ...x)), 'ok'],
      ['SPKI of a hybrid point', eccSpki(Uint8Array.of(6 + odd, ...x, ...y)), POINT],
      ['SPKI of P-256', eccSpki(hex(p256), P256), CURVE],
      ['a point of P-256 that says it is of secp256k1', eccSpki(hex(p256)), POINT],
      ['a point of secp256k1 that says it is of P-256', eccSpki(point, P256), CURVE],
      ['SPKI without a curve', publicPem(sequence(sequence(EC_OID), bitString(point))), CURVE],
      ['SPKI of another algorithm', publicPem(sequence(sequence(RSA_OID, NULL), bitString(point))), NOT_ECC],
      ['SPKI with explicit parameters', eccSpki(point, sequence(integer(1n))), CURVE],
      ['SPKI of two curves', eccSpki(point, joined([K1, K1])), MALFORMED],
      ['SPKI with a byte after it', eccSpki(Uint8Array.of(...point, 0)), POINT],
    ],
    readEcc,
  );

  test('the flag of the other half of the curve is another key', () => {
    const key = PublicKey.parse({ algorithm: 'ECC', data: form(3 - odd, x) });
    expect(toHex(key.data)).toBe(form(4, x, bytesOfBigInt(P - bigIntOf(y), 32)));
  });

  test.each([
    [true, 33],
    [1, 33],
    ['1', 33],
    ['true', 33],
    ['Yes', 33],
    ['on', 33],
    [false, 65],
    [0, 65],
    ['0', 65],
    ['false', 65],
    ['no', 65],
    ['OFF', 65],
    // Clients in Dart write it for what is absent.
    [null, 65],
  ])('the flag "compressed" as %j: %d bytes of data, in every key of the pair', (compressed, length) => {
    const fields = { algorithm: 'ECC', data: form(4, x, y), compressed };
    const key = PublicKey.parse(fields);
    expect(key.data).toHaveLength(length);
    expect(key.toJSON()).toEqual(fields);
    const pair = PrivateKey.parse({ algorithm: 'ECC', data: ecdh.getPrivateKey('hex').padStart(64, '0'), compressed });
    expect(pair.publicKey.data).toEqual(key.data);
  });

  test.each([
    [2, 'INPUT_TYPE compressed'],
    [{}, 'INPUT_TYPE compressed'],
    ['', 'INPUT_FORMAT compressed'],
    ['maybe', 'INPUT_FORMAT compressed'],
  ])('the flag "compressed" is not %j', async (compressed, code) => {
    expect(await failureCode(() => PublicKey.parse({ algorithm: 'ECC', data: form(4, x, y), compressed }))).toBe(code);
  });
});

describe('ECC: private keys whose leading zeros were cut, or which got one', () => {
  const EC = sequence(EC_OID, K1);
  const sec1Of = (digits: string, ...rest: readonly Uint8Array[]): Uint8Array =>
    sequence(integer(1n), tlv(4, hex(digits)), ...rest);
  const pkcs8Of = (digits: string): string =>
    encodePem('PRIVATE KEY', sequence(integer(0n), EC, tlv(4, sec1Of(digits))));
  const forms: readonly (readonly [string, (digits: string) => string])[] = [
    ['SEC1', (digits) => encodePem('EC PRIVATE KEY', sec1Of(digits, tlv(0xa0, K1)))],
    ['PKCS#8', pkcs8Of],
  ];

  test.each(forms)('%s: they are the same keys', async (_what, pemOf) => {
    for (const digits of ['01', `7${'5'.repeat(59)}`.padStart(60, '0'), 'ab'.repeat(31), `00${'ab'.repeat(32)}`]) {
      const whole = digits.slice(-64).padStart(64, '0');
      const [key, expected] = [pemOf(digits), whole].map((data) => PrivateKey.parse({ algorithm: 'ECC', data }));
      expect(key?.publicKey.data).toEqual(expected?.publicKey.data);
      const signature = (await key?.sign(new Uint8Array(1))) ?? new Uint8Array();
      expect(await expected?.publicKey.verify(new Uint8Array(1), signature)).toBe(true);
    }
  });

  test.each(forms)('%s: other lengths are no scalars', async (_what, pemOf) => {
    for (const digits of ['', '00', '00'.repeat(31), `01${'ab'.repeat(32)}`, `0000${'ab'.repeat(32)}`]) {
      expect(await failureCode(() => readEccPrivate(pemOf(digits)))).toBe('INPUT_KEY data');
    }
  });

  test('as a client in Dart writes them: 31 bytes, beside the right public key', () => {
    const data = `-----BEGIN EC PRIVATE KEY-----
MHMCAQEEH6urq6urq6urq6urq6urq6urq6urq6urq6urq6urq6ugBwYFK4EEAAqh
RANCAAQFNC+D+UIvx1ShJd1q8Y7Ea32sIXhB+5F63bSpWiEKd7JInIFDSyS/uT+x
uhfBeLYVgbuh2jfTRtWvZ3tO3KWR
-----END EC PRIVATE KEY-----`;
    const whole = PrivateKey.parse({ algorithm: 'ECC', data: `00${'ab'.repeat(31)}` });
    expect(PrivateKey.parse({ algorithm: 'ECC', data }).publicKey.data).toEqual(whole.publicKey.data);
  });
});

describe('ECC: private key', () => {
  const scalar = (number: bigint): string => number.toString(16).padStart(64, '0');
  const ecdh = createECDH('secp256k1');
  const secret = new Uint8Array(32).fill(7);
  ecdh.setPrivateKey(secret);
  const own = tlv(0xa1, bitString(new Uint8Array(ecdh.getPublicKey())));
  const foreign = new Uint8Array(createECDH('secp256k1').generateKeys());
  const EC = sequence(EC_OID, K1);
  const sec1 = (version: bigint, ...rest: readonly Uint8Array[]): Uint8Array =>
    sequence(integer(version), tlv(4, secret), ...rest);
  const sec1Pem = (version: bigint, ...rest: readonly Uint8Array[]): string =>
    encodePem('EC PRIVATE KEY', sec1(version, tlv(0xa0, K1), ...rest));
  const pkcs8 = (version: bigint, inner: Uint8Array, ...rest: readonly Uint8Array[]): string =>
    encodePem('PRIVATE KEY', sequence(integer(version), EC, tlv(4, inner), ...rest));
  const outside = (point: Uint8Array): Uint8Array => tlv(0x81, Uint8Array.of(0, ...point));
  check(
    [
      ['0', scalar(0n), SCALAR],
      ['1', scalar(1n), 'ok'],
      ['n - 1', scalar(SECP256K1_ORDER - 1n), 'ok'],
      ['n', scalar(SECP256K1_ORDER), SCALAR],
      ['n + 1', scalar(SECP256K1_ORDER + 1n), SCALAR],
      ['31 bytes', scalar(1n).slice(2), HEX],
      ['33 bytes', `00${scalar(1n)}`, HEX],
      ['63 digits', scalar(1n).slice(1), HEX],
      ['with 0x', `0x${scalar(1n)}`, HEX],
      ['a key of Nostr', `nsec1${'q'.repeat(58)}`, HEX],
      ['no digits', 'x'.repeat(64), HEX],
      ['SEC1', sec1Pem(1n, own), 'ok'],
      ['SEC1 of version 0', sec1Pem(0n, own), VERSION],
      ['SEC1 of version 2', sec1Pem(2n, own), VERSION],
      ['SEC1 of version 256', sec1Pem(256n, own), VERSION],
      ['SEC1 of no curve', encodePem('EC PRIVATE KEY', sec1(1n, own)), MALFORMED],
      ['SEC1 of another curve', encodePem('EC PRIVATE KEY', sec1(1n, tlv(0xa0, P256))), CURVE],
      ['SEC1 of two curves', encodePem('EC PRIVATE KEY', sec1(1n, tlv(0xa0, joined([K1, K1])))), MALFORMED],
      ['SEC1 with another public key', sec1Pem(1n, tlv(0xa1, bitString(foreign))), STRANGER],
      ['SEC1 with a public key that is none', sec1Pem(1n, tlv(0xa1, bitString(new Uint8Array(65)))), POINT],
      ['SEC1 with a byte more', sec1Pem(1n, own, NULL), MALFORMED],
      ['PKCS#8', pkcs8(0n, sec1(1n, own)), 'ok'],
      ['PKCS#8 with attributes', pkcs8(0n, sec1(1n), hex('a000')), 'ok'],
      ['PKCS#8 of version 1', pkcs8(1n, sec1(1n), outside(ecdh.getPublicKey())), 'ok'],
      ['PKCS#8 of version 2', pkcs8(2n, sec1(1n)), VERSION],
      ['PKCS#8 of version 256', pkcs8(256n, sec1(1n)), VERSION],
      ['PKCS#8 around SEC1 of version 0', pkcs8(0n, sec1(0n)), VERSION],
      ['PKCS#8 with the curve inside, too', pkcs8(0n, sec1(1n, tlv(0xa0, K1))), 'ok'],
      ['PKCS#8 with another curve inside', pkcs8(0n, sec1(1n, tlv(0xa0, P256))), CURVE],
      ['PKCS#8 with a right and a wrong public key', pkcs8(1n, sec1(1n, own), outside(foreign)), STRANGER],
      [
        'PKCS#8 of another algorithm',
        encodePem('PRIVATE KEY', sequence(integer(0n), sequence(RSA_OID, NULL), tlv(4, sec1(1n)))),
        NOT_ECC,
      ],
    ],
    readEccPrivate,
  );
});
