/** A replay window: each message once, in bounded memory, whoever writes and whatever the clocks say. */
import { describe, expect, test } from '@jest/globals';
import { ReplayWindow, type ID, type ReadMark, type ReplayWindowOptions } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const NOW = 1_700_000_000;
const DAY = 24 * 60 * 60;

/** A window with a clock that a test can set. */
function windowAt(start: number, options: ReplayWindowOptions = {}) {
  let now = start;
  const window = new ReplayWindow({ clock: () => now, ...options });
  return { window, setClock: (time: number) => (now = time), clock: () => now };
}

const stranger = (index: number): ID => context.ID.create({ name: `s${index}`, address: ALICE.address });
const markOf = (sender: ID, id: string | number, time: number, reader = BOB): ReadMark => ({
  reader,
  sender,
  id: String(id),
  time,
});

/** As a reader does: what is new is remembered. */
function read(window: ReplayWindow, mark: ReadMark): string {
  const state = window.stateOf(mark);
  if (state === 'new') window.add(mark);
  return state;
}

describe('a message', () => {
  test('is new once, for each reader, whatever its sender is called', async () => {
    const { window } = windowAt(NOW);
    const mark = markOf(ALICE, 1, NOW - 10);
    expect([read(window, mark), read(window, mark), read(window, markOf(ALICE.at('phone'), 1, NOW - 10))]).toEqual([
      'new',
      'read',
      'read',
    ]);
    expect(read(window, markOf(ALICE, 1, NOW - 10, stranger(1)))).toBe('new');
    expect(read(window, markOf(ALICE, 2, NOW - 10))).toBe('new');
    expect((await errorOf(() => window.add(mark))).code).toBe('INPUT_REPLAY');
    expect(window.size).toBe(3);
  });

  test('is asked for without being remembered', () => {
    const { window } = windowAt(NOW);
    const mark = markOf(ALICE, 1, NOW);
    expect([window.stateOf(mark), window.stateOf(mark), window.size]).toEqual(['new', 'new', 0]);
  });
});

describe('a full window', () => {
  test('never takes for new what it has forgotten', () => {
    const { window } = windowAt(NOW, { capacity: 50 });
    const marks = Array.from({ length: 300 }, (_, index) => markOf(stranger(index % 60), index, NOW - 1000 + index));
    for (const mark of marks) read(window, mark);
    expect(window.size).toBeLessThanOrEqual(50);
    for (const mark of marks) expect(['read', 'forgotten']).toContain(window.stateOf(mark));
  });

  test('refuses what it forgets of the one who just writes, to make room for it', () => {
    const { window } = windowAt(NOW, { capacity: 9 });
    for (let index = 0; index < 8; index++) read(window, markOf(stranger(index), 1, NOW - 100));
    const forgotten = markOf(ALICE, 1, NOW - 200);
    read(window, forgotten);
    expect(read(window, markOf(ALICE, 2, NOW - 50))).toBe('new');
    expect(window.stateOf(forgotten)).toBe('forgotten');
  });

  test('forgets first of the one who fills it', () => {
    const { window } = windowAt(NOW, { capacity: 100 });
    const quiet = Array.from({ length: 10 }, (_, index) => markOf(stranger(index), index, NOW - 500));
    for (const mark of quiet) read(window, mark);
    for (let index = 0; index < 500; index++) read(window, markOf(ALICE, index, NOW - 400 + index / 10));
    for (const mark of quiet) expect(window.stateOf(mark)).toBe('read');
    expect(window.stateOf(markOf(stranger(99), 1, NOW - 450))).toBe('new');
    expect(window.stateOf(markOf(ALICE, 1000, NOW - 399))).toBe('forgotten');
  });

  test('forgets what is too old anyway, and refuses nothing else for it', () => {
    const { window, setClock } = windowAt(NOW, { capacity: 10, maxAge: DAY });
    for (let index = 0; index < 10; index++) read(window, markOf(ALICE, index, NOW));
    setClock(NOW + 2 * DAY);
    expect(read(window, markOf(ALICE, 11, NOW + 2 * DAY))).toBe('new');
    expect([window.size, window.stateOf(markOf(ALICE, 12, NOW + DAY))]).toEqual([1, 'new']);
  });
});

describe('strangers', () => {
  const floods = [
    ['as it is now', 0],
    ['the end of what clocks may differ by', DAY],
    ['long ago', -20 * DAY],
  ] as const;

  test.each(floods)(
    'however many and dated %s, leave contacts alone: those who wrote and those who did not',
    (_what, ahead) => {
      const { window, setClock } = windowAt(NOW, { capacity: 200 });
      const carol = stranger(-1);
      for (const contact of [ALICE, carol]) window.know(contact);
      const old = markOf(ALICE, 'old', NOW - 100);
      read(window, old);
      for (let index = 0; index < 2000; index++) {
        setClock(NOW + index / 100);
        read(window, markOf(stranger(index), index, NOW + ahead + index / 100));
      }
      expect(window.size).toBeLessThanOrEqual(201);
      expect(window.stateOf(old)).toBe('read');
      // Written before the flood, come after it.
      for (const contact of [ALICE, carol]) {
        expect(read(window, markOf(contact, 'late', NOW - 50))).toBe('new');
        expect(read(window, markOf(contact, 'now', NOW + 20))).toBe('new');
      }
    },
  );

  test('dated into the future take room from the others, so that it is not full again with the next message', () => {
    const { window } = windowAt(NOW, { capacity: 100 });
    for (let index = 0; index < 60; index++) read(window, markOf(ALICE, index, NOW + 3600));
    for (let index = 0; index < 50; index++) read(window, markOf(stranger(index), 1, NOW - 100 + index));
    expect(window.size).toBe(100);
    read(window, markOf(stranger(100), 1, NOW));
    expect(window.size).toBe(91);
    expect(window.stateOf(markOf(stranger(49), 1, NOW - 51))).toBe('read');
    expect(window.stateOf(markOf(ALICE, 49, NOW + 3600))).toBe('read');
  });

  test('dated into the future fill half of the room, and no more: the others are told to come again', () => {
    const { window, setClock } = windowAt(NOW, { capacity: 100 });
    const flood = Array.from({ length: 500 }, (_, index) => markOf(stranger(index), index, NOW + 3600));
    const states = flood.map((mark) => read(window, mark));
    expect([states.filter((state) => state === 'new').length, states.at(-1)]).toEqual([50, 'early']);
    expect(read(window, markOf(stranger(1000), 1, NOW))).toBe('new');
    // It becomes right by waiting, and none of the flood is new again.
    setClock(NOW + 3600);
    expect(read(window, markOf(stranger(499), 499, NOW + 3600))).toBe('new');
    for (const mark of flood.slice(0, 50)) expect(['read', 'forgotten']).toContain(window.stateOf(mark));
  });

  test('become contacts with all that is remembered of them', () => {
    const { window } = windowAt(NOW, { capacity: 50 });
    const mark = markOf(ALICE, 1, NOW - 1);
    read(window, mark);
    window.know(ALICE);
    for (let index = 0; index < 500; index++) read(window, markOf(stranger(index), index, NOW));
    expect(window.stateOf(mark)).toBe('read');
  });

  test('who were forgotten do not become new by being known', () => {
    const { window } = windowAt(NOW, { capacity: 20 });
    const mark = markOf(ALICE, 1, NOW - 100);
    read(window, mark);
    for (let index = 0; index < 100; index++) read(window, markOf(stranger(index), index, NOW));
    window.know(ALICE);
    expect(window.stateOf(mark)).toBe('forgotten');
    expect(window.stateOf(markOf(ALICE, 2, NOW + 1))).toBe('new');
  });
});

describe('a clock that was wrong', () => {
  test('refuses nothing that a contact writes after it was mended, though much was read and forgotten until then', () => {
    const { window, setClock, clock } = windowAt(NOW + 20 * DAY, { capacity: 10 });
    const [read30, readNone] = [ALICE, stranger(1)];
    for (const contact of [read30, readNone]) window.know(contact);
    for (let index = 0; index < 30; index++) read(window, markOf(read30, index, NOW + 19 * DAY + index));
    setClock(NOW);
    const contacts = [read30, readNone].map((contact) => [contact.entityKey, NOW + 19 * DAY]);
    const restored = ReplayWindow.restore({ ...window.toJSON(), contacts }, { capacity: 10, clock });
    for (const [of, contact] of [
      [window, read30],
      [restored, read30],
      [restored, readNone],
    ] as const) {
      setClock(NOW);
      expect(of.stateOf(markOf(contact, 'late', NOW - 1))).toBe('forgotten');
      setClock(NOW + 60);
      expect(read(of, markOf(contact, 'next', NOW + 30))).toBe('new');
    }
  });

  test('a year ahead, with a full window, refuses nobody after it was set right', () => {
    const { window, setClock } = windowAt(NOW + 365 * DAY, { capacity: 100 });
    for (let index = 0; index < 1000; index++) read(window, markOf(stranger(index), index, NOW + 365 * DAY - 1));
    setClock(NOW);
    const carol = stranger(-1);
    window.stateOf(markOf(carol, 0, NOW - 10));
    setClock(NOW + 60);
    expect(window.stateOf(markOf(carol, 1, NOW + 59))).toBe('new');
    const restored = ReplayWindow.restore(JSON.parse(JSON.stringify(window)), { clock: () => NOW + 60 });
    expect(restored.stateOf(markOf(carol, 1, NOW + 61))).toBe('new');
  });

  test('behind takes what others write for early at most, and reads none of it twice', () => {
    const { window, setClock } = windowAt(NOW - 7200);
    const mark = markOf(ALICE, 1, NOW);
    expect(read(window, mark)).toBe('new');
    setClock(NOW);
    expect(window.stateOf(mark)).toBe('read');
  });
});

test('many strangers who become contacts bring no more than there is room for, and nothing is new again', () => {
  const { window } = windowAt(NOW, { capacity: 40 });
  const marks = Array.from({ length: 120 }, (_, index) => markOf(stranger(index), index, NOW - 1000 + index));
  for (const mark of marks) {
    read(window, mark);
    window.know(mark.sender);
    expect(window.size).toBeLessThanOrEqual(40);
  }
  for (const mark of marks) expect(['read', 'forgotten']).toContain(window.stateOf(mark));
});

describe('a saved window', () => {
  test('knows what it knew, and who is a contact', () => {
    const { window } = windowAt(NOW, { capacity: 40 });
    window.know(BOB);
    for (let index = 0; index < 200; index++) read(window, markOf(stranger(index), index, NOW - 1000 + index));
    const marks = [markOf(ALICE, 1, NOW), markOf(BOB, 2, NOW - 5000), markOf(stranger(0), 0, NOW - 1000)];
    for (const mark of marks) read(window, mark);
    const saved = JSON.stringify(window);
    const restored = ReplayWindow.restore(JSON.parse(saved), { capacity: 40, clock: () => NOW });
    expect(JSON.stringify(restored)).toBe(saved);
    expect(marks.map((mark) => restored.stateOf(mark))).toEqual(['read', 'read', 'forgotten']);
    expect(restored.stateOf(markOf(BOB, 3, NOW - 6000))).toBe('new');
    expect(restored.size).toBe(window.size);
  });

  test('may be restored with less room', () => {
    const { window } = windowAt(NOW);
    for (let index = 0; index < 100; index++) read(window, markOf(ALICE, index, NOW - 100 + index));
    const restored = ReplayWindow.restore(JSON.parse(JSON.stringify(window)), { capacity: 10, clock: () => NOW });
    expect(restored.size).toBeLessThanOrEqual(10);
    for (let index = 0; index < 100; index++)
      expect(['read', 'forgotten']).toContain(restored.stateOf(markOf(ALICE, index, NOW - 100 + index)));
  });

  test.each([
    null,
    {},
    { version: 1, forgotten: 0, contacts: [], senders: [] },
    { version: 2, forgotten: 'x', contacts: [], senders: [] },
    { version: 2, forgotten: 0, contacts: [['a']], senders: [] },
    { version: 2, forgotten: 0, contacts: [], senders: [['a b', 0, [['x']]]] },
    { version: 2, forgotten: 0, contacts: [], senders: [['a b', Number.NaN, []]] },
  ])('is none: %j', async (saved) => {
    expect(await errorOf(() => ReplayWindow.restore(saved))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'saved' });
  });
});

test.each([{ maxAge: 0 }, { capacity: -1 }, { capacity: Number.NaN }, { maxAge: '1' as never }])(
  'options are positive: %j',
  async (options) => {
    expect((await errorOf(() => new ReplayWindow(options))).code).toBe('USAGE_ARGUMENT');
  },
);
