/** `metas.json`: metas as maps; or `{ meta, id }`, where the meta must match the ID. */
import { verifyMeta, type Meta } from 'dimp';
import { dim } from '../dim.ts';
import type { Step, Subject, Suite } from '../suite.ts';

export const metas: Suite = (subject) => {
  const pair = pairOf(subject);
  let meta: Meta;
  const steps: Step[] = [
    { name: 'parse', run: () => (meta = dim.Meta.parse(pair?.meta ?? subject.input)) },
    { name: 'verify', run: () => meta.verify() },
  ];
  if (pair !== undefined) steps.push({ name: 'match', run: () => verifyMeta(meta, dim.ID.parse(pair.id)) });
  return steps;
};

/** Told by the case as it is written: the value itself may be a proxy. */
function pairOf({ vector, input }: Subject): { readonly meta: unknown; readonly id: unknown } | undefined {
  const written = vector.input;
  const isPair = typeof written === 'object' && written !== null && 'meta' in written && 'id' in written;
  return isPair ? (input as { meta: unknown; id: unknown }) : undefined;
}
