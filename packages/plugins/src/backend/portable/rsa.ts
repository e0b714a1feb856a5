/**
 * RSA in JavaScript. For signing and new keys, web-crypto-rsa.ts comes before this where it is faster.
 *
 * Verifying stays here: with the usual exponent it takes 30 µs for 1024 bits, as long as WebCrypto's way to another thread
 * and back, and 140 instead of 50 for 2048. What a signature is shall not depend on the browser, either.
 */
import { equalBytes } from '../../coding/byte-argument.ts';
import { bigIntOf, bytesOfBigInt } from '../../coding/big-integers.ts';
import type { RsaBackend, RsaPublicComponents, RsaPublicOperations } from '../backend.ts';
import { publicPower } from './modular-power.ts';
import { encodeForEncryption, encodeForSignature } from './rsa-encoding.ts';
import { generateRsaKey } from './rsa-key-generation.ts';
import { rsaPrivateOperation } from './rsa-private-operation.ts';

/** RSA with JavaScript alone. */
export const rsa: RsaBackend = {
  publicKey: publicOperations,
  privateKey(components) {
    const power = rsaPrivateOperation(components);
    const { length } = components.publicKey.modulus;
    const rawDecrypt = (input: Uint8Array): Uint8Array => bytesOfBigInt(power(bigIntOf(input)), length);
    return { rawDecrypt, sign: (message) => rawDecrypt(encodeForSignature(message, length)) };
  },
  generate: generateRsaKey,
};

function publicOperations({ modulus, exponent }: RsaPublicComponents): RsaPublicOperations {
  const n = bigIntOf(modulus);
  const { length } = modulus;
  return {
    verify(message, signature) {
      const number = bigIntOf(signature);
      if (signature.length !== length || number >= n) return false;
      return equalBytes(bytesOfBigInt(publicPower(number, exponent, n), length), encodeForSignature(message, length));
    },
    encrypt(plaintext) {
      const encoded = bigIntOf(encodeForEncryption(plaintext, length));
      return bytesOfBigInt(publicPower(encoded, exponent, n), length);
    },
  };
}
