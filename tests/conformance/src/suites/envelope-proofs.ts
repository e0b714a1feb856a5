/**
 * `envelope-proofs.json`: messages whose sender vouches for the envelope, and proofs that do not hold. The signer is one of
 * the world of `messages.json`, where its meta is.
 */
import assert from 'node:assert/strict';
import {
  DimError,
  proveEnvelope,
  verifyEnvelopeProof,
  verifyMessage,
  verifyMeta,
  type JsonMap,
  type VerifiedMeta,
} from 'dimp';
import { changeFields } from 'dimp/extend';
import { ENVELOPE_PROOF } from 'dimp/internal';
import { decodeHex } from 'dimplugins/coding';
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
  readonly signer: { readonly id: string; readonly public: object; readonly private: object };
  readonly cases: readonly Case[];
}

interface WorldFile {
  readonly world: { readonly [id: string]: { readonly meta: object } };
}

export const envelopeProofs: Suite = async (file, load) => {
  const { signer, cases } = file as ProofsFile;
  const { world } = load('messages') as WorldFile;
  const meta = await verifyMeta(dim.Meta.parse(world[signer.id]?.meta), dim.ID.parse(signer.id));
  assert.ok(meta, "the signer's meta must verify");
  assert.deepEqual(meta.publicKey.data, dim.PublicKey.parse(signer.public).data);
  return cases.map((vector): Check => ({
    name: vector.name,
    run: () => (vector.valid ? checkValid(signer, meta, vector) : checkRefused(meta, vector)),
  }));
};

async function checkValid(signer: ProofsFile['signer'], meta: VerifiedMeta, vector: Case): Promise<void> {
  assert.ok(await isProven(meta, vector.message), 'the proof must hold');
  const message = dim.ReliableMessage.parse(vector.message);
  const { signature } = message.envelopeProof ?? assert.fail('the message has no proof');
  const statement = decodeHex(vector.statement_hex ?? '');
  assert.ok(await dim.PublicKey.parse(signer.public).verify(statement, signature), 'the proof must sign the statement');
  if (vector.written !== true) return;
  const unproven = dim.ReliableMessage.parse(changeFields(vector.message, { [ENVELOPE_PROOF]: undefined }));
  const proven = await proveEnvelope(dim, unproven, dim.PrivateKey.parse(signer.private));
  assert.deepEqual(proven.toMap(), vector.message);
}

async function checkRefused(meta: VerifiedMeta, { message }: Case): Promise<void> {
  let proven: boolean;
  try {
    proven = await isProven(meta, message);
  } catch (error) {
    // It may also be refused when it is read.
    assert.ok(error instanceof DimError, 'it must be refused with a DimError');
    return;
  }
  assert.equal(proven, false, 'the proof must not hold');
}

async function isProven(meta: VerifiedMeta, fields: JsonMap): Promise<boolean> {
  const verified = await verifyMessage(dim.ReliableMessage.parse(fields), [meta]);
  assert.ok(verified, 'the message itself must verify');
  return verifyEnvelopeProof(dim, verified);
}
