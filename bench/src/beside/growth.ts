/** Whether the cost grows as the input does: over four sizes, the cost of each unit. */
import { TextContent } from 'dimp';
import { rateWarm, type Effort, type Rates } from '../measuring/turns.ts';
import { makePeople, makeUser, storeOf, type Side } from '../people/people.ts';

const MEMBERS = [8, 32, 128, 512];
const KIB = [1, 16, 256, 4096];

/** One curve. */
export interface Growth {
  readonly name: string;
  readonly unit: string;
  /** Nanoseconds for each unit at each size. */
  readonly points: readonly { readonly size: number; readonly nanoseconds: number }[];
}

export async function measureGrowth({ dim }: Side, effort: Effort): Promise<readonly Growth[]> {
  const founder = await makeUser(dim, 'founder');
  const people = await makePeople(dim, Math.max(...MEMBERS));
  const packing = await Promise.all(
    MEMBERS.map(async (size) => {
      const members = people.slice(0, size);
      const store = await storeOf(dim, founder, members);
      const ids = members.map(({ id }) => id);
      const group = await dim.createGroup({ founder, members: ids, name: 'Team', seed: `g${size}` });
      await dim.addGroup(store, { ...group, members: ids });
      const messenger = dim.messenger({ self: founder.id, store });
      return {
        name: String(size),
        times: size,
        run: () => messenger.pack(TextContent.create('Hello', { group: group.id }), group.id),
      };
    }),
  );
  const parsing = KIB.map((size) => {
    const bytes = new TextEncoder().encode(
      JSON.stringify({
        sender: founder.id,
        receiver: founder.id,
        time: 1,
        data: 'A'.repeat(size * 1024),
        signature: 'AAAA',
      }),
    );
    return { name: String(size), times: size, run: () => dim.ReliableMessage.decode(bytes) };
  });
  return [
    { name: 'group pack', unit: 'member', points: pointsOf(MEMBERS, await rateWarm(packing, effort)) },
    { name: 'message decode', unit: 'KiB', points: pointsOf(KIB, await rateWarm(parsing, effort)) },
  ];
}

function pointsOf(sizes: readonly number[], rates: Rates): Growth['points'] {
  return sizes.map((size) => ({ size, nanoseconds: 1e9 / (rates[String(size)] ?? Number.NaN) }));
}
