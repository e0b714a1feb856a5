import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { MoneyContent } from '../../src/index.ts';
import { dim, errorOf } from '../context.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const WIRE = { type: '64', ...COMMON, currency: 'USD', amount: 12.5 };

function parseMoney(change: object): MoneyContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'money') throw new Error(content.kind);
  return content;
}

describe('MoneyContent', () => {
  test('every field is read', () => {
    expect(parseMoney({})).toMatchObject({ currency: 'USD', amount: 12.5 });
  });

  testNothingLost(WIRE, 'money');

  test.each([
    ['12.5', 12.5],
    ['0', 0],
    ['0.00000001', 1e-8],
    [0, 0],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('the amount %j is read, and written as it came', (amount, expected) => {
    const content = parseMoney({ amount });
    expect(content.amount).toBe(expected);
    expect(content.fields['amount']).toBe(amount);
  });

  test.each(['USD', '$', '€', '人民币', 'BTC/sat', 'Gold coins', '1inch'])('the currency %s is read', (currency) => {
    expect(parseMoney({ currency }).currency).toBe(currency);
  });

  test('a new one makes the round trip', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }), (amount) => {
        fc.pre(!Object.is(amount, -0));
        expect(reread(MoneyContent.create({ currency: 'EUR', amount }))).toMatchObject({ currency: 'EUR', amount });
      }),
    );
  });

  test.each([
    [{ currency: undefined }, 'INPUT_MISSING', 'currency'],
    [{ currency: 5 }, 'INPUT_TYPE', 'currency'],
    [{ currency: '' }, 'INPUT_FORMAT', 'currency'],
    [{ currency: '__proto__' }, 'INPUT_FORMAT', 'currency'],
    [{ currency: 'U\nD' }, 'INPUT_FORMAT', 'currency'],
    [{ currency: 'x'.repeat(33) }, 'INPUT_FORMAT', 'currency'],
    [{ amount: undefined }, 'INPUT_MISSING', 'amount'],
    [{ amount: null }, 'INPUT_TYPE', 'amount'],
    [{ amount: true }, 'INPUT_TYPE', 'amount'],
    [{ amount: [1] }, 'INPUT_TYPE', 'amount'],
    [{ amount: NaN }, 'INPUT_TYPE', 'amount'],
    [{ amount: Infinity }, 'INPUT_TYPE', 'amount'],
    [{ amount: -5 }, 'INPUT_RANGE', 'amount'],
    [{ amount: -0 }, 'INPUT_RANGE', 'amount'],
    [{ amount: 1e308 }, 'INPUT_RANGE', 'amount'],
    [{ amount: 2 ** 53 }, 'INPUT_RANGE', 'amount'],
    [{ amount: '9007199254740992' }, 'INPUT_RANGE', 'amount'],
    [{ amount: '1e400' }, 'INPUT_FORMAT', 'amount'],
    [{ amount: '-5' }, 'INPUT_FORMAT', 'amount'],
    [{ amount: '' }, 'INPUT_FORMAT', 'amount'],
    [{ amount: '0x10' }, 'INPUT_FORMAT', 'amount'],
    [{ amount: ' 1 ' }, 'INPUT_FORMAT', 'amount'],
    [{ amount: '9'.repeat(1000) }, 'INPUT_FORMAT', 'amount'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parseMoney(change))).toMatchObject({ code, path });
  });

  test('an integer that a number would round is refused', async () => {
    expect(await errorOf(() => parseMoney({ amount: 2n ** 60n }))).toMatchObject({ code: 'INPUT_RANGE' });
  });

  test('a new one is refused where no reader would take it', async () => {
    for (const [parts, path] of [
      [{ currency: 'USD', amount: -1 }, 'amount'],
      [{ currency: '', amount: 1 }, 'currency'],
    ] as const)
      expect(await errorOf(() => MoneyContent.create(parts))).toMatchObject({ code: 'USAGE_ARGUMENT', path });
  });

  test.each(['66', '72', '73', 66])('the reserved type %j is kept whole and read as unknown', (type) => {
    const wire = { ...WIRE, type, amount: 'whatever' };
    const content = dim.Content.parse(wire);
    expect(content.kind).toBe('unknown');
    expect(JSON.parse(content.serialize())).toEqual(wire);
  });
});
