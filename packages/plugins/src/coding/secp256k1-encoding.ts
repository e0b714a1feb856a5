/** secp256k1 keys as DER: SPKI (RFC 5480) and PKCS#8 around SEC1 (RFC 5915). */
import { DerTag, encodeDer, encodeDerBitString, encodeDerInteger } from './der.ts';

/** 1.2.840.10045.2.1, id-ecPublicKey. */
export const EC_PUBLIC_KEY = Uint8Array.of(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01);

/** 1.3.132.0.10, secp256k1. */
export const SECP256K1 = Uint8Array.of(0x2b, 0x81, 0x04, 0x00, 0x0a);

/** A point as SPKI. */
export function encodeSpki(point: Uint8Array): Uint8Array {
  return encodeDer(DerTag.SEQUENCE, encodeAlgorithm(), encodeDerBitString(point));
}

/** A private scalar and its point as PKCS#8. */
export function encodePkcs8(scalar: Uint8Array, point: Uint8Array): Uint8Array {
  const sec1 = encodeDer(
    DerTag.SEQUENCE,
    encodeDerInteger(Uint8Array.of(1)),
    encodeDer(DerTag.OCTET_STRING, scalar),
    encodeDer(DerTag.CONTEXT_1, encodeDerBitString(point)),
  );
  return encodeDer(
    DerTag.SEQUENCE,
    encodeDerInteger(Uint8Array.of(0)),
    encodeAlgorithm(),
    encodeDer(DerTag.OCTET_STRING, sec1),
  );
}

function encodeAlgorithm(): Uint8Array {
  return encodeDer(
    DerTag.SEQUENCE,
    encodeDer(DerTag.OBJECT_IDENTIFIER, EC_PUBLIC_KEY),
    encodeDer(DerTag.OBJECT_IDENTIFIER, SECP256K1),
  );
}
