/** What a station does: reads where a message goes, and forwards the bytes that came. */
import { randomBytes } from 'node:crypto';
import { TextContent } from 'dimp';
import { readUser, storeOf } from '../people/people.ts';
import { BOUND, type Part, type Row } from './row.ts';

/** By their sizes in KiB. The smallest is to be no slower than before larger ones were skipped through: 0.54 of the bound. */
const TARGETS: ReadonlyMap<number, Part> = new Map<number, Part>([
  [1, 0.54],
  [16, 2],
  [256, 30],
]);

export function relayRows(): readonly Row[] {
  return [...TARGETS].map(([size, ofBound]): Row => ({
    name: `relay reads an envelope of ${size} KiB`,
    target: { ofBound },
    note: 'bound: JSON.parse of the text',
    contenders: async ({ name, dim }, fixtures) => {
      const [alice, bob] = [readUser(dim, fixtures.alice), readUser(dim, fixtures.bob)];
      const atAlice = dim.messenger({ self: alice.id, store: await storeOf(dim, alice, [bob]) });
      const text = randomBytes((size * 1024 * 9) / 32).toString('hex');
      const bytes = await atAlice.pack(TextContent.create(text), bob.id);
      const decoder = new TextDecoder();
      return [
        { name, run: () => dim.Envelope.decode(bytes).receiver },
        { name: BOUND, run: () => JSON.parse(decoder.decode(bytes)) as unknown },
      ];
    },
  }));
}
