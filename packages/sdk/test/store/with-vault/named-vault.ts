/** A vault that costs nothing: its key is the digest of its name. */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { randomBytes } from '@noble/ciphers/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { DimError } from 'dimp';
import { decodeBase64, encodeBase64, encodeUtf8, textOf } from 'dimp/extend';
import type { KeyVault } from '../../../src/index.ts';

/** What it was asked to open, by label. */
export interface NamedVault extends KeyVault {
  readonly opened: string[];
}

export function namedVault(name: string): NamedVault {
  const key = sha256(encodeUtf8(name));
  const cipher = (nonce: Uint8Array, label: string) => xchacha20poly1305(key, nonce, encodeUtf8(label));
  const opened: string[] = [];
  return {
    opened,
    async seal(secret, label) {
      const nonce = randomBytes(24);
      return { nonce: encodeBase64(nonce), data: encodeBase64(cipher(nonce, label).encrypt(secret)) };
    },
    async open(sealed, label) {
      opened.push(label);
      const nonce = decodeBase64(textOf(sealed, 'nonce'));
      const data = decodeBase64(textOf(sealed, 'data'));
      try {
        return cipher(nonce, label).decrypt(data);
      } catch {
        throw new DimError('VAULT_PASSPHRASE', 'does not open');
      }
    },
  };
}
