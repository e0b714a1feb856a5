/** ECDSA signatures: strict DER on the wire, 64 bytes `r‖s` inside. */
import { bigIntOf, bytesOfBigInt } from '../../coding/big-integers.ts';
import { DerTag, encodeDer, encodeDerInteger, readDer, type DerReader } from '../../coding/der.ts';
import { FIELD_BYTES, SECP256K1_ORDER } from './secp256k1-curve.ts';

/** `r‖s` as DER. Of the two values of S that verify, the low one is written. */
export function encodeEcdsaSignature(compact: Uint8Array): Uint8Array {
  const s = bigIntOf(compact.subarray(FIELD_BYTES));
  const low = s > SECP256K1_ORDER / 2n ? SECP256K1_ORDER - s : s;
  return encodeDer(
    DerTag.SEQUENCE,
    encodeDerInteger(compact.subarray(0, FIELD_BYTES)),
    encodeDerInteger(bytesOfBigInt(low, FIELD_BYTES)),
  );
}

/** DER as `r‖s`; undefined when it is malformed. S may be high. */
export function decodeEcdsaSignature(der: Uint8Array): Uint8Array | undefined {
  const compact = new Uint8Array(2 * FIELD_BYTES);
  try {
    readDer(der, (reader) =>
      reader.sequence((numbers) => {
        readNumber(numbers, compact.subarray(0, FIELD_BYTES));
        readNumber(numbers, compact.subarray(FIELD_BYTES));
      }),
    );
  } catch {
    return undefined;
  }
  return compact;
}

function readNumber(reader: DerReader, target: Uint8Array): void {
  const digits = reader.integer();
  // Fails when there are more digits than fit.
  target.set(digits, target.length - digits.length);
}
