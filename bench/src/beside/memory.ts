/** What is held in memory: for parsed messages and IDs, and after very many IDs that were different. */
import { randomBytes } from 'node:crypto';
import { type ReliableMessage } from 'dimp';
import { encodeUtf8 } from 'dimp/extend';
import type { Side } from '../people/people.ts';

const HELD = 10_000;

/** Bytes. */
export interface Memory {
  /** For 10,000 messages that were decoded and are kept, and how many they are on the wire. */
  readonly messages: number;
  readonly onTheWire: number;
  /** For 10,000 IDs that were parsed and are kept. */
  readonly ids: number;
  /** What is held beyond the start after so many distinct IDs were parsed and dropped. */
  readonly afterDistinct: readonly { readonly count: number; readonly bytes: number }[];
}

export function measureMemory({ dim }: Side, distinct: readonly number[]): Memory {
  const bytes = encodeUtf8(
    JSON.stringify({
      sender: 'hulk@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc',
      receiver: 'moki@1NRffaQYmXvqpDsRLw9BYnkEAdLuDpPCNk',
      time: 1_700_000_000,
      data: randomBytes(512).toString('base64'),
      signature: randomBytes(128).toString('base64'),
    }),
  );
  const messages = heldBy(() => Array.from({ length: HELD }, (): ReliableMessage => dim.ReliableMessage.decode(bytes)));
  const ids = heldBy(() => parseDistinct(dim, HELD, true));
  const start = heapUsed();
  const afterDistinct: { count: number; bytes: number }[] = [];
  let done = 0;
  for (const count of distinct) {
    parseDistinct(dim, count - done, false);
    done = count;
    afterDistinct.push({ count, bytes: heapUsed() - start });
  }
  return { messages, onTheWire: HELD * bytes.length, ids, afterDistinct };
}

function parseDistinct(dim: Side['dim'], count: number, keep: boolean): unknown[] {
  const kept: unknown[] = [];
  for (let index = 0; index < count; index++) {
    const id = dim.ID.parse(`${randomBytes(6).toString('hex')}@126LCHc9Qcvp928puqyS3dphrDNrN4GzTc`);
    if (keep) kept.push(id);
  }
  return kept;
}

function heldBy(make: () => unknown): number {
  const before = heapUsed();
  const held = make();
  const after = heapUsed();
  // Whatever was made lives until here.
  if (held === undefined) throw new Error('nothing was made');
  return after - before;
}

function heapUsed(): number {
  const { gc } = globalThis;
  if (gc === undefined) throw new Error('the process was to be started with --expose-gc');
  gc();
  gc();
  const { heapUsed: used, external } = process.memoryUsage();
  return used + external;
}
