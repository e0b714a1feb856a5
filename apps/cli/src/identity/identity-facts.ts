/** What is told of an identity. */
import { EntityType, Visa, type Document, type ID, type JsonMap, type Meta } from 'dimp';
import { printable } from '../text/printable.ts';
import { minuteText } from '../text/time.ts';

/** What is known of it. */
export interface IdentityFacts {
  readonly id: ID;
  readonly meta: Meta | undefined;
  /** The newest first. */
  readonly documents: readonly Document[];
  /** Whether the private keys are in this home. */
  readonly isOwn: boolean;
}

/** The documented shape: `{ id, type, name, meta: { type, algorithm, seed } | null, visas: [{ terminal, time, name, keys }], isOwn }`. */
export function identityJson({ id, meta, documents, isOwn }: IdentityFacts): JsonMap {
  return {
    id: id.toString(),
    type: typeName(id),
    name: documents[0]?.name ?? null,
    isOwn,
    meta: meta === undefined ? null : { type: meta.type, algorithm: meta.publicKey.algorithm, seed: meta.seed ?? null },
    visas: visasOf(documents).map((visa) => ({
      terminal: visa.terminal ?? null,
      name: visa.name ?? null,
      time: visa.time ?? null,
      keys: visa.encryptKeys.map(({ algorithm }) => algorithm),
    })),
  };
}

/** The same for people. */
export function identityText(facts: IdentityFacts): string {
  const { id, meta, documents, isOwn } = facts;
  const rows = [
    ['name', documents[0]?.name ?? 'not known'],
    ['ID', id.toString()],
    ['type', `${typeName(id)}${isOwn ? ', of this home' : ''}`],
    ['meta', meta === undefined ? 'not known' : `type ${meta.type}, ${meta.publicKey.algorithm}`],
    ...visasOf(documents).map((visa) => [
      'device',
      `${visa.terminal ?? 'any'}, since ${visa.time === undefined ? 'ever' : minuteText(visa.time)}, ${visa.encryptKeys.map(({ algorithm }) => algorithm).join(', ')}`,
    ]),
  ];
  return rows.map(([name = '', value = '']) => `${name.padEnd(8)}${printable(value)}`).join('\n');
}

function visasOf(documents: readonly Document[]): readonly Visa[] {
  return documents.filter((document) => document instanceof Visa);
}

function typeName({ type }: ID): string {
  const [name] = Object.entries(EntityType).find(([, value]) => value === type) ?? [];
  return (name ?? String(type)).toLowerCase();
}
