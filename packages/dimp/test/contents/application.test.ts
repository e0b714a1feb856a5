import { describe, expect, test } from '@jest/globals';
import {
  ApplicationContent,
  Content,
  createApplication,
  createDim,
  defineApplication,
  definePlugin,
} from '../../src/index.ts';
import { textOf } from '../../src/extend.ts';
import { dim, errorOf } from '../context.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const WIRE = { type: '160', ...COMMON, app: 'com.example.chess', mod: 'board', act: 'move', move: 'e4' };

function parseApplication(change: object): ApplicationContent {
  const content = dim.Content.parse({ ...WIRE, ...change });
  if (content.kind !== 'unknown-application') throw new Error(content.kind);
  return content;
}

describe('ApplicationContent', () => {
  test('every field is read', () => {
    expect(parseApplication({})).toMatchObject({ app: WIRE.app, mod: 'board', act: 'move' });
    expect(parseApplication({ mod: undefined, act: undefined })).toMatchObject({ mod: undefined, act: undefined });
  });

  testNothingLost(WIRE, 'unknown-application');

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
    [{ mod: true }, 'INPUT_TYPE', 'mod'],
    [{ act: 'a\nb' }, 'INPUT_FORMAT', 'act'],
    [{ act: 'x'.repeat(129) }, 'INPUT_FORMAT', 'act'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => parseApplication(change))).toMatchObject({ code, path });
  });
});

class Move extends Content {
  readonly kind = 'chess-move';
  readonly move: string = textOf(this.fields, 'move');

  static create(move: string): Move {
    return createApplication(chess, { move });
  }
}
class Stone extends Content {
  readonly kind = 'go-stone';
}
const chess = defineApplication({ app: 'com.example.chess', kind: 'chess-move', class: Move });
const go = defineApplication({ app: 'com.example.go', kind: 'go-stone', class: Stone });

describe('defineApplication', () => {
  const both = dim.extend(definePlugin('chess', [chess]), definePlugin('go', [go]));

  test('the contents of several applications are read side by side', () => {
    const content = both.Content.parse(WIRE);
    if (content.kind !== 'chess-move') throw new Error(content.kind);
    expect(content.move).toBe('e4');
    expect(both.Content.parse({ ...WIRE, app: 'com.example.go' }).kind).toBe('go-stone');
    expect(both.Content.parse({ ...WIRE, app: 'com.example.cards' })).toBeInstanceOf(ApplicationContent);
  });

  test('a new one makes the round trip, and is refused where no reader would take it', async () => {
    expect(both.Content.parse(Move.create('e4').toMap())).toBeInstanceOf(Move);
    expect(await errorOf(() => Move.create(5 as never))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'move' });
  });

  test('one application twice, a kind twice, a kind of the core', async () => {
    for (const definition of [
      { ...chess, kind: 'other' as never },
      { ...go, app: 'com.example.other', kind: 'chess-move' as never },
      { ...go, app: 'com.example.other', kind: 'text' as never },
      { ...go, app: 'com.example.other', kind: 'unknown-command' as never },
      { ...go, app: 'com.example.other', kind: 'unknown-application' as never },
    ]) {
      const plugins = [definePlugin('chess', [chess]), definePlugin('other', [definition])];
      expect((await errorOf(() => createDim({ plugins }))).code).toBe('USAGE_DUPLICATE');
    }
  });

  test('a name that no content can have', async () => {
    const error = await errorOf(() => defineApplication({ app: 'a\nb', kind: 'chess-move', class: Move }));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'app' });
  });
});
