/** `documents.json`: visas and bulletins, signed and forged. */
import assert from 'node:assert/strict';
import { Bulletin, Visa, type JsonMap } from 'dimp';
import { dim } from '../dim.ts';
import type { LoadFile, Suite } from '../suite.ts';
import type { KeyCase } from './asymmetric-keys.ts';

interface Case {
  readonly id: string;
  readonly signer: string;
  readonly document: JsonMap;
  readonly type: string;
  readonly valid: boolean;
  readonly why?: string;
  readonly properties?: JsonMap;
  readonly name?: string;
  readonly avatar?: unknown;
  readonly founder?: string;
}

export const documents: Suite = (file, load) =>
  (file as { cases: Case[] }).cases.map((vector) => ({
    name: `${vector.type} of ${vector.id}: ${vector.why ?? 'valid'}`,
    run: () => checkDocument(vector, load),
  }));

async function checkDocument(vector: Case, load: LoadFile): Promise<void> {
  const { cases } = load('asymmetric-keys') as { cases: KeyCase[] };
  const signer = cases.find(({ name }) => name === vector.signer);
  assert.ok(signer, `asymmetric-keys.json has no key ${vector.signer}`);
  const document = dim.Document.parse(vector.document);
  assert.equal(await document.verify(dim.PublicKey.parse(signer.public)), vector.valid);
  assert.equal(document.type, vector.type);
  assert.ok(document.did.equals(dim.ID.parse(vector.id)));
  assert.deepEqual(JSON.parse(document.serialize()), vector.document);
  if (!vector.valid) return;
  if (vector.properties !== undefined) assert.deepEqual({ ...document.properties }, vector.properties);
  if (vector.name !== undefined) assert.equal(document.name, vector.name);
  if (document instanceof Visa) {
    assert.ok(document.encryptKey);
    if (vector.avatar !== undefined) assert.deepEqual(document.avatar?.toJSON(), vector.avatar);
  }
  if (document instanceof Bulletin && vector.founder !== undefined) {
    assert.equal(document.founder?.toString(), vector.founder);
  }
}
