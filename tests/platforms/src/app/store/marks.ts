/**
 * Read marks: the store says of each mark what a `ReplayWindow` in memory says, whatever was read before, and from whom.
 * The window is the rule. Both have place for twenty messages, so that they make room often.
 */
import { MemoryStore, ReplayWindow, type Change, type ID, type ReadMark } from 'dimp';
import { systemClock, type ClientStore } from 'dimsdk';
import { dim, failureOf, openStore } from './open.ts';
import { randomBy } from './random.ts';

const CAPACITY = 20;
const MAX_AGE = 1000;

/** How many of the answers were what, so that a run that met nothing is seen. */
export type MarkCounts = Readonly<Record<string, number>>;

/**
 * Makes steps by chance, while time goes on.
 * @returns how many answers of each kind were the same
 * @throws Error for the first that differs
 */
export async function compareMarks(seed: number, steps: number): Promise<MarkCounts> {
  const run = await startRun(seed);
  for (let step = 0; step < steps; step++) {
    run.wait(0.1, 500);
    await run.step();
    await run.ask();
  }
  await run.store.close();
  return run.counts;
}

/** The same with a clock that is wrong for a time, and is set right: what it has made both refuse heals in both. */
export async function compareMarksAfterWrongClock(seed: number, steps: number): Promise<MarkCounts> {
  const run = await startRun(seed);
  for (const seconds of [0, 20_000]) {
    run.turnClock(seconds);
    for (let step = 0; step < steps; step++) await run.step();
  }
  run.turnClock(-20_000);
  for (let step = 0; step < steps; step++) {
    run.wait(0.5, 100);
    await run.ask();
  }
  await run.store.close();
  return run.counts;
}

interface Run {
  readonly store: ClientStore;
  readonly counts: Record<string, number>;
  /** With this probability, so many seconds at most. */
  wait(probability: number, seconds: number): void;
  turnClock(seconds: number): void;
  /** Commits marks, and who is a contact at times. @throws Error where the two do not end alike */
  step(): Promise<void>;
  /** Asks for a new mark, for one of long ago, and for the last one. @throws Error where the two answer differently */
  ask(): Promise<void>;
}

async function startRun(seed: number): Promise<Run> {
  const random = randomBy(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  let now = 1_700_000_000;
  const replayWindow = new ReplayWindow({ capacity: CAPACITY, maxAge: MAX_AGE, clock: () => now });
  const memory = new MemoryStore({ replayWindow });
  const store = await openStore(`marks ${seed} ${Date.now()}`, {
    readMarks: CAPACITY,
    readMarksAge: MAX_AGE,
    clock: { ...systemClock, now: () => now },
  });
  const people = Array.from({ length: 6 }, (_, index) => idOf(`person${index}`));
  const readers = people.slice(0, 2);
  const made: ReadMark[] = [];
  const counts: Record<string, number> = {};
  let number = 0;
  const newMark = (): ReadMark => {
    const age = random() < 0.25 ? -random() * 2000 : random() * 1500;
    // Times are all different: of two of one time, either may be forgotten first.
    const time = now - age + ++number * 1e-4;
    return { reader: pick(readers), sender: pick(people), id: `${number}`.padStart(24, '0'), time };
  };
  const compare = (what: string, wanted: string, found: string): void => {
    if (found !== wanted)
      throw new Error(`seed ${seed}, after ${number} marks: ${found} instead of ${wanted} for ${what}`);
    counts[found] = (counts[found] ?? 0) + 1;
  };
  return {
    store,
    counts,
    wait: (probability, seconds) => void (random() < probability && (now += random() * seconds)),
    turnClock: (seconds) => void (now += seconds),
    async step() {
      const marks = Array.from({ length: 1 + Math.floor(random() * 3) }, newMark);
      if (random() < 0.1 && made.length > 0) marks.push(pick(made));
      // Mostly as messengers do it: what is not new is not kept.
      const kept = random() < 0.1 ? marks : marks.filter((mark) => memory.readState(mark) === 'new');
      const changes: Change[] = kept.map((mark) => ({ do: 'mark-read', mark }));
      if (random() < 0.01) changes.push({ do: 'add-contact', id: pick(people) });
      const wanted = await failureOf(() => memory.commit(changes));
      const found = await failureOf(() => store.commit(changes));
      compare('a commit', wanted, found);
      if (found === 'none') made.push(...kept);
    },
    async ask() {
      for (const mark of [newMark(), ...(made.length > 0 ? [pick(made), made.at(-1) as ReadMark] : [])])
        compare(`${JSON.stringify(mark)} at ${now}`, memory.readState(mark), await store.readState(mark));
    },
  };
}

/** An ID of an address that everybody has here. */
export function idOf(name: string): ID {
  return dim.ID.create({ name, address: dim.ID.parse('moki@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk').address });
}
