/** Telling a neighbor who has logged in while it was away. */
import { beforeAll, expect, test } from '@jest/globals';
import { createDim, EntityType, LoginCommand, MemoryStore, type ID, type JsonMap, type User } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { standardPlugin } from 'dimplugins';
import { silentLogger } from 'dimsdk';
import { MissedLogins } from '../../src/bridge/missed-logins.ts';
import { Ways } from '../../src/bridge/ways.ts';
import { memoryEngine } from '../../src/engine/memory-engine.ts';
import { Names } from '../../src/directory/names.ts';
import type { Link, OutgoingPayload } from '../../src/ports/link.ts';
import { noMeter } from '../../src/ports/meter.ts';
import { StationParts } from '../../src/sessions/parts.ts';

const dim = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });
const LIMITS = { unansweredMessages: 4096, unansweredBytes: 2 ** 24, messageBytes: 2 ** 22 };
const DAY = 24 * 60 * 60;

let station: User;
let neighbor: ID;
let other: ID;
let login: JsonMap;

beforeAll(async () => {
  const made = ['here', 'there', 'elsewhere'].map(async (seed) =>
    dim.createUser({ name: seed, seed, type: EntityType.STATION }),
  );
  const [self, next, last] = await Promise.all(made);
  if (self === undefined || next === undefined || last === undefined) throw new Error('there are three');
  station = self;
  [neighbor, other] = [next.id, last.id];
  const store = new MemoryStore();
  await dim.addUser(store, station);
  const content = LoginCommand.create({ did: station.id, station: { did: station.id, host: 'here.test', port: 1 } });
  const messenger = dim.messenger({ self: station.id, store });
  // Whose word it is does not matter to whoever passes it on.
  const { message } = await messenger.packMessage(content, dim.ID.parse('everyone@everywhere'));
  login = message.fields;
});

/** A connection over which the other side says that it has something when it is told to. */
class TestLink implements Link {
  readonly framing = 'mtp';
  readonly host = '';
  readonly port = 1;
  readonly waitingBytes = 0;
  readonly sent: OutgoingPayload[] = [];
  #told = 0;

  send(payload: OutgoingPayload): void {
    this.sent.push(payload);
  }

  close(): void {
    // Nothing to end.
  }

  /** Says that all is there that was not said before. @returns how many these were */
  acknowledge(): number {
    const fresh = this.sent.slice(this.#told);
    this.#told = this.sent.length;
    for (const { acknowledged } of fresh) acknowledged?.();
    return fresh.length;
  }
}

class Here {
  now = 100 * DAY;
  readonly parts: StationParts;
  readonly ways = new Ways(LIMITS);
  readonly missed: MissedLogins;

  constructor() {
    const clock = { now: () => this.now, wait: async () => undefined };
    const names = new Names(undefined);
    const engine = memoryEngine();
    this.parts = new StationParts({
      dim,
      self: station.id,
      engine,
      clock,
      logger: silentLogger,
      meter: noMeter,
      names,
      users: 1000,
    });
    this.missed = new MissedLogins(this.parts, this.ways);
  }

  /** So many log in. @param isUser whether they have ever been here */
  async come(prefix: string, count: number, at: ID = station.id, isUser = true): Promise<void> {
    for (let index = 0; index < count; index += 1) {
      const user = dim.ID.create({ name: `${prefix}-${index}`, address: station.id.address });
      const said = { sn: `${index}`, terminal: '', time: this.now, station: at.toString(), message: login };
      await this.parts.logins.add(user, said);
      if (isUser) await this.parts.directory.hasLoggedIn(user);
    }
  }

  connect(): TestLink {
    const link = new TestLink();
    this.ways.open(neighbor, link, true);
    this.missed.back(neighbor);
    return link;
  }

  disconnect(link: TestLink): void {
    const lost = this.ways.close(link);
    if (lost !== undefined) this.missed.lost(lost);
  }

  /** Acknowledges until all is told. @returns how many were on their way at the same time, one piece after the other */
  async takeAll(link: TestLink): Promise<readonly number[]> {
    const pieces: number[] = [];
    const settled = this.missed.settled().then(() => 'settled' as const);
    for (;;) {
      const turn = new Promise<'turn'>((resolve) => void setImmediate(() => resolve('turn')));
      if ((await Promise.race([settled, turn])) === 'settled') break;
      const piece = link.acknowledge();
      if (piece > 0) pieces.push(piece);
    }
    return pieces;
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}

test('a thousand logins go out few at a time, each as its user has signed it', async () => {
  const here = new Here();
  await here.come('user', 1000);
  await here.come('roamer', 50, other);
  const pieces = await here.takeAll(here.connect());
  expect(sum(pieces)).toBe(1000);
  expect(Math.max(...pieces)).toBeLessThanOrEqual(16);
});

test('of those who have never been here no neighbor is told', async () => {
  const here = new Here();
  await here.come('user', 3);
  await here.come('invented', 100, station.id, false);
  expect(sum(await here.takeAll(here.connect()))).toBe(3);
});

test('a login is passed on letter by letter, and says where it has been', async () => {
  const here = new Here();
  await here.come('user', 1);
  const link = here.connect();
  await here.takeAll(link);
  const [payload] = link.sent;
  const said = JSON.parse(decodeUtf8(payload?.bytes ?? new Uint8Array())) as JsonMap;
  expect(said).toMatchObject({ sender: login['sender'], data: login['data'], signature: login['signature'] });
  expect(said['recipients']).toEqual([neighbor.toString()]);
  expect(said['traces']).toMatchObject([{ did: station.id.toString() }]);
});

test('a neighbor that takes nothing gets no more, whatever else is there', async () => {
  const here = new Here();
  await here.come('user', 1000);
  const link = here.connect();
  for (let turn = 0; turn < 100; turn += 1) {
    here.missed.back(neighbor);
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  expect(link.sent.length).toBeLessThanOrEqual(16);
  here.disconnect(link);
  await here.missed.settled();
});

test('what it has heard in time is not said again; what was lost on the way is', async () => {
  const here = new Here();
  await here.come('early', 20);
  const first = here.connect();
  await here.takeAll(first);
  here.now += 3600;
  here.disconnect(first);
  here.now += DAY;
  await here.come('late', 3);
  const second = here.connect();
  expect(sum(await here.takeAll(second))).toBe(3);
  // Just before the end of a connection somebody comes: nobody knows whether the other side heard it.
  await here.come('last', 2);
  here.disconnect(second);
  here.now += DAY;
  const third = here.connect();
  expect(sum(await here.takeAll(third))).toBe(5);
});

test('a connection that ends in the middle of it is no loss', async () => {
  const here = new Here();
  await here.come('user', 100);
  const first = here.connect();
  for (let turn = 0; turn < 30 && first.sent.length < 40; turn += 1) {
    first.acknowledge();
    await new Promise<void>((resolve) => void setImmediate(resolve));
  }
  expect(first.sent.length).toBeLessThan(100);
  here.disconnect(first);
  await here.missed.settled();
  here.now += DAY;
  expect(sum(await here.takeAll(here.connect()))).toBe(100);
});

test('after a start, those who came in the last week are told of', async () => {
  const here = new Here();
  await here.come('gone', 5);
  here.now += 8 * DAY;
  await here.come('here', 7);
  expect(sum(await here.takeAll(here.connect()))).toBe(7);
});
