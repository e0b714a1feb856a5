/**
 * What the algorithms ask of the platform: digests, random bytes, and key operations on numbers that were checked before.
 * Encodings, paddings and checks are not here: they are the same on every platform.
 */
import type { Awaitable } from 'mkm';

/** The cryptography of a platform. */
export interface Backend {
  /** What it is called in tests, tools and logs: `native`, `portable`. No code depends on it. */
  readonly name: string;
  /** 32 bytes, in memory of their own: for addresses, for messages, and for wrong paddings of RSA. */
  sha256(data: Uint8Array): Uint8Array;
  /** 20 bytes: for addresses in the style of Bitcoin. */
  ripemd160(data: Uint8Array): Uint8Array;
  /** 32 bytes: for addresses in the style of Ethereum. */
  keccak256(data: Uint8Array): Uint8Array;
  /** Bytes for keys, from the platform's secure generator: drawn in this call. */
  randomBytes(length: number): Uint8Array;
  /** Bytes for IVs and nonces, from the same generator. They may be drawn in advance, as long as no two get the same. */
  randomNonce(length: number): Uint8Array;
  readonly rsa: RsaBackend;
  readonly secp256k1: Secp256k1Backend;
  readonly aesCbc: AesCbcBackend;
}

/** An RSA public key, checked. Numbers are big-endian without leading zeros. */
export interface RsaPublicComponents {
  readonly modulus: Uint8Array;
  readonly exponent: number;
  /** The key as PKCS#1 DER. */
  readonly pkcs1: Uint8Array;
}

/** An RSA private key, checked to be consistent. Numbers are big-endian without leading zeros. */
export interface RsaPrivateComponents {
  readonly publicKey: RsaPublicComponents;
  readonly privateExponent: Uint8Array;
  readonly primes: readonly [Uint8Array, Uint8Array];
  readonly exponents: readonly [Uint8Array, Uint8Array];
  readonly coefficient: Uint8Array;
  /** The key as PKCS#1 DER. */
  readonly pkcs1: Uint8Array;
}

/** RSA. A key is prepared once and kept. */
export interface RsaBackend {
  publicKey(components: RsaPublicComponents): RsaPublicOperations;
  privateKey(components: RsaPrivateComponents): RsaPrivateOperations;
  /** A new private key with exponent 65537, as PKCS#1 DER. */
  generate(bits: number): Awaitable<Uint8Array>;
}

/** What an RSA public key does. */
export interface RsaPublicOperations {
  /** RSASSA-PKCS1-v1_5 with SHA-256. The signature has the modulus's length. */
  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
  /** RSAES-PKCS1-v1_5. The plaintext is at least 11 bytes shorter than the modulus. */
  encrypt(plaintext: Uint8Array): Awaitable<Uint8Array>;
}

/** What an RSA private key does. */
export interface RsaPrivateOperations {
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(message: Uint8Array): Awaitable<Uint8Array>;
  /** The bare RSA operation; input and output have the modulus's length, and the input is below the modulus. */
  rawDecrypt(ciphertext: Uint8Array): Awaitable<Uint8Array>;
  /** RSAES-PKCS1-v1_5, where a platform has it; used only if it has implicit rejection, which is tried out. */
  readonly decrypt?: (ciphertext: Uint8Array) => Awaitable<Uint8Array>;
}

/** ECDSA over secp256k1 with SHA-256. Points are 65 bytes `04‖x‖y`, scalars 32, signatures 64 bytes `r‖s`. */
export interface Secp256k1Backend {
  publicKey(point: Uint8Array): Secp256k1PublicOperations;
  privateKey(scalar: Uint8Array, point: Uint8Array): Secp256k1PrivateOperations;
  /** The public point of a private scalar. */
  pointOf(scalar: Uint8Array): Uint8Array;
  /** A new private scalar. */
  generate(): Awaitable<Uint8Array>;
}

/** What a secp256k1 public key does. */
export interface Secp256k1PublicOperations {
  /** High S is accepted. */
  verify(message: Uint8Array, signature: Uint8Array): Awaitable<boolean>;
}

/** What a secp256k1 private key does. */
export interface Secp256k1PrivateOperations {
  /** S may be high. */
  sign(message: Uint8Array): Awaitable<Uint8Array>;
}

/** AES in CBC mode. A key of 16, 24 or 32 bytes is prepared once and kept; the bytes never change. */
export interface AesCbcBackend {
  key(bytes: Uint8Array): AesCbcOperations;
}

/**
 * What an AES key does in CBC mode: on whole blocks, without padding, and at once, since a message takes microseconds. The IV has 16
 * bytes. What comes out is as long as the blocks, in memory of its own.
 */
export interface AesCbcOperations {
  encryptBlocks(iv: Uint8Array, blocks: Uint8Array): Uint8Array;
  decryptBlocks(iv: Uint8Array, blocks: Uint8Array): Uint8Array;
}
