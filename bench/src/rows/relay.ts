/** What a station does: reads where a message goes, and forwards the bytes that came. And what a client reads. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { TextContent } from 'dimp';
import { BOUND, OURS, type Row } from '../row.ts';
import { makeUser, storeOf, type Side } from '../world.ts';

const KIB = [1, 16, 256];

export async function relayRows([main]: readonly Side[]): Promise<readonly Row[]> {
  if (main === undefined) return [];
  const { dim } = main;
  const [alice, bob] = await Promise.all([makeUser(dim, 'alice'), makeUser(dim, 'bob')]);
  const atAlice = dim.messenger({ self: alice.id, store: await storeOf(dim, alice, [bob]) });
  const decoder = new TextDecoder();
  return Promise.all(
    KIB.map(async (size): Promise<Row> => {
      const text = randomBytes((size * 1024 * 9) / 32).toString('hex');
      const bytes = await atAlice.pack(TextContent.create(text), bob.id);
      return {
        name: `relay reads an envelope of ${size} KiB`,
        ...(size === 16 && { target: { ofBound: 1 / 1.15 } }),
        note: 'bound: JSON.parse of the text',
        contenders: async () => [
          { name: OURS, run: () => dim.Envelope.decode(bytes).receiver },
          { name: BOUND, run: () => JSON.parse(decoder.decode(bytes)) as unknown },
        ],
      };
    }),
  );
}

/** One content of each kind in the published vectors. */
export function contentRows([main]: readonly Side[]): readonly Row[] {
  if (main === undefined) return [];
  const { dim } = main;
  const text = readFileSync(new URL('../../../vectors/contents.json', import.meta.url), 'utf8');
  const { cases } = JSON.parse(text) as { readonly cases: readonly { readonly wire: object }[] };
  const byKind = new Map(cases.map(({ wire }) => [dim.Content.parse(wire).kind, wire]));
  return [...byKind].map(([kind, wire]) => ({
    name: `content parse, ${kind}`,
    contenders: async () => [{ name: OURS, run: () => dim.Content.parse(wire) }],
  }));
}
