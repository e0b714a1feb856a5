import { describe, expect, test } from '@jest/globals';
import { ReplayWindow, type ID, type ReliableMessage, type ReplayWindowOptions } from '../../src/index.ts';
import { fairShare } from '../../src/replay/sender-history.ts';
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
    expect(await codeOf(() => window.admit(...received(1)))).toBe('INPUT_REPLAY');
    expect(await codeOf(() => window.admit(...received(1, { envelopeTime: NOW + 100 })))).toBe('INPUT_REPLAY');
    expect(await codeOf(() => window.admit(...received(1, { sender: ALICE.at('phone') })))).toBe('INPUT_REPLAY');
    expect(window.size).toBe(1);
  });

  test.each([
    ['another serial number', received(2, { data: '1' })],
    ['another sender', received(1, { sender: BOB })],
    ['other data', received(1, { data: 'other' })],
  ])('with %s is another message', (_name, other) => {
    const window = windowAt(() => NOW);
    window.admit(...received(1));
    window.admit(...other);
    expect(window.size).toBe(2);
  });

  test('that could not be processed may come again', async () => {
    const window = windowAt(() => NOW);
    window.admit(...received(1));
    window.release(...received(1));
    window.release(...received(1));
    expect(window.size).toBe(0);
    window.admit(...received(1));
    expect(await codeOf(() => window.admit(...received(1)))).toBe('INPUT_REPLAY');
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

  test('is that of the content, and must be there', async () => {
    const window = windowAt(() => NOW, { maxAge: 1000 });
    const error = await errorOf(() => window.admit(...received(1, { time: undefined })));
    expect([error.code, error.path]).toEqual(['INPUT_TIME', 'content.time']);
    expect(window.size).toBe(0);
    expect(() => window.admit(...received(1, { envelopeTime: 5 }))).not.toThrow();
  });

  test('a day and 5 minutes are nothing by default; 31 days and 6 minutes are too much', async () => {
    const window = windowAt(() => NOW);
    const day = 24 * 60 * 60;
    expect(() => window.admit(...received(1, { time: NOW - 29 * day }))).not.toThrow();
    expect(() => window.admit(...received(2, { time: NOW + 299 }))).not.toThrow();
    expect(await codeOf(() => window.admit(...received(3, { time: NOW - 31 * day })))).toBe('INPUT_TIME');
    expect(await codeOf(() => window.admit(...received(4, { time: NOW + 360 })))).toBe('INPUT_TIME');
  });
});

describe('a full window', () => {
  test('never takes a repeated message for a new one', async () => {
    let now = NOW;
    const window = windowAt(() => now, { capacity: 50, maxAge: 100_000 });
    const sent: ReturnType<typeof received>[] = [];
    for (let sn = 1; sn <= 500; sn++) {
      const message = received(sn, { time: NOW + sn, sender: sn % 3 === 0 ? BOB : ALICE });
      now = NOW + sn;
      window.admit(...message);
      sent.push(message);
      expect(window.size).toBeLessThanOrEqual(50);
    }
    for (const message of sent) {
      expect(['INPUT_REPLAY', 'INPUT_TIME']).toContain(await codeOf(() => window.admit(...message)));
    }
    expect(window.size).toBeGreaterThan(40);
  });

  test('forgets of those who fill it, and keeps what others sent', async () => {
    const window = windowAt(() => NOW, { capacity: 100 });
    window.admit(...received(1, { sender: BOB, time: NOW - 500 }));
    for (let sn = 1; sn <= 1000; sn++) window.admit(...received(sn, { time: NOW - 1000 + sn }));
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

  test('of more senders than it has room for drops those who are silent longest', async () => {
    const window = windowAt(() => NOW, { capacity: 20 });
    const people = Array.from({ length: 40 }, (_, index) => context.ID.parse(`p${index}@${ALICE.address.toString()}`));
    for (const [index, sender] of people.entries()) {
      window.admit(...received(1, { sender, time: NOW - 100 + index }));
      expect(window.size).toBeLessThanOrEqual(20);
    }
    for (const [index, sender] of people.entries()) {
      const again = received(1, { sender, time: NOW - 100 + index });
      expect(['INPUT_REPLAY', 'INPUT_TIME']).toContain(await codeOf(() => window.admit(...again)));
    }
  });

  test.each([
    [[], 10, 10],
    [[3, 3], 10, 10],
    [[1, 100], 11, 10],
    [[1, 2, 50, 60], 43, 20],
    [[5, 5, 5], 9, 3],
    [[1, 1, 1], 2, 0],
  ])('of %j in a room of %d each keeps %d', (sizes, room, share) => {
    expect(fairShare(sizes, room)).toBe(share);
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
    { version: 1, forgotten: 0, senders: ['a'] },
    { version: 1, forgotten: 0, senders: [['a', 0]] },
    { version: 1, forgotten: 0, senders: [[1, 0, []]] },
    { version: 1, forgotten: 0, senders: [['a', NaN, []]] },
    { version: 1, forgotten: 0, senders: [['a', 0, 'x']] },
    { version: 1, forgotten: 0, senders: [['a', 0, ['x']]] },
    { version: 1, forgotten: 0, senders: [['a', 0, [['x']]]] },
    { version: 1, forgotten: 0, senders: [['a', 0, [[1, 1]]]] },
    { version: 1, forgotten: 0, senders: [['a', 0, [['x', '1']]]] },
  ])('%j is none', async (saved) => {
    expect(await codeOf(() => ReplayWindow.restore(saved))).toBe('USAGE_ARGUMENT');
  });
});

test.each([{ maxAge: 0 }, { maxSkew: -1 }, { capacity: NaN }, { capacity: 0 }])(
  '%j makes no window',
  async (options) => {
    expect((await errorOf(() => new ReplayWindow(options))).path).toBe(Object.keys(options)[0]);
  },
);
