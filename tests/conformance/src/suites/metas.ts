/** `metas.json`: metas with the IDs that they give, and tampered ones. */
import assert from 'node:assert/strict';
import { DimError, verifyMeta } from 'dimp';
import { dim } from '../dim.ts';
import type { Suite } from '../suite.ts';
import { checkId, type IdFacts } from './ids.ts';

interface Case {
  readonly key: string;
  readonly meta: unknown;
  readonly valid: boolean;
  readonly why?: string;
  readonly ids?: readonly (Omit<IdFacts, 'name'> & { readonly name?: string | null; readonly network: number })[];
}

export const metas: Suite = (file) =>
  (file as { cases: Case[] }).cases.map((vector) => ({
    name: `${vector.key}: ${vector.why ?? 'valid'}`,
    run: async () => (vector.valid ? checkValid(vector) : checkForged(vector)),
  }));

async function checkValid(vector: Case): Promise<void> {
  const meta = dim.Meta.parse(vector.meta);
  assert.equal(await meta.verify(), true);
  assert.deepEqual(JSON.parse(meta.serialize()), vector.meta);
  for (const { network, ...facts } of vector.ids ?? []) {
    const id = meta.id(network);
    checkId(id, { ...facts, name: facts.name ?? null });
    assert.ok(await verifyMeta(meta, dim.ID.parse(facts.id)));
    assert.equal(
      meta.matches(dim.ID.parse(facts.name ? facts.address : `other@${facts.address}`)),
      false,
      'matches another name',
    );
  }
}

async function checkForged(vector: Case): Promise<void> {
  const read = dim.Meta.safeParse(vector.meta);
  if (read.ok) assert.equal(await read.value.verify(), false, 'a tampered meta verifies');
  else assert.ok(read.error instanceof DimError);
}
