/**
 * What is said of packets as they come: of deployed clients and stations, damaged, and of something else. `packets.json` has them,
 * with what a person was found to need to hear of each.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { explainMessage, MemoryStore, openMessage, type MessageExplanation, type Store } from '../../src/index.ts';
import { encodeUtf8 } from '../../src/extend.ts';
import { dim } from '../world.ts';
import { hostileBob, hostileStore, storeKnowing, type People } from './people.ts';
import { checkShape, verdictsOf } from './verdicts.ts';

interface Packet {
  readonly name: string;
  readonly text?: string;
  readonly hex?: string;
  /** `hostile` for the people of the hostile messages; those of this file, if absent. */
  readonly world?: 'hostile';
  /** For whom it is opened. */
  readonly reader?: string;
  /** Whom the reader knows, but for themselves. */
  readonly knows?: readonly string[];
  /** Whether the reader has read it already. */
  readonly wasRead?: boolean;
  /** Outcome and sentence of each step. */
  readonly says: readonly string[];
}

const { people, packets } = JSON.parse(readFileSync(new URL('./packets.json', import.meta.url), 'utf8')) as {
  readonly people: People;
  readonly packets: readonly Packet[];
};

/** Some minutes after the packets of each world were written, in seconds since 1970. */
const NOW = { hostile: 1_700_000_060, network: 1_795_643_000 };

const bytesOf = ({ text, hex }: Packet) =>
  hex === undefined ? encodeUtf8(text ?? '') : new Uint8Array(Buffer.from(hex, 'hex'));

async function storeFor({ world, reader, knows = [] }: Packet): Promise<Store> {
  if (world === 'hostile') return hostileStore(true);
  const known = Object.entries(people).filter(([id]) => id === reader || knows.includes(id));
  return reader === undefined && known.length === 0
    ? new MemoryStore()
    : storeKnowing(Object.fromEntries(known), reader, NOW.network);
}

async function explain(packet: Packet): Promise<MessageExplanation> {
  const { world = 'network', reader } = packet;
  const clock = () => NOW[world];
  const bytes = bytesOf(packet);
  const store = await storeFor(packet);
  if (reader === undefined) {
    const explanation = await explainMessage(dim, bytes, { memory: store, clock });
    checkShape(explanation);
    return explanation;
  }
  const self = world === 'hostile' ? hostileBob : dim.ID.parse(reader);
  if (packet.wasRead === true) {
    const { changes } = await openMessage(dim, store, dim.ReliableMessage.decode(bytes), { self, clock });
    await store.commit(changes);
  }
  const { explanation, explained, opened } = await verdictsOf({ dim, store, self }, bytes, { clock });
  expect(explained).toBe(opened);
  return explanation;
}

describe('packets', () => {
  test.each(packets)('$name', async (packet) => {
    const { steps } = await explain(packet);
    expect(steps.map(({ of, outcome, says }) => `${outcome} ${of}: ${says}`)).toEqual(packet.says);
  });
});
