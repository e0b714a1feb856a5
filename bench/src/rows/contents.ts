/** One content of each kind in the published vectors. */
import { readFileSync } from 'node:fs';
import type { Row } from './row.ts';

interface Vector {
  readonly name: string;
  readonly wire: object;
}

export function contentRows(): readonly Row[] {
  const text = readFileSync(new URL('../../../vectors/contents.json', import.meta.url), 'utf8');
  const { cases } = JSON.parse(text) as { readonly cases: readonly Vector[] };
  const byKind = new Map(cases.map(({ name, wire }) => [name.replace(/ \d+$/, ''), wire]));
  return [...byKind].map(([kind, wire]) => ({
    name: `content parse, ${kind}`,
    isAside: true,
    contenders: async ({ name, dim }) => [{ name, run: () => dim.Content.parse(wire) }],
  }));
}
