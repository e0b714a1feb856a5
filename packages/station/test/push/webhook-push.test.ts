import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createDim, EntityType, type ID } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { verifyPush, webhookPush, type CachedMessage, type WebhookPush, type WebhookPushOptions } from 'dimstation';
import { HandClock } from './hand-clock.ts';
import { Receiver, status } from './receiver.ts';

const SECRET = 'a secret of sixteen bytes or more';
const dim = createDim({ plugins: [standardPlugin()] });
const idOf = async (name: string, type?: number): Promise<ID> =>
  (await dim.createUser({ name, ...(type !== undefined && { seed: name, type }) })).id;
const [alice, bob, carol, bot] = [
  await idOf('Alice'),
  await idOf('Bob'),
  await idOf('Carol'),
  await idOf('bot', EntityType.BOT),
];
const group = dim.ID.parse('Group-12345@everywhere');

let clock: HandClock;
let receiver: Receiver;
let push: WebhookPush;

function start(options: Partial<WebhookPushOptions> = {}): WebhookPush {
  push = webhookPush({ url: receiver.url, secret: SECRET, clock, timeout: 7, ...options });
  return push;
}

/** A message for Bob that waits. */
function message(parts: Partial<CachedMessage> = {}): CachedMessage {
  const base = { sender: alice, receiver: bob, group: undefined, isForGroup: false, type: '1', time: clock.time };
  return { ...base, ...parts };
}

beforeEach(async () => {
  clock = new HandClock();
  receiver = await Receiver.start();
});

afterEach(async () => {
  await push.close();
  await receiver.close();
});

describe('what is told', () => {
  test('what comes within a second goes together, in order, and is signed', async () => {
    start();
    push.cached(message());
    push.cached(message({ type: '18', receiver: bob.at('phone') }));
    await clock.pass(1);
    const { items, headers, body } = await receiver.next();
    expect(items).toEqual([
      {
        receiver: bob.toString(),
        aps: {
          alert: { title: 'Text Message', body: `${alice.address.toString()} sent you a text message.` },
          badge: 1,
        },
      },
      {
        receiver: bob.at('phone').toString(),
        aps: { alert: { title: 'Image', body: `${alice.address.toString()} sent you an image.` }, badge: 1 },
      },
    ]);
    const signature = String(headers['dim-signature']);
    expect(verifyPush({ signature, body, secret: SECRET, now: clock.time })).toBe(true);
    expect(verifyPush({ signature, body: `${body} `, secret: SECRET, now: clock.time })).toBe(false);
    expect(verifyPush({ signature, body, secret: `${SECRET}!`, now: clock.time })).toBe(false);
    expect(verifyPush({ signature, body, secret: SECRET, now: clock.time + 300 })).toBe(false);
    expect(verifyPush({ signature: undefined, body, secret: SECRET, now: clock.time })).toBe(false);
  });

  test('not what is for programs, old, of a station, of oneself, or of a bot of a group', async () => {
    start();
    const station = await idOf('gsp-1', EntityType.STATION);
    for (const type of ['136', '137', '160', '202', '204', '255']) push.cached(message({ type }));
    push.cached(message({ time: clock.time - 129 }));
    push.cached(message({ sender: station }));
    push.cached(message({ receiver: bot }));
    push.cached(message({ sender: bob.at('laptop') }));
    push.cached(message({ sender: bot, isForGroup: true }));
    push.cached(message({ sender: bot, group }));
    expect(clock.waits).toEqual([]);
    push.cached(message({ sender: bot, time: clock.time - 127 }));
    await clock.pass(1);
    expect((await receiver.next()).items).toHaveLength(1);
  });

  test('names of those who have one, and of a group that hides only that', async () => {
    start({ nameOf: (id) => (id.equals(alice) ? `Al\u0000ice\u202e${'e'.repeat(100)}` : undefined) });
    push.cached(message({ isForGroup: true, type: undefined }));
    push.cached(message({ sender: bob, receiver: alice, group, type: '20' }));
    await clock.pass(1);
    const [first, second] = (await receiver.next()).items.map(({ aps }) => aps.alert);
    expect(first?.title).toBe('Message');
    expect(first?.body).toMatch(/^Al ice e{56}… sent you a message in group "Hidden"\.$/);
    expect(second?.title).toBe('Voice');
    expect(second?.body).toContain('sent you a voice message in group "Group-12345".');
  });

  test('a name that cannot be found out is none', async () => {
    start({
      nameOf: () => {
        throw new Error('a directory that failed');
      },
    });
    push.cached(message());
    await clock.pass(1);
    expect((await receiver.next()).items).toHaveLength(1);
  });

  test('badges count up, and begin anew when somebody comes, at each terminal', async () => {
    start();
    const phone = bob.at('phone');
    const badges = async (...receivers: readonly ID[]): Promise<readonly number[]> => {
      for (const to of receivers) push.cached(message({ receiver: to }));
      await clock.pass(1);
      return (await receiver.next()).items.map(({ aps }) => aps.badge);
    };
    expect(await badges(bob, phone, phone, carol)).toEqual([1, 1, 2, 1]);
    push.cameIn(phone);
    expect(await badges(phone, bob, carol)).toEqual([1, 1, 2]);
  });
});

describe('how it is sent', () => {
  test('fifty at most in one request', async () => {
    start();
    for (let count = 0; count < 120; count++) push.cached(message());
    await clock.pass(1);
    const counts = [await receiver.next(), await receiver.next()].map(({ items }) => items.length);
    await clock.pass(1);
    expect([...counts, (await receiver.next()).items.length]).toEqual([50, 50, 20]);
    expect(receiver.all.flatMap(({ items }) => items.map(({ aps }) => aps.badge))).toEqual(
      Array.from({ length: 120 }, (_, index) => index + 1),
    );
  });

  test('a receiver that fails gets the same again, after longer and longer pauses, each time signed anew', async () => {
    start();
    receiver.answers.push(status(500), status(429), (response) => response.socket?.destroy());
    push.cached(message());
    await clock.pass(1);
    const bodies = [await receiver.next()];
    for (const pause of [1, 2, 4]) {
      await clock.pass(pause);
      bodies.push(await receiver.next());
    }
    expect(new Set(bodies.map(({ body }) => body)).size).toBe(1);
    const signatures = bodies.map(({ headers }) => String(headers['dim-signature']));
    expect(new Set(signatures).size).toBe(4);
    // The next one has a name of its own.
    push.cached(message());
    await clock.pass(1);
    expect((await receiver.next()).id).not.toBe(bodies[0]?.id);
  });

  test('it is given up when it is too late, and what came later goes on', async () => {
    const dropped: unknown[] = [];
    const logger = {
      debug: () => undefined,
      info: () => undefined,
      warn: (event: string, details?: object) => void dropped.push([event, details]),
      error: () => undefined,
    };
    start({ logger });
    receiver.answers.push(...Array.from({ length: 7 }, () => status(503)));
    push.cached(message());
    await clock.pass(1);
    const pauses = [1, 2, 4, 8, 16, 32];
    for (const pause of pauses) {
      await receiver.next();
      await clock.pass(pause);
    }
    // A minute has passed: one more after half a minute, and then it is over.
    await receiver.next();
    await clock.pass(32);
    await receiver.next();
    push.cached(message({ sender: bob, receiver: alice }));
    await clock.pass(1);
    const { items } = await receiver.next();
    expect(items.map((item) => item.receiver)).toEqual([alice.toString()]);
    expect(dropped.at(0)).toEqual(['notifications could not be sent on', { count: 1, why: '503', again: true }]);
  });

  test('what it will not take is not sent again, and no redirection is followed', async () => {
    start();
    const elsewhere = await Receiver.start();
    receiver.answers.push(status(307, { location: elsewhere.url }), status(400));
    for (const to of [bob, carol]) {
      push.cached(message({ receiver: to }));
      await clock.pass(1);
      expect((await receiver.next()).items.map((item) => item.receiver)).toEqual([to.toString()]);
    }
    push.cached(message());
    await clock.pass(1);
    await receiver.next();
    expect(receiver.all).toHaveLength(3);
    expect(elsewhere.all).toHaveLength(0);
    await elsewhere.close();
  });

  test('one that does not answer is left after a time', async () => {
    start();
    receiver.answers.push(() => undefined);
    push.cached(message());
    await clock.pass(1);
    const first = await receiver.next();
    await clock.pass(7);
    await clock.pass(1);
    expect((await receiver.next()).id).toBe(first.id);
  });

  test('of more than may wait the oldest ones go; whoever collects is never kept waiting', async () => {
    start({ waiting: 10 });
    receiver.answers.push(() => undefined);
    push.cached(message());
    await clock.pass(1);
    await receiver.next();
    for (let count = 0; count < 1000; count++) push.cached(message());
    await clock.pass(7);
    await clock.pass(1);
    expect((await receiver.next()).items.map(({ aps }) => aps.badge)).toEqual([1]);
    await clock.pass(1);
    const badges = (await receiver.next()).items.map(({ aps }) => aps.badge);
    expect(badges).toEqual(Array.from({ length: 10 }, (_, index) => 992 + index));
  });

  test('at the end all that was collected is sent, once', async () => {
    start();
    push.cached(message());
    await push.close();
    expect((await receiver.next()).items).toHaveLength(1);
    push.cached(message());
    await push.close();
    expect(receiver.all).toHaveLength(1);
    expect(clock.waits).toEqual([]);
  });

  test('at the end nothing is tried again', async () => {
    start();
    receiver.answers.push(status(500));
    push.cached(message());
    await clock.pass(1);
    await receiver.next();
    await push.close();
    expect(receiver.all).toHaveLength(1);
  });
});

test.each([
  [{ url: 'ftp://example.com' }, 'url'],
  [{ url: 'https://user:word@example.com' }, 'url'],
  [{ secret: 'short' }, 'secret'],
  [{ secret: 7 as unknown as string }, 'secret'],
  [{ timeout: 0 }, 'timeout'],
  [{ waiting: 0 }, 'waiting'],
])('%p is refused at %s', (wrong, path) => {
  start();
  expect(() => webhookPush({ url: receiver.url, secret: SECRET, ...wrong })).toThrow(
    expect.objectContaining({ code: 'USAGE_ARGUMENT', path }),
  );
});
