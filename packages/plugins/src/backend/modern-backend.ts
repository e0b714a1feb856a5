/**
 * What the modern algorithms ask of the platform, beside {@link Backend} and apart from it, so that they cost nothing where
 * they are not used. Encodings and checks of keys, nonces and sealed boxes are not here: they are the same everywhere.
 */
import type { Awaitable } from 'mkm';

/** The modern cryptography of a platform. */
export interface ModernBackend {
  /** What it is called in tests, tools and logs: `native`, `portable`. No code depends on it. */
  readonly name: string;
  /** Bytes for keys, from the platform's secure generator: drawn in this call. */
  randomBytes(length: number): Uint8Array;
  /** Bytes for nonces, from the same generator. They may be drawn in advance, as long as no two get the same. */
  randomNonce(length: number): Uint8Array;
  readonly ed25519: Ed25519Backend;
  readonly x25519: X25519Backend;
  /** Keys of 32 bytes, nonces of 24; the tag comes first. */
  readonly xsalsa20Poly1305: AuthenticatedCipher;
  /** Keys of 16, 24 or 32 bytes, nonces of 12; the tag comes last. */
  readonly aesGcm: AuthenticatedCipher;
}

/** Ed25519 (RFC 8032). A key is prepared once and kept. */
export interface Ed25519Backend {
  publicKey(bytes: Uint8Array): Ed25519PublicOperations;
  privateKey(seed: Uint8Array): Ed25519PrivateOperations;
}

/** What an Ed25519 public key does. */
export interface Ed25519PublicOperations {
  /**
   * Whether `R` is exactly the encoding of `S·B − k·A`, with `S` below the group's order: without the cofactor. A key
   * that is no point verifies nothing. The signature has 64 bytes.
   */
  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
}

/** What an Ed25519 private key does. */
export interface Ed25519PrivateOperations {
  readonly publicKey: Uint8Array;
  /** The signature of 64 bytes, always the same one for a message. */
  sign(message: Uint8Array): Awaitable<Uint8Array>;
}

/** X25519 (RFC 7748). A key is prepared once and kept. */
export interface X25519Backend {
  publicKey(bytes: Uint8Array): X25519PublicOperations;
  privateKey(scalar: Uint8Array): X25519PrivateOperations;
}

/** What an X25519 public key does. It is not of small order. */
export interface X25519PublicOperations {
  /** Agrees on a secret, with a key pair that is made for this and forgotten. */
  agreeOnce(): { readonly publicKey: Uint8Array; readonly secret: Uint8Array };
}

/** What an X25519 private key does. */
export interface X25519PrivateOperations {
  readonly publicKey: Uint8Array;
  /** The secret shared with the owner of a public key, which is not of small order. */
  agree(publicKey: Uint8Array): Uint8Array;
}

/** A cipher whose tag of 16 bytes proves that nothing was changed. */
export interface AuthenticatedCipher {
  seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array): Uint8Array;
  /** The plaintext; undefined when the tag is not the one of this ciphertext. */
  open(key: Uint8Array, nonce: Uint8Array, ciphertext: Uint8Array): Uint8Array | undefined;
}
