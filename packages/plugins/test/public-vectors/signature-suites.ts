/** Wycheproof's cases of signatures. */
import { DerTag, encodeDer, encodeDerInteger } from '../../src/coding/der.ts';
import { hex, toHex } from '../fixtures.ts';
import { Outcomes, type Suite, type WycheproofCase } from './wycheproof-file.ts';

/** What the cases are read as, where that is not what the file says. */
export interface SignatureReading {
  /** Whether a case that is neither valid nor invalid, or that this protocol judges otherwise, verifies. */
  readonly accepted?: (one: WycheproofCase) => boolean;
  /** The signature as it is on the wire. */
  readonly signatureOf?: (sig: Uint8Array) => Uint8Array;
}

/** All signatures of a file, with public keys as PEM: the valid ones verify, the others do not. */
export function signatures(algorithm: string, reading: SignatureReading = {}): Suite {
  const { accepted = ({ result }) => result === 'valid', signatureOf = (sig) => sig } = reading;
  return async ({ PublicKey }, file) => {
    const outcomes = new Outcomes();
    for (const { publicKeyPem, tests } of file.testGroups) {
      const key = PublicKey.parse({ algorithm, data: publicKeyPem });
      for (const one of tests) {
        outcomes.add(one, await key.verify(hex(one.msg), signatureOf(hex(one.sig))), accepted(one));
      }
    }
    return outcomes;
  };
}

/** RSA signatures that are made, byte by byte: the scheme has no random part. Other digests than SHA-256 are left out. */
export const rsaSigning: Suite = async ({ PrivateKey }, file) => {
  const outcomes = new Outcomes();
  const groups = file.testGroups.filter(({ sha }) => sha === 'SHA-256');
  for (const { privateKeyPem, tests } of groups) {
    const key = PrivateKey.parse({ algorithm: 'RSA', data: privateKeyPem });
    for (const one of tests) {
      const signature = await key.sign(hex(one.msg));
      const verifies = await key.publicKey.verify(hex(one.msg), hex(one.sig));
      outcomes.add(one, [toHex(signature), verifies], [one.sig, true]);
    }
  }
  return outcomes;
};

/** `r‖s` as the DER that this protocol has on the wire; what has another length stays as it is. */
export function compactAsDer(sig: Uint8Array): Uint8Array {
  if (sig.length !== 64) return sig;
  return encodeDer(DerTag.SEQUENCE, encodeDerInteger(sig.subarray(0, 32)), encodeDerInteger(sig.subarray(32)));
}
