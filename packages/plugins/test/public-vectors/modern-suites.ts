/** Wycheproof's cases for the modern keys. */
import nacl from 'tweetnacl';
import { isSmallOrderX25519 } from '../../src/keys/curve25519/curve25519.ts';
import { failureCode, hex, toBase64, toHex, utf8 } from '../fixtures.ts';
import { boxByHand } from '../modern/boxes-by-hand.ts';
import { Outcomes, type Suite } from './wycheproof-file.ts';

/** Signatures with public keys of 32 bytes. */
export const ed25519Signatures: Suite = async ({ PublicKey }, file) => {
  const outcomes = new Outcomes();
  for (const { publicKey, tests } of file.testGroups) {
    const key = PublicKey.parse({ algorithm: 'ED25519', data: toBase64(hex(publicKey.pk)) });
    for (const one of tests) {
      outcomes.add(one, await key.verify(hex(one.msg), hex(one.sig)), one.result === 'valid');
    }
  }
  return outcomes;
};

/**
 * AES-GCM with nonces of 12 bytes, which all messages have: others are refused, even where the cipher itself allows
 * them. Messages carry no associated data, so that the cases with some are left out.
 */
export const aesGcmDecryption: Suite = async ({ SymmetricKey }, file) => {
  const outcomes = new Outcomes();
  for (const { ivSize, tests } of file.testGroups) {
    for (const one of tests.filter(({ aad }) => aad === '')) {
      const key = SymmetricKey.parse({ algorithm: 'AES-GCM', data: toBase64(hex(one.key)) });
      const sealed = hex(one.ct + one.tag);
      const decrypt = async (): Promise<Uint8Array> => key.decrypt(sealed, { IV: toBase64(hex(one.iv)) });
      if (one.result === 'valid' && ivSize === 96) outcomes.add(one, toHex(await decrypt()), one.msg);
      else outcomes.add(one, await failureCode(decrypt), 'CRYPTO_DECRYPT');
    }
  }
  return outcomes;
};

/**
 * X25519 inside sealed boxes: each case's public key is the sender's. All boxes open but those whose secret is zeros,
 * which are refused; among the public keys are those on the twist and in second spellings.
 */
export const sealedBoxes: Suite = async ({ DecryptKey }, file) => {
  const outcomes = new Outcomes();
  const plaintext = utf8('a key');
  for (const one of file.testGroups.flatMap(({ tests }) => tests)) {
    const [ephemeral, scalar] = [hex(one.public), hex(one.private)];
    const key = DecryptKey.parse({ algorithm: 'X25519', data: toBase64(scalar) });
    // The box is made with this secret, and so opens with no other.
    const secret = toHex(nacl.scalarMult(scalar, ephemeral));
    const decrypt = async (): Promise<Uint8Array> => key.decrypt(boxByHand(ephemeral, scalar, plaintext));
    const isZero = /^0*$/.test(one.shared);
    const found = isZero ? await failureCode(decrypt) : toHex(await decrypt());
    const expected = isZero ? 'CRYPTO_DECRYPT' : toHex(plaintext);
    outcomes.add(one, [secret, isSmallOrderX25519(ephemeral), found], [one.shared, isZero, expected]);
  }
  return outcomes;
};
