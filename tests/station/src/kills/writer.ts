/** A process that keeps, removes and writes until it is killed, much of it at once. Arguments: path, seed, first step. */
import { writeSync } from 'node:fs';
import { openSqliteEngine } from 'dimstation';
import { below, chance } from 'network/chance';
import { BOXES, postingOf, ROOM, TABLE, type Said } from './story.ts';

const [path = '', seed = '', first = ''] = process.argv.slice(2);
const say = (said: Said): void => {
  writeSync(1, `${JSON.stringify(said)}\n`);
};
const engine = await openSqliteEngine({ path });
const numbers = chance(Number(seed), `writer ${first}`);
let next = Number(first);

async function keep(): Promise<void> {
  const step = next++;
  const posting = postingOf(Number(seed), step);
  const [outcomes = []] = await engine.mailbox.append([posting], ROOM);
  const positions = outcomes.map((outcome) => (outcome.is === 'full' ? 0 : outcome.position));
  say({ is: 'kept', step, positions });
  // The same once more, as of a sender who did not hear of it.
  if (below(numbers, 4) === 0) await engine.mailbox.append([posting], ROOM);
  await engine.records.write([
    { table: TABLE, key: `${step % 50}`, value: { step }, writtenAt: step },
    { table: TABLE, key: `last of ${step % 50}`, value: { step }, writtenAt: step },
  ]);
  say({ is: 'written', step });
}

async function remove(): Promise<void> {
  const box = below(numbers, BOXES.length);
  const [oldest] = await engine.mailbox.read(BOXES[box] ?? { user: '', terminal: '' }, 0, { messages: 1, bytes: 0 });
  if (oldest === undefined) return;
  const { position } = oldest;
  say({ is: 'removing', box, position });
  await engine.mailbox.acknowledge([{ box: BOXES[box] ?? { user: '', terminal: '' }, positions: [position] }]);
  say({ is: 'removed', box, position });
}

async function work(): Promise<never> {
  for (;;) await (below(numbers, 3) === 0 ? remove() : keep());
}

await Promise.all(Array.from({ length: 8 }, work));
