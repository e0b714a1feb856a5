/** Project Wycheproof's vectors, where they are at hand: set WYCHEPROOF_DIR to the URL of the folder with its JSON files. */
import { describe, expect, test } from '@jest/globals';
import { bigIntOf } from '../../src/keys/big-integers.ts';
import { encodeRsaSpki, parseRsaPublicKey } from '../../src/keys/rsa-components.ts';
import {
  failureCode,
  hex,
  present,
  PrivateKey,
  PublicKey,
  readJson,
  SymmetricKey,
  toBase64,
  toHex,
  wycheproofFiles,
  wycheproofFolder,
} from '../fixtures.ts';

interface Case {
  readonly tcId: number;
  readonly result: 'valid' | 'invalid' | 'acceptable';
  readonly flags: readonly string[];
  readonly msg: string;
  readonly sig: string;
  readonly ct: string;
  readonly iv: string;
  readonly key: string;
}

interface Group {
  readonly sha?: string;
  readonly publicKeyPem: string;
  readonly publicKeyDer: string;
  readonly privateKeyPem: string;
  readonly tests: readonly Case[];
}

function groupsOf(file: string): readonly Group[] {
  return (readJson(new URL(file, wycheproofFolder)) as { testGroups: readonly Group[] }).testGroups;
}

const files = {
  rsaSignatures: wycheproofFiles(/^rsa_signature_\d+_sha256_test\.json$/),
  rsaSigning: wycheproofFiles(/^rsa_pkcs1_\d+_sig_gen_test\.json$/),
  rsaDecryption: wycheproofFiles(/^rsa_pkcs1_\d+_test\.json$/),
  ecdsa: wycheproofFiles(/^ecdsa_secp256k1_sha256_test\.json$/),
  aes: wycheproofFiles(/^aes_cbc_pkcs5_test\.json$/),
};

const available = Object.values(files).some((names) => names.length > 0);

/** What each case gave, beside what it should give. */
type Outcome = readonly [id: number, outcome: string | boolean];

(available ? describe : describe.skip)(`Wycheproof (skipped when ${wycheproofFolder.pathname} is missing)`, () => {
  test.each([...files.rsaSignatures, ...files.ecdsa])('%s', async (file) => {
    const [found, expected]: [Outcome[], Outcome[]] = [[], []];
    for (const group of groupsOf(file)) {
      const key = PublicKey.parse({ algorithm: file.startsWith('rsa') ? 'RSA' : 'ECC', data: group.publicKeyPem });
      for (const { tcId, msg, sig, result } of group.tests.filter((one) => one.result !== 'acceptable')) {
        found.push([tcId, await key.verify(hex(msg), hex(sig))]);
        expected.push([tcId, result === 'valid']);
      }
    }
    expect(found).toEqual(expected);
  });

  test.each(files.rsaSigning)('%s', async (file) => {
    const [found, expected]: [Outcome[], Outcome[]] = [[], []];
    for (const group of groupsOf(file).filter(({ sha }) => sha === 'SHA-256')) {
      const key = PrivateKey.parse({ algorithm: 'RSA', data: group.privateKeyPem });
      for (const { tcId, msg, sig } of group.tests) {
        found.push([tcId, toHex(await key.sign(hex(msg)))]);
        expected.push([tcId, sig]);
      }
    }
    expect(found).toEqual(expected);
  });

  test.each(files.rsaDecryption)('%s', async (file) => {
    const [found, expected]: [Outcome[], Outcome[]] = [[], []];
    for (const group of groupsOf(file)) {
      const key = PrivateKey.parse({ algorithm: 'RSA', data: group.privateKeyPem });
      const { modulus } = parseRsaPublicKey(key.publicKey.data);
      for (const { tcId, msg, ct, result } of group.tests) {
        const decrypt = async (): Promise<Uint8Array> => present(key.decrypt).call(key, hex(ct));
        const outOfRange = hex(ct).length !== modulus.length || bigIntOf(hex(ct)) >= bigIntOf(modulus);
        found.push([tcId, outOfRange ? await failureCode(decrypt) : toHex(await decrypt())]);
        // Implicit rejection: a wrong padding is no error, and always gives the same answer.
        expected.push([tcId, outOfRange ? 'CRYPTO_DECRYPT' : result === 'valid' ? msg : toHex(await decrypt())]);
      }
    }
    expect(found).toEqual(expected);
  });

  test.each(files.aes)('%s', async (file) => {
    const [found, expected]: [Outcome[], Outcome[]] = [[], []];
    for (const { tcId, key, iv, msg, ct, result } of groupsOf(file).flatMap(({ tests }) => tests)) {
      const aes = SymmetricKey.parse({ algorithm: 'AES', data: toBase64(hex(key)) });
      const decrypt = async (): Promise<Uint8Array> => aes.decrypt(hex(ct), { IV: toBase64(hex(iv)) });
      found.push([tcId, result === 'valid' ? toHex(await decrypt()) : await failureCode(decrypt)]);
      expected.push([tcId, result === 'valid' ? msg : 'CRYPTO_DECRYPT']);
    }
    expect(found).toEqual(expected);
  });

  test('a public key is written as it was read', () => {
    const ders = files.rsaSignatures.flatMap((file) => groupsOf(file).map(({ publicKeyDer }) => publicKeyDer));
    expect(ders.map((der) => toHex(encodeRsaSpki(parseRsaPublicKey(hex(der)))))).toEqual(ders);
  });
});
