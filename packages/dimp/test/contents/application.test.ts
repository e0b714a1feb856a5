import { describe, expect, test } from '@jest/globals';
import { ApplicationContent } from '../../src/index.ts';
import { dim, errorOf } from '../context.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const WIRE = { type: '160', ...COMMON, app: 'com.example.chess', mod: 'board', act: 'move', move: 'e4' };

function parseApplication(change: object): ApplicationContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'application') throw new Error(content.kind);
  return content;
}

describe('ApplicationContent', () => {
  test('every field is read', () => {
    expect(parseApplication({})).toMatchObject({ app: WIRE.app, mod: 'board', act: 'move' });
    expect(parseApplication({ mod: undefined, act: undefined })).toMatchObject({ mod: undefined, act: undefined });
  });

  testNothingLost(WIRE, 'application');

  test('a new one makes the round trip', () => {
    const created = ApplicationContent.create({ app: 'a', mod: 'm', act: 'x' }, { fields: { move: ['e4'] }, sn: 3 });
    expect(reread(created)).toMatchObject({ app: 'a', mod: 'm', act: 'x', sn: 3, fields: { move: ['e4'] } });
    expect(ApplicationContent.create({ app: 'a' }).toMap()).not.toHaveProperty('mod');
  });

  test('the fields of a new one are copied, and may not be its own', async () => {
    const move = ['e4'];
    const created = ApplicationContent.create({ app: 'a' }, { fields: { move } });
    move.push('e5');
    expect(created.fields['move']).toEqual(['e4']);
    const error = await errorOf(() => ApplicationContent.create({ app: 'a' }, { fields: { sn: 5 } }));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'fields.sn' });
  });

  test.each([
    [{ app: undefined }, 'INPUT_MISSING', 'app'],
    [{ app: 5 }, 'INPUT_TYPE', 'app'],
    [{ app: '' }, 'INPUT_FORMAT', 'app'],
    [{ mod: null }, 'INPUT_TYPE', 'mod'],
    [{ act: 'a\nb' }, 'INPUT_FORMAT', 'act'],
    [{ act: 'x'.repeat(129) }, 'INPUT_FORMAT', 'act'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parseApplication(change))).toMatchObject({ code, path });
  });
});
