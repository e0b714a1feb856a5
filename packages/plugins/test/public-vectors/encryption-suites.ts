/** Wycheproof's cases of decryption, key reading and HMAC. */
import { hmacSha256 } from '../../src/digests/hmac-sha256.ts';
import { encodePem } from '../../src/coding/pem.ts';
import { parseRsaPublicKey } from '../../src/coding/rsa-components.ts';
import { failureCode, hex, present, toBase64, toHex } from '../fixtures.ts';
import { Outcomes, type Suite } from './wycheproof-file.ts';

/**
 * RSAES-PKCS1-v1_5. A wrong padding is not an error but a message that is not the plaintext, and always the same one;
 * only a length or number that everybody can see to be wrong is refused.
 */
export const rsaDecryption: Suite = async ({ PrivateKey }, file) => {
  const outcomes = new Outcomes();
  for (const { privateKeyPem, tests } of file.testGroups) {
    const key = PrivateKey.parse({ algorithm: 'RSA', data: privateKeyPem });
    const { modulus } = parseRsaPublicKey(key.publicKey.data);
    for (const one of tests) {
      const decrypt = async (): Promise<Uint8Array> => present(key.decrypt).call(key, hex(one.ct));
      const isOutOfRange = hex(one.ct).length !== modulus.length || one.ct >= toHex(modulus);
      if (isOutOfRange) outcomes.add(one, await failureCode(decrypt), 'CRYPTO_DECRYPT');
      else if (one.result === 'valid') outcomes.add(one, toHex(await decrypt()), one.msg);
      else outcomes.add(one, await answers(decrypt), 'one substitute');
    }
  }
  return outcomes;
};

/** AES-CBC with PKCS#7 padding, the IV in the message. */
export const aesCbcDecryption: Suite = async ({ SymmetricKey }, file) => {
  const outcomes = new Outcomes();
  for (const one of file.testGroups.flatMap(({ tests }) => tests)) {
    const key = SymmetricKey.parse({ algorithm: 'AES', data: toBase64(hex(one.key)) });
    const decrypt = async (): Promise<Uint8Array> => key.decrypt(hex(one.ct), { IV: toBase64(hex(one.iv)) });
    if (one.result === 'valid') outcomes.add(one, toHex(await decrypt()), one.msg);
    else outcomes.add(one, await failureCode(decrypt), 'CRYPTO_DECRYPT');
  }
  return outcomes;
};

/**
 * Public keys of secp256k1 in SPKI: the file is of key agreement, which does not exist here, but its public keys are
 * keys on the way in. Of the acceptable ones only the compressed point is read: DER is strict, and the curve is named.
 */
export const secp256k1PublicKeys: Suite = async ({ PublicKey }, file) => {
  const outcomes = new Outcomes();
  for (const one of file.testGroups.flatMap(({ tests }) => tests)) {
    const accepted = one.result === 'valid' || (one.result === 'acceptable' && one.flags.includes('CompressedPoint'));
    const found = PublicKey.safeParse({ algorithm: 'ECC', data: encodePem('PUBLIC KEY', derOf(one.public)) });
    outcomes.add(
      one,
      found.ok ? 'read' : /^(INPUT|UNSUPPORTED)_/.test(found.error.code) && 'refused',
      accepted ? 'read' : 'refused',
    );
  }
  return outcomes;
};

/**
 * HMAC-SHA256, with whole and cut tags: it makes the messages that stand in for wrong RSA paddings. Its keys are digests,
 * so the cases with keys of more than 64 bytes are left out.
 */
export const hmac: Suite = async ({ backend }, file) => {
  const outcomes = new Outcomes();
  const groups = file.testGroups.filter(({ keySize }) => keySize <= 512);
  for (const { tests, tagSize } of groups) {
    for (const one of tests) {
      const mac = hmacSha256((data) => backend.sha256(data), hex(one.key));
      const tag = toHex(mac(hex(one.msg)).subarray(0, tagSize / 8));
      outcomes.add(one, tag === one.tag, one.result === 'valid');
    }
  }
  return outcomes;
};

async function answers(decrypt: () => Promise<Uint8Array>): Promise<string> {
  const found = new Set([toHex(await decrypt()), toHex(await decrypt())]);
  return found.size === 1 ? 'one substitute' : 'several answers';
}

/** An empty key is a byte that is no DER, as PEM must not be empty. */
function derOf(digits: string): Uint8Array {
  return digits === '' ? new Uint8Array(1) : hex(digits);
}
