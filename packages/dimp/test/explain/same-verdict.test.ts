/** An explanation says exactly what a messenger does, of everything that may come. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MemoryStore, TextContent, type JsonMap } from '../../src/index.ts';
import { encodeUtf8 } from '../../src/extend.ts';
import { alice, bob, carol, dim, group, mallory, mapOf, storeOf } from '../world.ts';
import { hostileBob, hostileStore, readVectors, storeKnowing, world } from './people.ts';
import { verdictsOf, type ReadOptions, type Reader } from './verdicts.ts';

/** The packages of which is said what does not happen. */
async function differencesIn(
  packages: Iterable<Uint8Array>,
  readers: readonly Reader[],
  options?: ReadOptions,
): Promise<readonly string[]> {
  const differences: string[] = [];
  for (const bytes of packages)
    for (const reader of readers) {
      const { explained, opened } = await verdictsOf(reader, bytes, options);
      if (explained !== opened) differences.push(`said: ${explained}, done: ${opened}`);
    }
  return differences;
}

const asBytes = (value: unknown) => encodeUtf8(JSON.stringify(value));

interface HostileCase {
  readonly name: string;
  readonly input: unknown;
}

/** Those that JSON can write; the runner of `tests/hostile` makes the others. */
const hostileCases = (name: string): readonly HostileCase[] =>
  readVectors<{ readonly cases: readonly HostileCase[] }>(`hostile/${name}.json`).cases.filter(
    ({ input }) => !JSON.stringify(input).includes('$gen'),
  );

const HOSTILE_NOW = { clock: () => 1_700_000_060 };

describe('hostile inputs', () => {
  let readers: readonly Reader[];
  beforeAll(async () => {
    const stores = [await hostileStore(true), await hostileStore(false)];
    readers = stores.map((store) => ({ dim, store, self: hostileBob }));
  });

  test.each(['messages', 'envelopes'])(
    '%s, read by one who knows the sender, and by one who does not',
    async (file) => {
      const packages = hostileCases(file).map(({ input }) => asBytes(input));
      expect(await differencesIn(packages, readers, HOSTILE_NOW)).toEqual([]);
    },
  );

  test('packages, in whatever bytes', async () => {
    const packages = hostileCases('json-packets').map(({ input }) => {
      const { text, hex } = input as { readonly text?: string; readonly hex?: string };
      return hex === undefined ? encodeUtf8(text ?? '') : new Uint8Array(Buffer.from(hex, 'hex'));
    });
    expect(await differencesIn(packages, readers, HOSTILE_NOW)).toEqual([]);
  });
});

describe('what another implementation wrote', () => {
  interface Case {
    readonly name: string;
    readonly message: JsonMap;
    readonly package: string;
    readonly readers: readonly string[];
    readonly sender: string;
    readonly reused_key?: JsonMap;
  }
  const { cases, forged } = readVectors<{
    readonly cases: readonly Case[];
    readonly forged: readonly { readonly message: JsonMap; readonly receiver: string }[];
  }>('messages.json');
  const NOW = { clock: () => 1_795_356_600 };

  test('for each of its readers, who know everybody, and for strangers', async () => {
    const known = new Map<string, MemoryStore>();
    for (const name of Object.keys(world)) known.set(name, await storeKnowing(world, name, 1_795_356_600));
    for (const { message, package: text, readers } of cases) {
      const all = readers.flatMap((name) =>
        [known.get(name) ?? new MemoryStore(), new MemoryStore()].map((store) => ({
          dim,
          store,
          self: dim.ID.parse(name),
        })),
      );
      expect(await differencesIn([asBytes(message), encodeUtf8(text)], all, NOW)).toEqual([]);
    }
  });

  test('forged', async () => {
    for (const { message, receiver } of forged) {
      const store = await storeKnowing(world, receiver, 1_795_356_600);
      const { explanation, explained, opened } = await verdictsOf(
        { dim, store, self: dim.ID.parse(receiver) },
        asBytes(message),
        NOW,
      );
      expect(explained).toBe(opened);
      expect(explanation.opening.is).not.toBe('opened');
    }
  });
});

describe('messages that are changed on their way', () => {
  let messages: readonly JsonMap[];
  let readers: readonly Reader[];
  beforeAll(async () => {
    const sender = dim.messenger({ self: alice.id, store: await storeOf(alice) });
    const toGroup = () => TextContent.create('hello', { group: group.id });
    const proven = { proveEnvelope: true };
    const packed = [
      await sender.pack(TextContent.create('hello'), bob.id, { introduce: true }),
      await sender.pack(TextContent.create('hello'), bob.id, { ...proven, reuseKey: true }),
      await sender.pack(toGroup(), group.id),
      await sender.pack(toGroup(), group.id, proven),
      await sender.pack(toGroup(), bob.id, { exposeGroup: true, wireShape: 'deployed' }),
      await sender.pack(TextContent.create('hello'), dim.ID.parse('anyone@anywhere'), proven),
      await sender.pack(TextContent.create('hello'), bob.id.at('phone'), { wireShape: '2.0', shortNames: true }),
    ];
    messages = packed.map((bytes) => mapOf(bytes) as JsonMap);
    const known = await storeOf(bob, [alice, bob, carol, mallory]);
    const hasRead = await storeOf(bob);
    const messenger = dim.messenger({ self: bob.id.at('phone'), store: hasRead });
    for (const bytes of packed) await messenger.unpack(bytes);
    readers = [
      { dim, store: known, self: bob.id.at('phone') },
      { dim, store: hasRead, self: bob.id.at('phone') },
      { dim, store: await storeOf(carol, [carol]), self: carol.id },
      { dim, store: new MemoryStore(), self: bob.id },
    ];
  });

  const names =
    'sender receiver time group type IV iv data key keys signature meta visa envelope_proof F R K D W content S';
  const field = fc.constantFrom(...names.split(' '), '__proto__');
  const at = fc.nat(6);
  /** Another value for a field: that of the same or another field of another message, or anything at all. */
  const change = fc.oneof(
    fc.record({ field, from: at, take: fc.constant(undefined) }),
    fc.record({ field, from: at, take: field }),
    fc.record({ field, value: fc.jsonValue({ maxDepth: 1 }) }),
    fc.record({ field, isGone: fc.constant(true) }),
  );
  const options = fc.record(
    {
      replay: fc.constantFrom(false as const, {}, { maxAge: 0 }),
      requireEnvelopeProof: fc.boolean(),
      maxTimeDifference: fc.constantFrom(1, 1000),
    },
    { requiredKeys: [] },
  );

  test('whatever changes: the same verdict, and nothing is kept', async () => {
    await fc.assert(
      fc.asyncProperty(at, fc.nat(3), fc.array(change, { maxLength: 2 }), options, async (index, who, changes, how) => {
        const reader = readers[who];
        if (reader === undefined) throw new Error('no reader');
        let map: { [name: string]: unknown } = { ...messages[index] };
        for (const one of changes) {
          const value =
            'from' in one ? messages[one.from]?.[one.take ?? one.field] : 'value' in one ? one.value : undefined;
          map = { ...map, [one.field]: value };
        }
        expect(await differencesIn([asBytes(map)], [reader], how)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('of several faults the one that a messenger ends with', async () => {
    const [, hasRead] = readers;
    if (hasRead === undefined) throw new Error('no reader');
    const [personal, proven, , , exposed] = messages;
    const packages = [
      // Read before, for a group that the content does not name, of another type, with a time that is far from the content's.
      { ...personal, group: group.id },
      { ...personal, type: '136', time: 5 },
      { ...exposed, type: '136', time: 5 },
      // For somebody else, signed by nobody, with a wrong proof.
      { ...proven, receiver: mallory.id, signature: 'AAAA', time: 5 },
      { ...proven, signature: 'AAAA', time: 5 },
    ].map((map) => asBytes(map));
    for (const how of [{}, { maxTimeDifference: 10 }, { clock: () => 5 }])
      expect(await differencesIn(packages, [hasRead], how)).toEqual([]);
  });

  test('any bytes', async () => {
    const [reader] = readers;
    if (reader === undefined) throw new Error('no reader');
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 50 }),
      fc.json().map((text) => encodeUtf8(text)),
      fc.tuple(at, fc.nat(), fc.nat(255)).map(([index, place, byte]) => {
        const whole = asBytes(messages[index]);
        whole[place % whole.length] = byte;
        return whole;
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        expect(await differencesIn([given], [reader])).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
