/**
 * What a killed process does, step by step: each step follows from the seed and its number alone, and says beforehand what it is
 * about to do. So whoever has the lines of the process knows what must be there, and of what there may be all or nothing.
 */
import type { Box, Engine, MailboxLimits, Posting } from 'dimstation';
import { below, chance } from 'network/chance';

const USERS = 5;
const TERMINALS = ['', 'phone'];

export const ROOM: MailboxLimits = { messages: 1e9, bytes: 1e12 };

export const BOXES: readonly Box[] = Array.from({ length: USERS }, (_, user) =>
  TERMINALS.map((terminal) => ({ user: `user ${user}`, terminal })),
).flat();

/** The table of records that each step writes into. */
export const TABLE = 'steps';

/** A step: a message to some boxes, and a record. */
export function postingOf(seed: number, step: number): Posting {
  const numbers = chance(seed, `step ${step}`);
  const count = 1 + below(numbers, 3);
  const first = below(numbers, BOXES.length);
  const boxes = Array.from(
    { length: count },
    (_, index) => BOXES[(first + index) % BOXES.length] ?? { user: '', terminal: '' },
  );
  const bytes = new Uint8Array(below(numbers, 3000)).fill(step);
  return { boxes, sender: `sender ${step % 3}`, bytes, mark: `step ${step}`, keptAt: 1_700_000_000 + step };
}

/** What a process says, a line each. */
export type Said =
  /** It is about to remove what is at a position of a box. */
  | { readonly is: 'removing'; readonly box: number; readonly position: number }
  | { readonly is: 'removed'; readonly box: number; readonly position: number }
  /** A step is there, at these positions of its boxes. */
  | { readonly is: 'kept'; readonly step: number; readonly positions: readonly number[] }
  /** A record says this now. */
  | { readonly is: 'written'; readonly step: number };

/** All that is in an engine, box by box: the marks are not told, but the times tell the steps. */
export async function contentsOf(engine: Engine): Promise<ReadonlyMap<number, ReadonlyMap<number, number>>> {
  const boxes = new Map<number, ReadonlyMap<number, number>>();
  for (const [index, box] of BOXES.entries()) {
    const messages = await engine.mailbox.read(box, 0, ROOM);
    boxes.set(index, new Map(messages.map(({ position, keptAt }) => [position, keptAt - 1_700_000_000])));
  }
  return boxes;
}
