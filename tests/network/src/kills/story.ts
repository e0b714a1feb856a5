/**
 * What a writing process does, step by step. Each step follows from the seed and its number alone: so whoever knows how many were
 * made knows all that must be there.
 */
import { createDim, type Change, type ID, type KeyDirection, type ReadMark } from 'dimp';
import { keyDigest } from 'dimp/extend';
import { standardPlugin } from 'dimplugins';
import type { ClientStore, Row, RowChange } from 'dimsdk';
import { below, chance } from './chance.ts';

export const dim = createDim({ plugins: [standardPlugin()] });

const ADDRESS = '4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk';
const idOf = (name: string): ID => dim.ID.parse(`${name}@${ADDRESS}`);

/** Who reads, and who writes. */
const READER = idOf('reader');
const SENDERS = ['a', 'b', 'c'].map(idOf);

/** The table of the story, and the one where each step leaves a note. */
const STORY = 'app-story';
const STEPS = 'app-steps';

const KEYS = 40;
const PARTITIONS = 4;

/** The commit of a step. */
export interface Step {
  readonly changes: readonly Change[];
  readonly rows: readonly RowChange[];
}

export async function stepOf(seed: number, number: number): Promise<Step> {
  const numbers = chance(seed, `step ${number}`);
  const sender = SENDERS[below(numbers, SENDERS.length)] ?? READER;
  const direction: KeyDirection = { sender, destination: READER };
  const key = dim.SymmetricKey.parse({
    algorithm: 'AES',
    data: Buffer.from(Uint8Array.from({ length: 32 }, () => below(numbers, 256))).toString('base64'),
  });
  const changes: Change[] = [{ do: 'mark-read', mark: markOf(seed, number) }];
  if (below(numbers, 3) === 0)
    changes.push({
      do: 'keep-message-key',
      direction,
      use: 'receive',
      // As of a sender who makes a new one now and then.
      entry: { key, digest: String(below(numbers, 8)), time: number },
    });
  if (below(numbers, 5) === 0) changes.push({ do: 'set-members', group: READER, members: SENDERS.slice(number % 3) });
  const rows: RowChange[] = [
    {
      do: 'put-row',
      row: { table: STEPS, key: String(number), partition: '', order: number, value: {} },
      where: 'absent',
    },
  ];
  for (let count = 1 + below(numbers, 6); count > 0; count--) rows.push(rowChange(numbers, number));
  return { changes, rows };
}

function rowChange(numbers: Generator<number, never>, number: number): RowChange {
  const key = `key ${below(numbers, KEYS)}`;
  const partition = `partition ${below(numbers, PARTITIONS)}`;
  const kind = below(numbers, 20);
  if (kind === 0) return { do: 'delete-partition', table: STORY, partition };
  if (kind < 5) return { do: 'delete-row', table: STORY, key };
  const text = 'words '.repeat(below(numbers, 500));
  const row: Row = { table: STORY, key, partition, order: below(numbers, 10), value: { number, text } };
  if (kind < 16) return { do: 'put-row', row };
  return { do: 'put-row', row: { ...row, bytes: new Uint8Array(below(numbers, 20_000)).fill(number) } };
}

/** The mark of a step. */
export function markOf(seed: number, number: number): ReadMark {
  const sender = SENDERS[number % SENDERS.length] ?? READER;
  return { reader: READER, sender, id: `${seed} ${number}`, time: 1_700_000_000 + number };
}

/** How many steps a store has kept. */
export async function stepsIn(store: ClientStore): Promise<number> {
  return store.count(STEPS, '');
}

/** All that a store has of the story, to be compared. */
export async function contentsOf(store: ClientStore, seed: number): Promise<unknown> {
  const steps = await stepsIn(store);
  const rows: Row[] = [];
  for (const partition of await store.partitions(STORY))
    rows.push(...(await store.rows(STORY, partition, { limit: 1000 })));
  const keys = await Promise.all(
    SENDERS.map(async (sender) => store.messageKeys({ sender, destination: READER }, 'receive')),
  );
  const marks = Array.from({ length: steps + 5 }, (_, index) => markOf(seed, index + 1));
  return {
    steps,
    last: (await store.rows(STEPS, '', { reverse: true, limit: 1 }))[0]?.order,
    rows: rows.map(({ bytes, ...row }) => ({ ...row, bytes: bytes && Buffer.from(bytes).toString('base64') })),
    keys: keys.map((entries) =>
      (entries ?? [])
        .map(({ key, digest, time }) => `${digest} ${time} ${keyDigest(dim, dim.SymmetricKey.parse(key))}`)
        .sort(),
    ),
    members: (await store.members(READER))?.map(String) ?? [],
    read: await Promise.all(marks.map(async (mark) => store.readState(mark))),
  };
}
