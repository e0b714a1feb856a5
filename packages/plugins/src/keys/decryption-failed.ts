/** The one failure of decryption. */
import { DimError } from 'mkm';

/** The same error whatever was wrong: which of the checks failed would help whoever tries ciphertexts out. */
export function decryptionFailed(): DimError {
  return new DimError('CRYPTO_DECRYPT', 'does not decrypt');
}
