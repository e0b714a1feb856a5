import { describe, expect, test } from '@jest/globals';
import { ArrayContent, TextContent } from '../../src/index.ts';
import { dim, errorOf } from '../context.ts';
import { COMMON, testNothingLost, reread } from './content-wire.ts';

const TEXT = { type: '1', ...COMMON, text: 'one' };
const WIRE = {
  type: '202',
  ...COMMON,
  contents: [TEXT, { type: '9999', sn: 1, more: null }, { T: 1, N: 2, text: 'x' }],
};

function parseArray(contents: unknown): ArrayContent {
  const content = dim.Content.parse({ ...WIRE, contents });
  if (content.kind !== 'array') throw new Error(content.kind);
  return content;
}

/** A text inside of `depth` arrays. */
function nested(depth: number): object {
  let map: object = TEXT;
  for (let level = 0; level < depth; level++) map = { type: '202', ...COMMON, contents: [map] };
  return map;
}

describe('ArrayContent', () => {
  test('each content is read as its own kind', () => {
    expect(parseArray(WIRE.contents).contents.map((content) => content.kind)).toEqual(['text', 'unknown', 'text']);
    expect(parseArray([]).contents).toEqual([]);
    expect(Object.isFrozen(parseArray(WIRE.contents).contents)).toBe(true);
  });

  testNothingLost(WIRE, 'array');

  test('a new one makes the round trip', () => {
    const created = ArrayContent.create([TextContent.create('one'), ArrayContent.create([TextContent.create('two')])]);
    const read = reread(created) as ArrayContent;
    expect(read.contents).toMatchObject([{ text: 'one' }, { contents: [{ text: 'two' }] }]);
    expect(read.serialize()).toBe(created.serialize());
  });

  test.each([
    [undefined, 'INPUT_MISSING', 'contents'],
    [true, 'INPUT_TYPE', 'contents'],
    ['x', 'INPUT_TYPE', 'contents'],
    [{ 0: TEXT, length: 1 }, 'INPUT_TYPE', 'contents'],
    [[TEXT, 5], 'INPUT_TYPE', 'contents[1]'],
    [[null], 'INPUT_TYPE', 'contents[0]'],
    [[TEXT, TEXT, { ...TEXT, sn: -1 }], 'INPUT_RANGE', 'contents[2].sn'],
    [[{ ...WIRE, contents: [{ ...TEXT, text: 5 }] }], 'INPUT_TYPE', 'contents[0].contents[0].text'],
  ])('%j is refused', async (contents, code, path) => {
    expect(await errorOf(() => parseArray(contents))).toMatchObject({ code, path });
  });

  test('nesting has a limit', async () => {
    expect(dim.Content.parse(nested(16)).kind).toBe('array');
    expect((await errorOf(() => dim.Content.parse(nested(17)))).code).toBe('INPUT_LIMIT');
    expect((await errorOf(() => dim.Content.parse(nested(10_000)))).code).toBe('INPUT_LIMIT');
  });
});
