import { describe, expect, test } from '@jest/globals';
import { TransferContent } from '../../src/index.ts';
import { alice, bob, dim, errorOf } from '../world.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const REMITTER = alice.id.toString();
const REMITTEE = bob.id.toString();
const WIRE = { type: '65', ...COMMON, currency: 'BTC', amount: 3, remitter: REMITTER, remittee: REMITTEE };

function parseTransfer(change: object): TransferContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'transfer') throw new Error(content.kind);
  return content;
}

describe('TransferContent', () => {
  test('every field is read', () => {
    const { currency, amount, remitter, remittee } = parseTransfer({});
    expect([currency, amount, String(remitter), String(remittee)]).toEqual(['BTC', 3, REMITTER, REMITTEE]);
  });

  testNothingLost(WIRE, 'transfer');

  test('either party may be absent', () => {
    const content = parseTransfer({ remitter: undefined, remittee: undefined });
    expect(content).toMatchObject({ remitter: undefined, remittee: undefined });
  });

  test('a new one makes the round trip', () => {
    const parts = { currency: 'BTC', amount: 0.5, remitter: alice.id, remittee: bob.id };
    const content = reread(TransferContent.create(parts)) as TransferContent;
    expect([content.amount, String(content.remitter), String(content.remittee)]).toEqual([0.5, REMITTER, REMITTEE]);
    const open = TransferContent.create({ currency: 'BTC', amount: 1, remittee: bob.id });
    expect(open.toMap()).not.toHaveProperty('remitter');
    expect(open.remitter).toBeUndefined();
  });

  test.each([
    [{ currency: undefined }, 'INPUT_MISSING', 'currency'],
    [{ amount: -1 }, 'INPUT_RANGE', 'amount'],
    [{ remitter: 'a@b@c' }, 'INPUT_FORMAT', 'remitter'],
    [{ remitter: true }, 'INPUT_TYPE', 'remitter'],
    [{ remittee: 5 }, 'INPUT_TYPE', 'remittee'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parseTransfer(change))).toMatchObject({ code, path });
  });
});
