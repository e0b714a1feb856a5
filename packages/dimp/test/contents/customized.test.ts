import { describe, expect, test } from '@jest/globals';
import { CustomizedContent, createCustomized, defineCustomized, definePlugin, ModuleContent } from '../../src/index.ts';
import { textOf } from '../../src/extend.ts';
import { dim, errorOf } from '../context.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const WIRE = { type: '204', ...COMMON, app: 'chat.dim.test', mod: 'm', act: 'a', extra: { k: [1, 2, { z: null }] } };

describe('CustomizedContent', () => {
  test('every field is read', () => {
    expect(dim.Content.parse(WIRE)).toMatchObject({ kind: 'unknown-module', app: 'chat.dim.test', mod: 'm', act: 'a' });
  });

  testNothingLost(WIRE, 'unknown-module');

  test('a new one makes the round trip', () => {
    const created = CustomizedContent.create({ app: 'a', mod: 'b', act: 'c' }, { fields: { x: 1 }, time: 5 });
    expect(created).toMatchObject({ app: 'a', mod: 'b', act: 'c', time: 5 });
    expect(reread(created)).toMatchObject({ kind: 'unknown-module', app: 'a', mod: 'b', act: 'c', fields: { x: 1 } });
  });

  test.each([
    [{ app: undefined }, 'INPUT_MISSING', 'app'],
    [{ mod: undefined }, 'INPUT_MISSING', 'mod'],
    [{ act: undefined }, 'INPUT_MISSING', 'act'],
    [{ app: 5 }, 'INPUT_TYPE', 'app'],
    [{ mod: 'a\nb' }, 'INPUT_FORMAT', 'mod'],
    [{ act: '' }, 'INPUT_FORMAT', 'act'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => dim.Content.parse({ ...WIRE, ...change }))).toMatchObject({ code, path });
  });

  test.each(['type', 'time', 'group', 'act', 'T'])('a new one may not set the field %s', async (name) => {
    const action = { app: 'a', mod: 'b', act: 'c' };
    const error = await errorOf(() => CustomizedContent.create(action, { fields: { [name]: '1' } }));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: `fields.${name}` });
  });

  test('a new one is refused where no reader would take it', async () => {
    const error = await errorOf(() => CustomizedContent.create({ app: 'a\n', mod: 'b', act: 'c' }));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'app' });
  });
});

class Move extends ModuleContent {
  readonly kind = 'move';
  readonly move: string = textOf(this.fields, 'move');

  static create(move: string): Move {
    return createCustomized(board, 'move', { move });
  }
}
const board = defineCustomized({ app: 'chess', mod: 'board', kind: 'move', class: Move });
const chess = definePlugin('chess', [board]);
const withChess = dim.extend(chess);

describe('defineCustomized', () => {
  test('a module is found by application and name', () => {
    const content = withChess.Content.parse(JSON.parse(Move.create('e4').serialize()));
    expect(content.kind === 'move' && content.move).toBe('e4');
  });

  test.each([
    { app: 'chess', mod: 'clock' },
    { app: 'go', mod: 'board' },
    { app: '__proto__', mod: 'constructor' },
  ])('%j is no module of it', (change) => {
    expect(withChess.Content.parse({ ...WIRE, ...change }).kind).toBe('unknown-module');
  });

  test('the errors of a module keep their path, and its faults are its own', async () => {
    const map = { ...WIRE, app: 'chess', mod: 'board' };
    expect(await errorOf(() => withChess.Content.parse(map))).toMatchObject({ code: 'INPUT_MISSING', path: 'move' });
    const read = () => {
      throw new TypeError('a fault');
    };
    const faulty = dim.extend(
      definePlugin('faulty', [defineCustomized<Move>({ app: 'chess', mod: 'board', kind: 'move', read })]),
    );
    expect((await errorOf(() => faulty.Content.parse(map))).code).toBe('INTERNAL_PLUGIN');
  });

  test('two plugins for one module are an error, unless the later replaces', async () => {
    const other = definePlugin('other', [board]);
    expect((await errorOf(() => dim.extend(chess, other))).code).toBe('USAGE_DUPLICATE');
    expect(dim.extend(chess, definePlugin('other', [board], { replace: true })).Content).toBeDefined();
  });

  test('names that could be mixed up cannot be defined', async () => {
    const read = (init: ConstructorParameters<typeof Move>[0]) => new Move(init);
    const error = await errorOf(() => defineCustomized({ app: 'a\nb', mod: 'c', kind: 'move', read }));
    expect(error).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'app' });
    expect((await errorOf(() => defineCustomized({ app: 'a', mod: '', kind: 'move', read }))).path).toBe('mod');
  });
});
