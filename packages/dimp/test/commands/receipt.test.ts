import { describe, expect, test } from '@jest/globals';
import { Envelope, ReceiptCommand } from '../../src/index.ts';
import { alice, bob, carol, errorOf, group } from '../world.ts';
import { checkNothingLost, COMMON, parseAs, refusalOf, reread } from './command-wire.ts';

const [SENDER, RECEIVER] = [alice.id.toString(), bob.id.toString()];
const ORIGIN = { sender: SENDER, receiver: RECEIVER, time: 1700000000, type: '1', sn: 123, signature: 'c2ln' };
const BARE = { type: '136', ...COMMON, command: 'receipt', text: 'got it' };
const WIRE = { ...BARE, origin: ORIGIN };
const FLAT = { ...BARE, type: 136, sn: 123, sender: SENDER, receiver: RECEIVER, signature: 'c2ln' };

/** What a receipt tells of the message, as JSON. */
function originOf(map: object): unknown {
  return JSON.parse(JSON.stringify(parseAs('receipt', map).origin ?? null));
}

describe('ReceiptCommand', () => {
  test('every field is read', () => {
    const receipt = parseAs('receipt', WIRE);
    expect([receipt.text, receipt.sn]).toEqual(['got it', 7]);
    expect(receipt.origin).toMatchObject({ time: 1700000000, type: '1', sn: 123, signature: 'c2ln' });
    expect(receipt.origin?.sender?.equals(alice.id)).toBe(true);
    expect(receipt.origin?.receiver?.equals(bob.id)).toBe(true);
  });

  test('there are receipts without origin, and of little', () => {
    expect(parseAs('receipt', BARE).origin).toBeUndefined();
    expect(originOf({ ...BARE, origin: { sender: SENDER } })).toEqual({ sender: SENDER });
  });

  test('nothing is lost', async () => {
    checkNothingLost('receipt', BARE, WIRE, FLAT);
  });

  test('a new one makes the round trip', () => {
    const envelope = Envelope.create({ sender: alice.id, receiver: bob.id, time: 5, type: '1' });
    const created = ReceiptCommand.create('Read', {
      origin: { envelope, sn: 2n ** 60n, signature: 'c2ln' },
      group: group.id,
      sn: 9,
    });
    expect(created.fields).toMatchObject({
      origin: { sender: SENDER, receiver: RECEIVER, time: 5, type: '1', sn: 2n ** 60n, signature: 'c2ln' },
    });
    expect(JSON.stringify(created.origin?.sender)).toBe(JSON.stringify(alice.id));
    const small = ReceiptCommand.create('Read', { origin: { envelope, sn: 8 }, group: group.id, sn: 9 });
    const read = reread('receipt', small);
    expect([read.text, read.sn, read.group?.equals(group.id)]).toEqual(['Read', 9, true]);
    expect(read.origin).toMatchObject({ sn: 8, time: 5, type: '1', signature: undefined });
    expect(ReceiptCommand.create('Read').toMap()).not.toHaveProperty('origin');
    expect(ReceiptCommand.create('Read', { origin: { envelope } }).origin?.sn).toBeUndefined();
  });

  test('a new one is for a message that can be', async () => {
    const envelope = Envelope.create({ sender: alice.id, receiver: bob.id });
    const refused = await errorOf(() => ReceiptCommand.create('Read', { origin: { envelope, sn: 0 } }));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'origin.sn' });
  });

  test.each<[object, string, string]>([
    [{ text: undefined }, 'INPUT_MISSING', 'text'],
    [{ text: 5 }, 'INPUT_TYPE', 'text'],
    [{ origin: [] }, 'INPUT_TYPE', 'origin'],
    [{ origin: {} }, 'INPUT_MISSING', 'origin.sender'],
    [{ origin: { ...ORIGIN, sender: 'x' } }, 'UNSUPPORTED_ADDRESS', 'origin.sender'],
    [{ origin: { ...ORIGIN, receiver: 5 } }, 'INPUT_TYPE', 'origin.receiver'],
    [{ origin: { ...ORIGIN, time: 'x' } }, 'INPUT_FORMAT', 'origin.time'],
    [{ origin: { ...ORIGIN, type: 'x' } }, 'INPUT_FORMAT', 'origin.type'],
    [{ origin: { ...ORIGIN, sn: -1 } }, 'INPUT_RANGE', 'origin.sn'],
    [{ origin: { ...ORIGIN, signature: 5 } }, 'INPUT_TYPE', 'origin.signature'],
    [{ envelope: 'x' }, 'INPUT_TYPE', 'envelope'],
    [{ envelope: { ...ORIGIN, sn: 124 } }, 'INPUT_CONFLICT', 'envelope.sn'],
    [{ sender: carol.id.toString() }, 'INPUT_CONFLICT', 'sender'],
    [{ sender: 5 }, 'INPUT_TYPE', 'sender'],
  ])('%# is refused', async (change, code, path) => {
    expect(await refusalOf(WIRE, change)).toMatchObject({ code, path });
  });
});

describe('the shapes of the years', () => {
  const { time: _time, type: _type, ...flat } = ORIGIN;
  const { sn: _sn, signature: _signature, ...envelope } = ORIGIN;

  test.each<[string, object, object]>([
    ['origin', WIRE, ORIGIN],
    ['envelope', { ...BARE, envelope: ORIGIN }, ORIGIN],
    ['flat fields, where the number is that of the message', FLAT, flat],
    ['number and signature alone', { ...FLAT, sender: undefined, receiver: undefined }, { sn: 123, signature: 'c2ln' }],
    ['envelope, and the rest flat', { ...BARE, sn: 123, envelope, signature: 'c2ln' }, ORIGIN],
    ['all in one map', { ...FLAT, origin: ORIGIN, envelope: ORIGIN }, ORIGIN],
    ['all in one map, the receipt with its number', { ...FLAT, sn: 7, origin: ORIGIN, envelope: ORIGIN }, ORIGIN],
    [
      'numbers as text, the sender at a terminal',
      { ...WIRE, envelope: { ...ORIGIN, sn: '123', sender: `${SENDER}/x` } },
      ORIGIN,
    ],
  ])('%s', (_name, map, expected) => {
    expect(originOf(map)).toEqual(expected);
  });

  test('the text was once a message', () => {
    expect(parseAs('receipt', { ...WIRE, text: undefined, message: 'done' }).text).toBe('done');
    expect(parseAs('receipt', { ...WIRE, message: 'done' }).text).toBe('got it');
  });
});
