import { describe, expect, test } from '@jest/globals';
import { GroupHistoryContent } from '../../src/index.ts';
import { bob, dim, errorOf, group } from '../world.ts';
import { COMMON, testNothingLost, reread } from '../contents/content-wire.ts';

const GROUP = group.id.toString();
const WIRE = {
  type: '204',
  ...COMMON,
  group: GROUP,
  app: 'chat.dim.group',
  mod: 'history',
  act: 'query',
  last_time: 1600000000.5,
};

describe('GroupHistoryContent', () => {
  test('every field is read', () => {
    const content = dim.Content.parse(WIRE);
    if (content.kind !== 'group-history') throw new Error(content.kind);
    expect(content).toMatchObject({ app: 'chat.dim.group', mod: 'history', act: 'query', lastTime: 1600000000.5 });
    expect(content.group.toString()).toBe(GROUP);
  });

  test.each([
    [undefined, undefined],
    [0, 0],
    ['1600000000', 1600000000],
  ])('the last time %j is read', (time, lastTime) => {
    expect(dim.Content.parse({ ...WIRE, last_time: time })).toMatchObject({ kind: 'group-history', lastTime });
  });

  testNothingLost(WIRE, 'group-history');

  test('a new one makes the round trip', () => {
    const query = reread(GroupHistoryContent.query(group.id, { lastTime: 5.5, sn: 3 }));
    expect(query).toMatchObject({ kind: 'group-history', act: 'query', lastTime: 5.5, sn: 3 });
    expect(query.group?.toString()).toBe(GROUP);
    expect(GroupHistoryContent.query(group.id).toMap()).not.toHaveProperty('last_time');
  });

  test('another action is a customized content', () => {
    expect(dim.Content.parse({ ...WIRE, act: 'later' })).toMatchObject({ kind: 'unknown-module', act: 'later' });
  });

  test.each([
    [{ group: undefined }, 'INPUT_MISSING', 'group'],
    [{ group: bob.id.toString() }, 'INPUT_CONFLICT', 'group'],
    [{ last_time: 'x' }, 'INPUT_FORMAT', 'last_time'],
    [{ last_time: true }, 'INPUT_TYPE', 'last_time'],
    [{ last_time: -1 }, 'INPUT_RANGE', 'last_time'],
    [{ act: undefined }, 'INPUT_MISSING', 'act'],
  ])('%j is refused', async (change, code, path) => {
    expect(await errorOf(() => dim.Content.parse({ ...WIRE, ...change }))).toMatchObject({ code, path });
  });

  test('a new one is refused where no reader would take it', async () => {
    expect(await errorOf(() => GroupHistoryContent.query(bob.id))).toMatchObject({
      code: 'USAGE_ARGUMENT',
      path: 'group',
    });
    const refused = await errorOf(() => GroupHistoryContent.query(group.id, { lastTime: NaN }));
    expect(refused).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'last_time' });
  });
});
