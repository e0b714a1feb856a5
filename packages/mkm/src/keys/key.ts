/**
 * Keys: what the core asks of them. The algorithms live in plugins.
 *
 * On the wire a key is a map: `{ "algorithm": "RSA", "data": "-----BEGIN PUBLIC KEY-----…", … }`.
 */
import type { Awaitable } from '../errors/awaitable.ts';
import type { JsonMap } from '../wire/json-map.ts';

/** What every key has. */
export interface Key {
  /** The algorithm's name, as on the wire: `RSA`, `ECC`, `AES`, `PLAIN`. */
  readonly algorithm: string;
  /** The key map from the wire, with every field, known or not. */
  readonly fields: JsonMap;
  /**
   * Of a public key that can be written in several ways: the same bytes for the same key, however it was written. Where
   * there are none, the data of a key has one spelling.
   */
  readonly canonical?: Uint8Array | undefined;
  /** {@link Key.fields}, so that `JSON.stringify` writes the key map. */
  toJSON(): JsonMap;
}

/** Checks signatures. */
export interface VerifyKey extends Key {
  /** The key's data bytes, over which BTC and ETH addresses are computed. */
  readonly data: Uint8Array;
  /**
   * Whether `signature` is this key's signature of `message`. Malformed signatures are a plain no.
   */
  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
}

/** Encrypts short data, such as a message key, for the holder of the private key. */
export interface EncryptKey extends Key {
  /** @throws DimError `USAGE_ARGUMENT` when the plaintext is too long for this key */
  encrypt(plaintext: Uint8Array): Awaitable<Uint8Array>;
}

/** Signs. */
export interface SignKey extends Key {
  /** The public key that verifies what this key signs. */
  readonly publicKey: PublicKey;
  sign(message: Uint8Array): Awaitable<Uint8Array>;
}

/** Decrypts what was encrypted to {@link DecryptKey.encryptKey}. */
export interface DecryptKey extends Key {
  /** The key that encrypts to this one. */
  readonly encryptKey: EncryptKey;
  /**
   * @throws DimError `CRYPTO_DECRYPT`. An algorithm with implicit rejection (RSA) does not throw for a bad
   * padding but returns pseudo-random bytes: treat the result as hostile until it is authenticated.
   */
  decrypt(ciphertext: Uint8Array): Awaitable<Uint8Array>;
}

/** A public key: it verifies, and some also encrypt (see {@link canEncrypt}). */
export type PublicKey = VerifyKey & Partial<Pick<EncryptKey, 'encrypt'>>;

/** A private key: it signs, and some also decrypt (see {@link canDecrypt}). */
export type PrivateKey = SignKey & Partial<Pick<DecryptKey, 'decrypt' | 'encryptKey'>>;

/** What {@link SymmetricKey.encrypt} gives. */
export interface SymmetricCiphertext {
  readonly ciphertext: Uint8Array;
  /** Fields that decryption needs; they go into the message beside the ciphertext: `{ "IV": base64 }`. */
  readonly extra: JsonMap;
}

/**
 * Encrypts or decrypts in pieces of any size. All outputs in a row are what `encrypt` or `decrypt` would give for all
 * chunks in a row. The memory of a chunk belongs to the caller again as soon as the call is done.
 */
export interface StreamCipher {
  /**
   * What can be said now: perhaps nothing, as some bytes wait for the next chunk.
   * @throws DimError `USAGE_ARGUMENT` after {@link StreamCipher.finish}
   */
  update(chunk: Uint8Array): Awaitable<Uint8Array>;
  /**
   * The rest. Until decryption has come to here, nothing tells whether its input was whole.
   * @throws DimError `CRYPTO_DECRYPT`, `USAGE_ARGUMENT` when called again
   */
  finish(): Awaitable<Uint8Array>;
}

/** What {@link StreamKey.startEncryption} gives. */
export interface StreamEncryption {
  readonly cipher: StreamCipher;
  /** As in {@link SymmetricCiphertext}: fields that decryption needs, fresh for each start. */
  readonly extra: JsonMap;
}

/** Encrypts and decrypts what is too large to be held: files. */
export interface StreamKey {
  startEncryption(): StreamEncryption;
  /**
   * @param extra the map that carries what encryption wrote
   * @throws DimError `CRYPTO_DECRYPT`
   */
  startDecryption(extra: JsonMap): StreamCipher;
}

/** What {@link SymmetricKey.decryptUnchecked} gives. */
export interface UncheckedPlaintext {
  readonly bytes: Uint8Array;
  /** Whether the bytes are a plaintext. If not, they must not be used for anything but being read in vain. */
  readonly isSound: boolean;
}

/** Encrypts messages; both sides hold the same key. Some also work in pieces (see {@link canStream}). */
export interface SymmetricKey extends Key, Partial<StreamKey> {
  encrypt(plaintext: Uint8Array): Awaitable<SymmetricCiphertext>;
  /**
   * @param extra the map that carries what encryption wrote; a whole message will do
   * @throws DimError `CRYPTO_DECRYPT`
   */
  decrypt(ciphertext: Uint8Array, extra: JsonMap): Awaitable<Uint8Array>;
  /**
   * {@link SymmetricKey.decrypt} where a wrong padding is no error yet. The caller reads the bytes as if they were
   * sound and fails afterwards: so neither errors nor time tell a wrong padding from a plaintext that makes no sense.
   * For algorithms without authentication; whatever authenticates its ciphertexts does not need it.
   */
  decryptUnchecked?(ciphertext: Uint8Array, extra: JsonMap): Awaitable<UncheckedPlaintext>;
}

/** Whether a key verifies signatures: RSA and ECC do, X25519 does not. */
export function canVerify<K extends Key & Partial<Pick<VerifyKey, 'verify'>>>(key: K): key is K & VerifyKey {
  return key.verify !== undefined;
}

/** Whether a public key can encrypt: RSA can, ECC cannot. */
export function canEncrypt<K extends Key & Partial<Pick<EncryptKey, 'encrypt'>>>(key: K): key is K & EncryptKey {
  return key.encrypt !== undefined;
}

/** Whether a private key signs: RSA and ECC do, X25519 does not. */
export function canSign<K extends Key & Partial<Pick<SignKey, 'sign'>>>(key: K): key is K & SignKey {
  return key.sign !== undefined;
}

/** Whether a private key can decrypt: RSA can, ECC cannot. */
export function canDecrypt<K extends Key & Partial<Pick<DecryptKey, 'decrypt' | 'encryptKey'>>>(
  key: K,
): key is K & DecryptKey {
  return key.decrypt !== undefined;
}

/** Whether a symmetric key works in pieces: AES and PLAIN do. */
export function canStream<K extends SymmetricKey>(key: K): key is K & StreamKey {
  return key.startEncryption !== undefined && key.startDecryption !== undefined;
}
