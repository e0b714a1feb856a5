/** RSA of node:crypto. */
import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  privateDecrypt,
  publicEncrypt,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { Buffer } from 'node:buffer';
import type { RsaBackend, RsaPrivateOperations, RsaPublicOperations } from '../backend.ts';
import { paddedKey } from './cipher-key.ts';
import { plainBytes } from './plain-bytes.ts';
import { signInThreadPool } from './thread-pool.ts';

/** A private key operation with a shorter modulus takes less time than the way to another thread and back. */
export const MIN_THREAD_POOL_BYTES = 2048 / 8;

export const rsa: RsaBackend = {
  publicKey(components) {
    return publicOperations(createPublicKey({ key: asBuffer(components.pkcs1), format: 'der', type: 'pkcs1' }));
  },
  privateKey(components) {
    const key = createPrivateKey({ key: asBuffer(components.pkcs1), format: 'der', type: 'pkcs1' });
    return privateOperations(key, components.publicKey.modulus.length);
  },
  generate(bits) {
    return new Promise((resolve, reject) => {
      generateKeyPair('rsa', { modulusLength: bits, publicExponent: 65537 }, (error, _publicKey, privateKey) => {
        if (error === null) resolve(plainBytes(privateKey.export({ type: 'pkcs1', format: 'der' })));
        else reject(error);
      });
    });
  },
};

function publicOperations(key: KeyObject): RsaPublicOperations {
  const encryption = paddedKey(key, constants.RSA_PKCS1_PADDING);
  return {
    verify: (message, signature) => verify('sha256', message, key, signature),
    encrypt: (plaintext) => plainBytes(publicEncrypt(encryption, plaintext)),
  };
}

function privateOperations(key: KeyObject, length: number): RsaPrivateOperations {
  const decryption = paddedKey(key, constants.RSA_PKCS1_PADDING);
  const rawDecryption = { key, padding: constants.RSA_NO_PADDING };
  return {
    sign(message) {
      return length < MIN_THREAD_POOL_BYTES ? plainBytes(sign('sha256', message, key)) : signInThreadPool(message, key);
    },
    // Refused by Node 20; with implicit rejection since OpenSSL 3.2, and with errors that tell of the padding before.
    decrypt: (ciphertext) => plainBytes(privateDecrypt(decryption, ciphertext)),
    rawDecrypt: (ciphertext) => plainBytes(privateDecrypt(rawDecryption, ciphertext)),
  };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
