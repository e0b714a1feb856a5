import { describe, expect, test } from '@jest/globals';
import { PushCommand } from '../../src/index.ts';
import { alice, bob, errorOf } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const APS = { alert: { title: 'New message', body: 'from Bob' }, badge: 1 };
const ITEM = { receiver: alice.id.toString(), aps: APS };
const WIRE = { type: '136', ...COMMON, command: 'push', items: [ITEM, { receiver: bob.id.toString() }] };

describe('PushCommand', () => {
  test('the items are read', () => {
    const { items } = parseAs('push', WIRE);
    expect(items.map(({ receiver }) => receiver.toString())).toEqual([ITEM.receiver, bob.id.toString()]);
    expect(items.map(({ aps }) => aps)).toEqual([APS, undefined]);
    expect(parseAs('push', { ...WIRE, items: undefined }).items).toEqual([]);
  });

  test('nothing is lost', async () => {
    checkNothingLost('push', WIRE);
  });

  test('a new one makes the round trip, and keeps what it was given', () => {
    const aps = { alert: 'x' };
    const created = PushCommand.create([
      { receiver: alice.id, aps },
      { receiver: bob.id, aps: undefined },
    ]);
    aps.alert = 'y';
    expect(created.items[0]?.aps).toEqual({ alert: 'x' });
    const { items } = reread('push', created);
    expect(items.map((item) => [item.receiver.toString(), item.aps])).toEqual([
      [alice.id.toString(), { alert: 'x' }],
      [bob.id.toString(), undefined],
    ]);
  });

  test.each<[unknown, string, string]>([
    [{}, 'INPUT_TYPE', 'items'],
    [[5], 'INPUT_TYPE', 'items[0]'],
    [[ITEM, { aps: APS }], 'INPUT_MISSING', 'items[1].receiver'],
    [[{ receiver: 'x' }], 'UNSUPPORTED_ADDRESS', 'items[0].receiver'],
    [[{ ...ITEM, aps: 'x' }], 'INPUT_TYPE', 'items[0].aps'],
  ])('%j is refused', async (items, code, path) => {
    expect(await refusalOf(WIRE, { items })).toMatchObject({ code, path });
  });

  test('a new one holds JSON only', async () => {
    const aps = { sound: Number.NaN };
    const refused = await errorOf(() => PushCommand.create([{ receiver: alice.id, aps }]));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'items[0].aps.sound' });
  });
});
