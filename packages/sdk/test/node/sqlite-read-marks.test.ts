/** Read marks in bounded room: what is told of them is what `ReplayWindow` tells, whatever was read, and by what clock. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { ReplayWindow, type Change, type ID, type ReadMark } from 'dimp';
import { alice, bob, dim, errorOf } from '../people.ts';
import { temporaryFolder } from './folder.ts';
import { clockAt, openedStore } from './opened-store.ts';

const path = temporaryFolder();
const START = 1_700_000_000;

/** Senders of one address: who they are makes no difference to marks. */
const senders: readonly ID[] = ['a', 'b', 'c', 'd', 'e'].map((name) =>
  dim.ID.create({ name, address: bob.id.address }),
);

const markOf = (sender: number, number: number, time: number): ReadMark => ({
  reader: alice.id,
  sender: senders[sender % senders.length] ?? bob.id,
  id: `mark ${number}`,
  time,
});

/** Reads a message of somebody, dated so many seconds ahead of the clock; knows somebody; lets time pass. */
type Step = { readonly read: number; readonly ahead: number } | { readonly know: number } | { readonly pass: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ read: fc.nat(4), ahead: fc.integer({ min: -60, max: 20 }) }) },
  { weight: 1, arbitrary: fc.record({ know: fc.nat(4) }) },
  { weight: 2, arbitrary: fc.record({ pass: fc.nat(10) }) },
);

test('any history is remembered, and forgotten, as a replay window does', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 20, maxLength: 80 }),
      // In a smaller room tidying up may leave no place at all.
      fc.integer({ min: 10, max: 15 }),
      fc.integer({ min: 5, max: 100 }),
      async (steps, capacity, maxAge) => {
        const clock = clockAt(START);
        const window = new ReplayWindow({ capacity, maxAge, clock: () => clock.now() });
        const { store, connection } = await openedStore(path(), { clock, readMarks: capacity, readMarksAge: maxAge });
        // There is no power to be cut.
        connection.exec('PRAGMA synchronous = OFF');
        const marks: ReadMark[] = [];
        for (const [index, one] of steps.entries()) {
          if ('pass' in one) clock.set(clock.now() + one.pass);
          else if ('know' in one) {
            const id = senders[one.know] ?? bob.id;
            // Else there may be more of the future in one room than either would have let in.
            if (marks.some((mark) => mark.sender.equals(id) && mark.time > clock.now())) continue;
            window.know(id);
            store.commit([{ do: 'add-contact', id }]);
          } else {
            // No two at one time: which of them is forgotten first is all the same.
            const mark = markOf(one.read, index, clock.now() + one.ahead + index / 1000);
            marks.push(mark);
            if (window.stateOf(mark) === 'new') {
              window.add(mark);
              store.commit([{ do: 'mark-read', mark }]);
            }
          }
          const asked = [...marks, ...[0, 1, 2, 3, 4].map((sender) => markOf(sender, -1, clock.now() - 5))];
          expect(asked.map((mark) => store.readState(mark))).toEqual(asked.map((mark) => window.stateOf(mark)));
        }
        await store.close();
      },
    ),
    { numRuns: 50 },
  );
}, 120_000);

test('a clock that was wrong refuses nothing of what is written after it was set right', async () => {
  const clock = clockAt(START + 1_000_000);
  const { store } = await openedStore(path(), { clock, readMarks: 4 });
  const window = new ReplayWindow({ capacity: 4, clock: () => clock.now() });
  for (let number = 0; number < 20; number++) {
    const mark = markOf(number % 3, number, clock.now() - 20 + number);
    window.add(mark);
    store.commit([{ do: 'mark-read', mark }]);
  }
  const contact = senders[4] ?? bob.id;
  window.know(contact);
  store.commit([{ do: 'add-contact', id: contact }]);
  for (const [time, wanted] of [
    // Up to now it counts, once, and not up to each new time.
    [START, 'forgotten'],
    [START + 1, 'new'],
    [START + 2, 'new'],
  ] as const) {
    clock.set(time);
    const marks = [0, 1, 2, 3, 4].map((sender) => markOf(sender, 99, time));
    const states = marks.map((mark) => store.readState(mark));
    expect(states).toEqual(marks.map((mark) => window.stateOf(mark)));
    expect(states).toContain(wanted);
  }
  await store.close();
});

describe('the future', () => {
  test('fills half of the room, and no more of it can be told; the past can', async () => {
    const clock = clockAt(START);
    const { store } = await openedStore(path(), { clock, readMarks: 10 });
    for (let number = 0; number < 5; number++) {
      const mark = markOf(0, number, START + 100 + number);
      expect(store.readState(mark)).toBe('new');
      store.commit([{ do: 'mark-read', mark }]);
    }
    expect(store.readState(markOf(1, 5, START + 50))).toBe('early');
    expect(store.readState(markOf(1, 5, START - 50))).toBe('new');
    expect(store.readState(markOf(0, 4, START + 104))).toBe('read');
    store.commit([{ do: 'add-contact', id: senders[2] ?? bob.id }]);
    expect(store.readState(markOf(2, 5, START + 50))).toBe('new');
    clock.set(START + 102);
    expect(store.readState(markOf(1, 5, START + 150))).toBe('new');
    await store.close();
  });
});

test('strangers, however many, push out no mark of a contact', async () => {
  const clock = clockAt(START);
  const { store } = await openedStore(path(), { clock, readMarks: 20 });
  const contact = markOf(0, 0, START - 1000);
  store.commit([
    { do: 'add-contact', id: contact.sender },
    { do: 'mark-read', mark: contact },
  ]);
  for (let number = 1; number <= 200; number++)
    store.commit([{ do: 'mark-read', mark: markOf(1 + (number % 4), number, START - 200 + number) }]);
  expect(store.readState(contact)).toBe('read');
  expect(store.readState(markOf(0, 1, START - 999))).toBe('new');
  expect(store.readState(markOf(1, 201, START - 150))).toBe('forgotten');
  await store.close();
});

test('a commit of more marks than there is room for keeps the newest, and takes none for new', async () => {
  const clock = clockAt(START);
  const { store, connection } = await openedStore(path(), { clock, readMarks: 10 });
  const marks = Array.from({ length: 50 }, (_, number) => markOf(0, number, START - 100 + number));
  store.commit(marks.map((mark): Change => ({ do: 'mark-read', mark })));
  const states = marks.map((mark) => store.readState(mark));
  expect(states.filter((state) => state === 'new')).toEqual([]);
  expect(states.at(-1)).toBe('read');
  expect(connection.number('SELECT count(*) FROM marks')).toBeLessThanOrEqual(10);
  expect(connection.number(`SELECT value FROM tallies WHERE name = 'marks-strangers'`)).toBe(
    connection.number('SELECT count(*) FROM marks'),
  );
  await store.close();
});

test('a mark that is there is INPUT_REPLAY, and the others of the commit are not made', async () => {
  const { store, connection } = await openedStore(path());
  const [one, other] = [markOf(0, 1, START), markOf(1, 2, START)];
  store.commit([{ do: 'mark-read', mark: one }]);
  const error = await errorOf(() =>
    store.commit([
      { do: 'mark-read', mark: other },
      { do: 'mark-read', mark: one },
    ]),
  );
  expect(error.code).toBe('INPUT_REPLAY');
  expect(store.readState(other)).toBe('new');
  expect(connection.number(`SELECT value FROM tallies WHERE name = 'marks-strangers'`)).toBe(1);
  await store.close();
});
