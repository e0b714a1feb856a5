/**
 * RSA keys as numbers, from DER, and the checks that make them safe to use. Platforms load keys that verify forged
 * signatures (an exponent of 1), or that give away the private key by a faulty signature (wrong CRT values).
 */
import { DimError } from 'mkm';
import type { RsaPrivateComponents, RsaPublicComponents } from '../backend/backend.ts';
import { equalBytes } from './byte-argument.ts';
import { bigIntOf } from './big-integers.ts';
import { DerTag, encodeDer, encodeDerBitString, encodeDerInteger, readDer, type DerReader } from './der.ts';
import { checkModulus } from './rsa-modulus.ts';

/** 1.2.840.113549.1.1.1, rsaEncryption. */
const RSA_ENCRYPTION = /* @__PURE__ */ Uint8Array.of(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01);

/** Bits of a number without leading zeros. */
export function bitLength(number: Uint8Array): number {
  return number.length * 8 - (Math.clz32(number[0] ?? 0) - 24);
}

/** Whether two public keys are the same. */
export function sameRsaKey(one: RsaPublicComponents, other: RsaPublicComponents): boolean {
  return one.exponent === other.exponent && equalBytes(one.modulus, other.modulus);
}

/**
 * Reads a public key, SPKI or PKCS#1: old writers put either under either label.
 * @throws DimError `INPUT_FORMAT`, `INPUT_KEY`, `UNSUPPORTED_ALGORITHM`
 */
export function parseRsaPublicKey(der: Uint8Array): RsaPublicComponents {
  const pkcs1 = readDer(der, (reader) =>
    reader.sequence((key) => {
      if (key.nextIs(DerTag.SEQUENCE)) {
        readAlgorithm(key);
        return key.bitString();
      }
      key.integer();
      key.integer();
      return der;
    }),
  );
  return readDer(pkcs1, (reader) => reader.sequence((key) => checkPublicKey(key.integer(), key.integer(), pkcs1)));
}

/**
 * Reads a private key, PKCS#8 or PKCS#1.
 * @throws DimError `INPUT_FORMAT`, `INPUT_KEY`, `UNSUPPORTED_ALGORITHM`
 */
export function parseRsaPrivateKey(der: Uint8Array): RsaPrivateComponents {
  const pkcs1 = readDer(der, (reader) => reader.sequence((key) => unwrapPkcs8(key) ?? der));
  return readDer(pkcs1, (reader) =>
    reader.sequence((key) => {
      readVersion(key);
      const publicKey = checkPublicKey(key.integer(), key.integer());
      const components: RsaPrivateComponents = {
        publicKey,
        privateExponent: key.integer(),
        primes: [key.integer(), key.integer()],
        exponents: [key.integer(), key.integer()],
        coefficient: key.integer(),
        pkcs1,
      };
      checkPrivateKey(components);
      return components;
    }),
  );
}

/** A public key as SPKI DER. */
export function encodeRsaSpki(key: RsaPublicComponents): Uint8Array {
  return encodeDer(DerTag.SEQUENCE, encodeAlgorithm(), encodeDerBitString(key.pkcs1));
}

/** A private key as PKCS#8 DER. */
export function encodeRsaPkcs8(key: RsaPrivateComponents): Uint8Array {
  const version = encodeDerInteger(new Uint8Array(1));
  return encodeDer(DerTag.SEQUENCE, version, encodeAlgorithm(), encodeDer(DerTag.OCTET_STRING, key.pkcs1));
}

function encodeAlgorithm(): Uint8Array {
  const oid = encodeDer(DerTag.OBJECT_IDENTIFIER, RSA_ENCRYPTION);
  return encodeDer(DerTag.SEQUENCE, oid, encodeDer(DerTag.NULL));
}

function readAlgorithm(reader: DerReader): void {
  reader.sequence((algorithm) => {
    if (!equalBytes(algorithm.element(DerTag.OBJECT_IDENTIFIER), RSA_ENCRYPTION)) {
      throw new DimError('UNSUPPORTED_ALGORITHM', 'is not a plain RSA key');
    }
    if (algorithm.element(DerTag.NULL).length !== 0) throw new DimError('INPUT_FORMAT', 'must be DER of a key');
  });
}

/** The PKCS#1 key in PKCS#8; undefined when the sequence is PKCS#1 itself, which is then read to its end. */
function unwrapPkcs8(key: DerReader): Uint8Array | undefined {
  readVersion(key);
  if (key.nextIs(DerTag.SEQUENCE)) {
    readAlgorithm(key);
    const pkcs1 = key.element(DerTag.OCTET_STRING);
    // Attributes say nothing about the key.
    if (key.nextIs(DerTag.CONTEXT_0)) key.element(DerTag.CONTEXT_0);
    return pkcs1;
  }
  for (let numbers = 0; numbers < 8; numbers++) key.integer();
  return undefined;
}

function readVersion(key: DerReader): void {
  const [version] = key.integer();
  // Version 1 of PKCS#1 is a key of more than two primes.
  if (version !== 0) throw new DimError('UNSUPPORTED_ALGORITHM', 'is of an unknown version');
}

function checkPublicKey(modulus: Uint8Array, exponentBytes: Uint8Array, pkcs1?: Uint8Array): RsaPublicComponents {
  checkModulus(modulus);
  const exponent = exponentBytes.length > 4 ? 0 : Number(bigIntOf(exponentBytes));
  if (exponent < 3 || exponent % 2 === 0) {
    throw new DimError('INPUT_KEY', 'the exponent of an RSA key must be odd, at least 3 and of at most 32 bits');
  }
  return {
    modulus,
    exponent,
    pkcs1: pkcs1 ?? encodeDer(DerTag.SEQUENCE, encodeDerInteger(modulus), encodeDerInteger(exponentBytes)),
  };
}

function checkPrivateKey(key: RsaPrivateComponents): void {
  const n = bigIntOf(key.publicKey.modulus);
  const e = BigInt(key.publicKey.exponent);
  const d = bigIntOf(key.privateExponent);
  const [p, q] = [bigIntOf(key.primes[0]), bigIntOf(key.primes[1])];
  const consistent =
    p > 1n &&
    q > 1n &&
    p * q === n &&
    d < n &&
    (e * d) % (p - 1n) === 1n &&
    (e * d) % (q - 1n) === 1n &&
    bigIntOf(key.exponents[0]) === d % (p - 1n) &&
    bigIntOf(key.exponents[1]) === d % (q - 1n) &&
    // Says that p and q differ, too.
    bigIntOf(key.coefficient) < p &&
    (bigIntOf(key.coefficient) * q) % p === 1n;
  if (!consistent) throw new DimError('INPUT_KEY', 'the numbers of this RSA private key do not belong together');
}
