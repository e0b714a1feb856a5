/** `envelope-proofs.json`: messages whose sender vouches for the envelope, and proofs that do not hold. */
import assert from 'node:assert/strict';
import {
  changeFields,
  DimError,
  ENVELOPE_PROOF,
  proveEnvelope,
  verifyEnvelopeProof,
  verifyMessage,
  type JsonMap,
} from 'dimp';
import { decodeHex } from 'dimplugins';
import { dim } from '../dim.ts';
import type { Check, Suite } from '../suite.ts';

interface Case {
  readonly name: string;
  readonly message: JsonMap;
  readonly statement_hex?: string;
  readonly valid: boolean;
  readonly written?: boolean;
}

interface ProofsFile {
  readonly signer: { readonly public: object; readonly private: object };
  readonly cases: readonly Case[];
}

export const envelopeProofs: Suite = (file) => {
  const { signer, cases } = file as ProofsFile;
  return cases.map((vector): Check => ({
    name: vector.name,
    run: () => (vector.valid ? checkValid(signer, vector) : checkRefused(signer, vector)),
  }));
};

async function checkValid(signer: ProofsFile['signer'], vector: Case): Promise<void> {
  assert.ok(await isProven(signer, vector.message), 'the proof must hold');
  const message = dim.ReliableMessage.parse(vector.message);
  const { signature } = message.envelopeProof ?? assert.fail('the message has no proof');
  const statement = decodeHex(vector.statement_hex ?? '');
  assert.ok(await dim.PublicKey.parse(signer.public).verify(statement, signature), 'the proof must sign the statement');
  if (vector.written !== true) return;
  const unproven = dim.ReliableMessage.parse(changeFields(vector.message, { [ENVELOPE_PROOF]: undefined }));
  const proven = await proveEnvelope(unproven, dim.PrivateKey.parse(signer.private));
  assert.deepEqual(proven.toMap(), vector.message);
}

async function checkRefused(signer: ProofsFile['signer'], { message }: Case): Promise<void> {
  let proven: boolean;
  try {
    proven = await isProven(signer, message);
  } catch (error) {
    // It may also be refused when it is read.
    assert.ok(error instanceof DimError, 'it must be refused with a DimError');
    return;
  }
  assert.equal(proven, false, 'the proof must not hold');
}

async function isProven(signer: ProofsFile['signer'], fields: JsonMap): Promise<boolean> {
  const verified = await verifyMessage(dim.ReliableMessage.parse(fields), [dim.PublicKey.parse(signer.public)]);
  assert.ok(verified, 'the message itself must verify');
  return verifyEnvelopeProof(verified);
}
