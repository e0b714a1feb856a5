import { describe, expect, test } from '@jest/globals';
import { ReplayWindow, type ID, type ReliableMessage, type ReplayWindowOptions } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const NOW = 1_800_000_000;

/** A message as it comes out of verification and decryption; `data` tells two of them apart. */
function received(
  sn: number,
  options: { time?: number | undefined; sender?: ID; data?: string; envelopeTime?: number } = {},
) {
  const { time, sender = ALICE, data = `${sn}`, envelopeTime = NOW } = { time: NOW, ...options };
  const message: ReliableMessage = context.ReliableMessage.parse({
    sender: sender.toString(),
    receiver: BOB.toString(),
    time: envelopeTime,
    data: Buffer.from(data).toString('base64'),
    signature: 'AAAA',
  });
  return [message, context.Content.parse({ type: '1', sn, time, text: 'x' })] as const;
}

function windowAt(now: () => number, options: ReplayWindowOptions = {}): ReplayWindow {
  return new ReplayWindow({ clock: now, ...options });
}

const codeOf = async (action: () => unknown) => (await errorOf(action)).code;

describe('a message', () => {
  test('is admitted once, whatever a relay writes on the envelope', async () => {
    const window = windowAt(() => NOW);
    window.admit(...received(1));
    expect(await errorOf(() => window.admit(...received(1)))).toMatchObject({
      code: 'INPUT_REPLAY',
      path: '',
      reason: 'the message was read before',
    });
    expect(await codeOf(() => window.admit(...received(1, { envelopeTime: NOW + 100 })))).toBe('INPUT_REPLAY');
    expect(await codeOf(() => window.admit(...received(1, { sender: ALICE.at('phone') })))).toBe('INPUT_REPLAY');
    expect(window.size).toBe(1);
  });

  test.each([
    ['another serial number', 2, { data: '1' }],
    ['another sender', 1, { sender: BOB }],
    ['other data', 1, { data: 'other' }],
  ])('with %s is another message', (_name, sn, options) => {
    const window = windowAt(() => NOW);
    window.admit(...received(1));
    window.admit(...received(sn, options));
    expect(window.size).toBe(2);
  });

  test('that could not be processed may come again', async () => {
    const window = windowAt(() => NOW);
    window.admit(...received(1));
    window.admit(...received(2));
    window.release(...received(1));
    expect(window.size).toBe(1);
    // What is not remembered is released without effect.
    window.release(...received(1));
    window.release(...received(1, { sender: BOB }));
    expect(window.size).toBe(1);
    window.admit(...received(1));
    expect(await codeOf(() => window.admit(...received(1)))).toBe('INPUT_REPLAY');
    expect(await codeOf(() => window.admit(...received(2)))).toBe('INPUT_REPLAY');
  });
});

describe('time', () => {
  test.each([
    [300, true],
    [301, false],
    [-1000, true],
    [-1001, false],
  ])('%d seconds from now is inside: %s', async (seconds, inside) => {
    const window = windowAt(() => NOW, { maxAge: 1000, maxSkew: 300 });
    const code = await codeOf(() => {
      window.admit(...received(1, { time: NOW + seconds }));
      // Admitted: once more it is a replay.
      window.admit(...received(1, { time: NOW + seconds }));
    });
    expect(code).toBe(inside ? 'INPUT_REPLAY' : 'INPUT_TIME');
  });

  test.each([
    [undefined, 'is needed to tell a repeated message'],
    [NOW + 301, 'is in the future'],
    [NOW - 1001, 'is too long ago to tell a repeated message'],
  ])('%s in the content is refused with the reason', async (time, reason) => {
    const window = windowAt(() => NOW, { maxAge: 1000 });
    const error = await errorOf(() => window.admit(...received(1, { time })));
    expect(error).toMatchObject({ code: 'INPUT_TIME', path: 'content.time', reason });
    expect(window.size).toBe(0);
  });

  test('on the envelope does not matter', () => {
    const window = windowAt(() => NOW, { maxAge: 1000 });
    expect(() => window.admit(...received(1, { envelopeTime: 5 }))).not.toThrow();
  });

  test('may by default be 30 days old and 5 minutes ahead, and no more', async () => {
    const window = windowAt(() => NOW);
    const days = 30 * 24 * 60 * 60;
    expect(() => window.admit(...received(1, { time: NOW - days }))).not.toThrow();
    expect(() => window.admit(...received(2, { time: NOW + 300 }))).not.toThrow();
    expect(await codeOf(() => window.admit(...received(3, { time: NOW - days - 1 })))).toBe('INPUT_TIME');
    expect(await codeOf(() => window.admit(...received(4, { time: NOW + 301 })))).toBe('INPUT_TIME');
  });
});

describe('a full window', () => {
  test('never takes a repeated message for a new one', async () => {
    let now = NOW;
    const window = windowAt(() => now, { capacity: 20, maxAge: 100_000 });
    const sent: ReturnType<typeof received>[] = [];
    for (let sn = 1; sn <= 120; sn++) {
      const message = received(sn, { time: NOW + sn, sender: sn % 3 === 0 ? BOB : ALICE });
      now = NOW + sn;
      window.admit(...message);
      sent.push(message);
      expect(window.size).toBeLessThanOrEqual(20);
    }
    for (const message of sent) {
      expect(['INPUT_REPLAY', 'INPUT_TIME']).toContain(await codeOf(() => window.admit(...message)));
    }
    expect(window.size).toBeGreaterThan(15);
  });

  test('forgets of those who fill it, and keeps what others sent', async () => {
    const window = windowAt(() => NOW, { capacity: 30 });
    window.admit(...received(1, { sender: BOB, time: NOW - 500 }));
    for (let sn = 1; sn <= 300; sn++) window.admit(...received(sn, { time: NOW - 1000 + sn }));
    expect(await codeOf(() => window.admit(...received(1, { sender: BOB, time: NOW - 500 })))).toBe('INPUT_REPLAY');
    // Others may still be late; the one who filled it may not.
    expect(() => window.admit(...received(2, { sender: BOB, time: NOW - 900 }))).not.toThrow();
    expect(await codeOf(() => window.admit(...received(5000, { time: NOW - 900 })))).toBe('INPUT_TIME');
  });

  test('forgets what is too old anyway before anything else', async () => {
    let now = NOW;
    const window = windowAt(() => now, { capacity: 10, maxAge: 100 });
    for (let sn = 1; sn <= 10; sn++) window.admit(...received(sn, { time: NOW }));
    now = NOW + 101;
    window.admit(...received(11, { time: now, sender: BOB }));
    expect(window.size).toBe(1);
    // Also for a clock that is set back.
    now = NOW;
    expect(await codeOf(() => window.admit(...received(1, { time: NOW })))).toBe('INPUT_TIME');
  });

  test('remembers all that it has room for, then makes room for many', async () => {
    const window = windowAt(() => NOW, { capacity: 100 });
    for (let sn = 1; sn <= 100; sn++) window.admit(...received(sn, { time: NOW - sn }));
    expect(window.size).toBe(100);
    expect(await codeOf(() => window.admit(...received(100, { time: NOW - 100 })))).toBe('INPUT_REPLAY');
    window.admit(...received(101));
    expect(window.size).toBe(91);
    // By their times and not in the order in which they came.
    expect(window.toJSON().senders[0]?.[1]).toBe(NOW - 91);
    expect(await codeOf(() => window.admit(...received(102, { time: NOW - 91 })))).toBe('INPUT_TIME');
    expect(() => window.admit(...received(103, { time: NOW - 90.5 }))).not.toThrow();
  });

  test('does not list senders of whom nothing is left, and takes nothing of theirs again', async () => {
    let now = NOW;
    const window = windowAt(() => now, { capacity: 10, maxAge: 100 });
    for (let sn = 1; sn <= 5; sn++) window.admit(...received(sn));
    for (let sn = 1; sn <= 5; sn++) window.admit(...received(sn, { sender: BOB, time: NOW + 50 }));
    now = NOW + 120;
    window.admit(...received(6, { sender: BOB, time: now }));
    const { forgotten, senders } = window.toJSON();
    expect(forgotten).toBe(NOW);
    expect(senders.map(([sender, upTo, seen]) => [sender, upTo, seen.length])).toEqual([[BOB.entityKey, 0, 6]]);
    now = NOW + 50;
    expect(await codeOf(() => window.admit(...received(1)))).toBe('INPUT_TIME');
    expect(() => window.admit(...received(6, { time: NOW + 1 }))).not.toThrow();
  });

  test('of more senders than it has room for drops those who are silent longest', async () => {
    const window = windowAt(() => NOW, { capacity: 20 });
    // Not in the order in which they come.
    const people = Array.from({ length: 21 }, (_, index) => ({
      sender: context.ID.parse(`p${index}@${ALICE.address.toString()}`),
      time: NOW - 100 + ((index * 8) % 21),
    }));
    for (const person of people) window.admit(...received(1, person));
    const { forgotten, senders } = window.toJSON();
    const remaining = people.filter(({ time }, index) => time > NOW - 99 || index === 20);
    expect(senders.map(([sender]) => sender)).toEqual(remaining.map(({ sender }) => sender.entityKey));
    expect([window.size, forgotten]).toEqual([19, NOW - 99]);
    for (const person of people) {
      const code = await codeOf(() => window.admit(...received(1, person)));
      expect(code).toBe(person.time > NOW - 99 ? 'INPUT_REPLAY' : 'INPUT_TIME');
    }
    // Who was silent may still be a little late.
    expect(() => window.admit(...received(2, { sender: BOB, time: NOW - 98 }))).not.toThrow();
  });
});

describe('a saved window', () => {
  test('is the same after a restart', async () => {
    const window = windowAt(() => NOW, { capacity: 10 });
    for (let sn = 1; sn <= 15; sn++) window.admit(...received(sn, { time: NOW - 20 + sn }));
    const restored = ReplayWindow.restore(JSON.parse(JSON.stringify(window)), { clock: () => NOW, capacity: 10 });
    expect(restored.toJSON()).toEqual(window.toJSON());
    expect(restored.size).toBe(window.size);
    expect(await codeOf(() => restored.admit(...received(15, { time: NOW - 5 })))).toBe('INPUT_REPLAY');
    expect(await codeOf(() => restored.admit(...received(1, { time: NOW - 19 })))).toBe('INPUT_TIME');
    expect(() => restored.admit(...received(99))).not.toThrow();
  });

  test('fits into a smaller one', () => {
    const window = windowAt(() => NOW);
    for (let sn = 1; sn <= 100; sn++) window.admit(...received(sn, { time: NOW - 200 + sn }));
    const smaller = ReplayWindow.restore(window.toJSON(), { clock: () => NOW, capacity: 20 });
    expect(smaller.size).toBe(18);
  });

  test.each([
    undefined,
    null,
    'x',
    {},
    { version: 2, forgotten: 0, senders: [] },
    { version: 1, forgotten: 'x', senders: [] },
    { version: 1, forgotten: Infinity, senders: [] },
    { version: 1, forgotten: 0, senders: {} },
    ...[
      null,
      'abc',
      ['a', 0],
      ['a', 0, [], 0],
      [1, 0, []],
      ['a', NaN, []],
      ['a', '0', []],
      ['a', 0, 'x'],
      ...[null, 'ab', ['x'], ['x', 1, 1], [1, 1], ['x', '1']].map((seen) => ['a', 0, [['x', 1], seen]]),
    ].map((history) => ({ version: 1, forgotten: 0, senders: [['ok', 0, [['x', 1]]], history] })),
  ])('%j is none', async (saved) => {
    expect(await errorOf(() => ReplayWindow.restore(saved))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'saved',
      reason: 'must be a saved replay window',
    });
  });
});

test.each([
  [{ maxAge: 0 }, 'must be more than 0, not a number'],
  [{ maxSkew: -1 }, 'must be more than 0, not a number'],
  [{ capacity: NaN }, 'must be more than 0, not NaN'],
  [{ capacity: 0 }, 'must be more than 0, not a number'],
  [{ capacity: '5' }, 'must be more than 0, not text'],
])('%j makes no window', async (options, reason) => {
  const error = await errorOf(() => new ReplayWindow(options as ReplayWindowOptions));
  expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: Object.keys(options)[0], reason });
});
