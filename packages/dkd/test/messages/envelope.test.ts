import { describe, expect, test } from '@jest/globals';
import { ANYONE, Envelope, EVERYONE } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf, GROUP } from '../world.ts';

const MAP = { sender: ALICE.toString(), receiver: BOB.toString(), time: 1700000000.25 };

describe('Envelope.parse', () => {
  test('reads all of it, and keeps the rest', () => {
    const envelope = context.Envelope.parse({ ...MAP, group: GROUP.toString(), type: 1, more: [1] });
    expect(envelope.sender.equals(ALICE) && envelope.receiver.equals(BOB) && envelope.group?.equals(GROUP)).toBe(true);
    expect([envelope.time, envelope.type, envelope.fields['more']]).toEqual([1700000000.25, '1', [1]]);
  });

  test('reads short names', () => {
    const envelope = context.Envelope.parse({ F: MAP.sender, R: MAP.receiver, W: '1700000000.25' });
    expect(envelope.toMap()).toEqual({ ...MAP, time: '1700000000.25' });
  });

  test('a missing receiver is anyone; one that is there and bad is an error', async () => {
    expect(context.Envelope.parse({ ...MAP, receiver: undefined }).receiver).toBe(ANYONE);
    for (const receiver of ['', null, 'x', 'bob@', 5, [MAP.receiver]]) {
      expect((await errorOf(() => context.Envelope.parse({ ...MAP, receiver }))).path).toBe('receiver');
    }
  });

  test('an empty type says nothing of the content: some senders write one, with short names', () => {
    const envelope = context.Envelope.parse({ ...MAP, T: '' });
    expect([envelope.type, envelope.fields['type']]).toEqual([undefined, '']);
  });

  test.each([
    [{ sender: undefined }, 'INPUT_MISSING', 'sender'],
    [{ sender: '' }, 'INPUT_FORMAT', 'sender'],
    [{ sender: GROUP.toString() }, 'INPUT_CONFLICT', 'sender'],
    [{ R: ALICE.toString() }, 'INPUT_CONFLICT', 'R'],
    [{ time: -1 }, 'INPUT_RANGE', 'time'],
    [{ group: BOB.toString() }, 'INPUT_CONFLICT', 'group'],
    [{ type: 1.5 }, 'INPUT_RANGE', 'type'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => context.Envelope.parse({ ...MAP, ...change }))).toMatchObject({ code, path });
  });

  test('inherited fields do not count', async () => {
    expect((await errorOf(() => context.Envelope.parse(Object.create(MAP)))).code).toBe('INPUT_TYPE');
  });
});

describe('Envelope.create', () => {
  test('makes what a reader has', () => {
    const envelope = Envelope.create({ sender: ALICE, receiver: BOB, time: 1.5, group: GROUP, type: '1' });
    const read = context.Envelope.parse(envelope.toMap());
    expect([envelope.time, envelope.type, envelope.fields]).toEqual([read.time, read.type, read.fields]);
    expect([envelope.sender, envelope.receiver, envelope.group]).toEqual([ALICE, BOB, GROUP]);
  });

  test.each<[object, string]>([
    [{ sender: GROUP }, 'sender'],
    [{ sender: ALICE.toString() }, 'sender'],
    [{ sender: undefined }, 'sender'],
    [{ receiver: undefined }, 'receiver'],
    [{ receiver: BOB.toString() }, 'receiver'],
    [{ group: BOB }, 'group'],
    [{ time: Date.now() }, 'time'],
    [{ time: Number.NaN }, 'time'],
    [{ time: -1 }, 'time'],
    [{ time: new Date() }, 'time'],
    [{ type: 'text' }, 'type'],
    [{ type: '01' }, 'type'],
    [{ type: '' }, 'type'],
  ])('%p is refused', async (change, path) => {
    const error = await errorOf(() => Envelope.create({ sender: ALICE, receiver: BOB, ...change }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
  });
});

test('broadcast is told by receiver or group', () => {
  expect(Envelope.create({ sender: ALICE, receiver: ANYONE }).isBroadcast).toBe(true);
  expect(Envelope.create({ sender: ALICE, receiver: BOB, group: EVERYONE }).isBroadcast).toBe(true);
  expect(Envelope.create({ sender: ALICE, receiver: BOB, group: GROUP }).isBroadcast).toBe(false);
});
