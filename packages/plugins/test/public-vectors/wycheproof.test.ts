/**
 * Project Wycheproof. Every file of the folder is in the table: with what runs its cases, or with the reason why none
 * does. When the algorithm of a reason comes, its suite takes the place of the reason.
 *
 * Choices for cases that are "acceptable": an RSA signature without the NULL in its digest info is refused; keys of
 * 1024 and 1536 bits and the exponent 3 are read, as the protocol has them.
 */
import { describe, expect, test } from '@jest/globals';
import { describeVectors } from '../../../../tests/support/public-vectors.ts';
import { bigIntOf } from '../../src/coding/big-integers.ts';
import { decodeEcdsaSignature } from '../../src/keys/secp256k1/ecdsa-signature.ts';
import { SECP256K1_ORDER } from '../../src/keys/secp256k1/secp256k1-curve.ts';
import { encodeRsaSpki, parseRsaPublicKey } from '../../src/coding/rsa-components.ts';
import { hex, present, toHex } from '../fixtures.ts';
import { backends, subjectOf, withoutWebCrypto } from './backends.ts';
import { aesCbcDecryption, hmac, rsaDecryption, secp256k1PublicKeys } from './encryption-suites.ts';
import { aesGcmDecryption, ed25519Signatures, sealedBoxes } from './modern-suites.ts';
import { compactAsDer, rsaSigning, signatures } from './signature-suites.ts';
import type { Suite, WycheproofCase, WycheproofFile } from './wycheproof-file.ts';

const NO_CHACHA = 'no key is of ChaCha20: XSALSA20-POLY1305 has another cipher and no file here';
const NO_DERIVATION = 'nothing derives keys';
const NO_AGREEMENT = 'no key agrees on secrets';
const RAW_KEYS = 'keys of X25519 are bytes; with the same numbers, x25519_test is run';

/** The low-S set calls these invalid for their high S alone, which this protocol accepts. */
const highS = ({ result, comment }: WycheproofCase): boolean =>
  result === 'valid' || /signature malleability/i.test(comment);

const FILES: Readonly<Record<string, Suite | string>> = {
  'aes_cbc_pkcs5_test.json': aesCbcDecryption,
  'aes_gcm_test.json': aesGcmDecryption,
  'chacha20_poly1305_test.json': NO_CHACHA,
  'ecdh_secp256k1_test.json': secp256k1PublicKeys,
  'ecdh_secp256k1_webcrypto_test.json': `${NO_AGREEMENT}; JWK keys are not of this protocol`,
  'ecdsa_secp256k1_sha256_bitcoin_test.json': signatures('ECC', { accepted: highS }),
  'ecdsa_secp256k1_sha256_p1363_test.json': signatures('ECC', { signatureOf: compactAsDer }),
  'ecdsa_secp256k1_sha256_test.json': signatures('ECC'),
  'ed25519_test.json': ed25519Signatures,
  'hkdf_sha256_test.json': NO_DERIVATION,
  'hmac_sha256_test.json': hmac,
  'pbkdf2_hmacsha256_test.json': NO_DERIVATION,
  'rsa_pkcs1_1024_sig_gen_test.json': rsaSigning,
  'rsa_pkcs1_1536_sig_gen_test.json': rsaSigning,
  'rsa_pkcs1_2048_sig_gen_test.json': rsaSigning,
  'rsa_pkcs1_2048_test.json': rsaDecryption,
  'rsa_pkcs1_3072_sig_gen_test.json': rsaSigning,
  'rsa_pkcs1_3072_test.json': rsaDecryption,
  'rsa_pkcs1_4096_sig_gen_test.json': rsaSigning,
  'rsa_pkcs1_4096_test.json': rsaDecryption,
  'rsa_signature_2048_sha256_test.json': signatures('RSA'),
  'rsa_signature_3072_sha256_test.json': signatures('RSA'),
  'rsa_signature_4096_sha256_test.json': signatures('RSA'),
  'rsa_signature_8192_sha256_test.json': signatures('RSA'),
  'x25519_asn_test.json': RAW_KEYS,
  'x25519_pem_test.json': RAW_KEYS,
  'x25519_test.json': sealedBoxes,
  'xchacha20_poly1305_test.json': NO_CHACHA,
};

/** What takes the portable backend seconds, and has a smaller sister: run in the long form, see `wycheproof.long.test.ts`. */
const LONG = new Set([
  'ecdsa_secp256k1_sha256_bitcoin_test.json',
  'rsa_pkcs1_3072_test.json',
  'rsa_pkcs1_4096_test.json',
]);
const isLong = process.env['DIM_FORM'] === 'long';

/** How many cases are run where not all are: those with SHA-256, with keys of at most 64 bytes, or without more data. */
const COUNTS: Readonly<Record<string, number>> = {
  'aes_gcm_test.json': 262,
  'hmac_sha256_test.json': 168,
  'rsa_pkcs1_1024_sig_gen_test.json': 9,
  'rsa_pkcs1_1536_sig_gen_test.json': 8,
  'rsa_pkcs1_2048_sig_gen_test.json': 10,
  'rsa_pkcs1_3072_sig_gen_test.json': 9,
  'rsa_pkcs1_4096_sig_gen_test.json': 8,
};

describeVectors('Wycheproof', 'wycheproof', (vectors) => {
  const files = vectors.names().filter((name) => name.endsWith('_test.json'));

  test('every file is run, or there is a reason why not', () => {
    expect(Object.keys(FILES)).toEqual(files);
  });

  const run = Object.entries(FILES).flatMap(([name, suite]) =>
    typeof suite === 'function' && files.includes(name) ? [{ name, suite }] : [],
  );

  describe.each(backends)('on the backend $name', (backend) => {
    const subject = subjectOf(backend);

    // Without WebCrypto nothing but signing is different.
    const differing = run
      .filter(({ suite }) => backend !== withoutWebCrypto || suite === rsaSigning)
      .filter(({ name }) => isLong || backend.name !== 'portable' || !LONG.has(name));

    test.each(differing)('$name', async ({ name, suite }) => {
      const file = vectors.json<WycheproofFile>(name);
      const { found, expected } = await suite(subject, file);
      expect(found).toEqual(expected);
      expect(found).toHaveLength(COUNTS[name] ?? file.numberOfTests);
    });
  });

  test('a public key of RSA is written as it was read', () => {
    const names = files.filter((name) => name.startsWith('rsa_signature_'));
    const groups = names.flatMap((name) => vectors.json<WycheproofFile>(name).testGroups);
    const ders = groups.map(({ publicKeyDer }) => publicKeyDer);
    expect(ders.length).toBeGreaterThan(0);
    expect(ders.map((der) => toHex(encodeRsaSpki(parseRsaPublicKey(hex(der)))))).toEqual(ders);
  });

  test('of the low-S set two cases are judged otherwise, which have a high S and are valid in the other set', () => {
    const casesOf = (name: string): readonly WycheproofCase[] =>
      vectors.json<WycheproofFile>(name).testGroups.flatMap(({ tests }) => tests);
    const valid = new Set(casesOf('ecdsa_secp256k1_sha256_test.json').map(({ sig, result }) => `${sig} ${result}`));
    const differing = casesOf('ecdsa_secp256k1_sha256_bitcoin_test.json').filter(
      (one) => highS(one) !== (one.result === 'valid'),
    );
    const isHigh = ({ sig }: WycheproofCase): boolean =>
      bigIntOf(present(decodeEcdsaSignature(hex(sig))).subarray(32)) > SECP256K1_ORDER / 2n;
    expect(differing.map(({ tcId }) => tcId)).toEqual([1, 388]);
    expect(differing.map((one) => [isHigh(one), valid.has(`${one.sig} valid`)])).toEqual([
      [true, true],
      [true, true],
    ]);
  });
});
