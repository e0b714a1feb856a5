/** `ids.json`: IDs with what they parse to, and texts that nobody may accept. */
import assert from 'node:assert/strict';
import type { ID } from 'dimp';
import { dim } from '../dim.ts';
import { refuses, type Suite } from '../suite.ts';

/** What the vectors say of an ID. */
export interface IdFacts {
  readonly id: string;
  readonly name: string | null;
  readonly address: string;
  readonly terminal?: string | null;
  readonly type: number;
  readonly is_user: boolean;
  readonly is_group: boolean;
  readonly is_broadcast: boolean;
}

/** Compares an ID with what the vectors say of it. */
export function checkId(id: ID, facts: IdFacts): void {
  assert.deepEqual(
    {
      id: id.toString(),
      name: id.name ?? null,
      address: id.address.toString(),
      terminal: id.terminal ?? null,
      type: id.type,
      is_user: id.isUser,
      is_group: id.isGroup,
      is_broadcast: id.isBroadcast,
    },
    { ...facts, name: facts.name ?? null, terminal: facts.terminal ?? null },
  );
}

export const ids: Suite = (file) => {
  const { cases, rejected } = file as { cases: IdFacts[]; rejected: { id: string; why: string }[] };
  return [
    ...cases.map((facts) => ({ name: facts.id, run: () => checkId(dim.ID.parse(facts.id), facts) })),
    ...rejected.map(({ id, why }) => ({
      name: `refused: ${why}`,
      run: async () => void (await refuses(() => dim.ID.parse(id), `an ID that is ${why}`)),
    })),
  ];
};
