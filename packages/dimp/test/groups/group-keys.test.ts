import { describe, expect, test } from '@jest/globals';
import { GroupKeysContent } from '../../src/index.ts';
import { alice, bob, carol, dim, errorOf, group } from '../world.ts';
import { COMMON, testNothingLost, reread } from '../contents/content-wire.ts';

const GROUP = group.id.toString();
const FROM = alice.id.toString();
const BOB = bob.id.toString();
const CAROL = carol.id.toString();
const COMMON_KEYS = { type: '204', ...COMMON, group: GROUP, app: 'chat.dim.group', mod: 'keys' };
const QUERY = { ...COMMON_KEYS, act: 'query', from: FROM, to: [BOB, CAROL], digest: 'abc' };
const UPDATE = { ...COMMON_KEYS, act: 'update', from: FROM, keys: { [BOB]: 'SGk=', digest: 'abc', [CAROL]: 'SG8=' } };
const HI = new Uint8Array([72, 105]);
const HO = new Uint8Array([72, 111]);

function parseKeys(wire: object): GroupKeysContent {
  const content = dim.Content.parse(wire);
  if (content.kind !== 'group-keys') throw new Error(content.kind);
  return content;
}

/** What a content says, with the IDs as text. */
function summary({ act, group: of, from, to, digest, keys }: GroupKeysContent): object {
  return {
    act,
    group: of.toString(),
    from: from?.toString(),
    to: to.map(String),
    digest,
    keys: keys.map(({ member, data }) => [member.toString(), data]),
  };
}

describe('GroupKeysContent', () => {
  test('every field of a query is read', () => {
    expect(summary(parseKeys(QUERY))).toEqual({
      act: 'query',
      group: GROUP,
      from: FROM,
      to: [BOB, CAROL],
      digest: 'abc',
      keys: [],
    });
  });

  test.each(['update', 'respond'])('every field of the action %s is read', (act) => {
    const keys = [
      [BOB, HI],
      [CAROL, HO],
    ];
    expect(summary(parseKeys({ ...UPDATE, act }))).toEqual({
      act,
      group: GROUP,
      from: FROM,
      to: [],
      digest: 'abc',
      keys,
    });
    expect(parseKeys({ ...UPDATE, act, digest: 'abc' }).digest).toBe('abc');
  });

  test('a request is read, with little in it', () => {
    const request = parseKeys({ ...COMMON_KEYS, act: 'request', from: FROM });
    expect(request).toMatchObject({ act: 'request', to: [], digest: undefined, keys: [] });
  });

  test('a query for the history under this name is not refused', () => {
    const query = parseKeys({ ...COMMON_KEYS, act: 'query', last_time: 5 });
    expect(query.from).toBeUndefined();
    expect(query.fields['last_time']).toBe(5);
  });

  test('another action is a customized content, whatever it holds', () => {
    const content = dim.Content.parse({ ...QUERY, act: 'later', from: 5, group: undefined });
    expect(content.kind).toBe('unknown-module');
  });

  testNothingLost(QUERY, 'group-keys');
  testNothingLost(UPDATE, 'group-keys');

  test('new ones make the round trip', () => {
    const from = alice.id;
    const keys = [{ member: bob.id, data: HI }];
    const all = [
      GroupKeysContent.query(group.id, { from, to: [bob.id], digest: 'abc', sn: 3 }),
      GroupKeysContent.update(group.id, { from, keys, digest: 'abc' }),
      GroupKeysContent.request(group.id, { from, digest: 'abc' }),
      GroupKeysContent.respond(group.id, { from, keys }),
    ];
    const none = { group: GROUP, from: FROM, to: [], digest: 'abc', keys: [] };
    const expected = [
      { ...none, act: 'query', to: [BOB] },
      { ...none, act: 'update', keys: [[BOB, HI]] },
      { ...none, act: 'request' },
      { ...none, act: 'respond', keys: [[BOB, HI]], digest: undefined },
    ];
    expect(all.map(summary)).toEqual(expected);
    expect(all.map((content) => summary(reread(content) as GroupKeysContent))).toEqual(expected);
    expect(all[0]?.sn).toBe(3);
    expect(all[1]?.toMap()['keys']).toEqual({ [BOB]: 'SGk=', digest: 'abc' });
    expect(all[1]?.fields).not.toHaveProperty('digest');
  });

  test.each([
    [{ ...QUERY, group: undefined }, 'INPUT_MISSING', 'group'],
    [{ ...QUERY, from: 'a@b@c' }, 'INPUT_FORMAT', 'from'],
    [{ ...QUERY, from: GROUP }, 'INPUT_CONFLICT', 'from'],
    [{ ...QUERY, to: BOB }, 'INPUT_TYPE', 'to'],
    [{ ...QUERY, to: [BOB, 5] }, 'INPUT_TYPE', 'to[1]'],
    [{ ...QUERY, to: [GROUP] }, 'INPUT_CONFLICT', 'to[0]'],
    [{ ...QUERY, digest: 5 }, 'INPUT_TYPE', 'digest'],
    [{ ...UPDATE, keys: undefined }, 'INPUT_MISSING', 'keys'],
    [{ ...UPDATE, act: 'respond', keys: undefined }, 'INPUT_MISSING', 'keys'],
    [{ ...UPDATE, keys: [] }, 'INPUT_TYPE', 'keys'],
    [{ ...UPDATE, keys: { digest: 5 } }, 'INPUT_TYPE', 'keys.digest'],
    [{ ...UPDATE, digest: 'other' }, 'INPUT_CONFLICT', 'digest'],
    [{ ...UPDATE, keys: { 'a@b@c': 'SGk=' } }, 'INPUT_FORMAT', 'keys.a@b@c'],
    [{ ...UPDATE, keys: { [BOB]: '@@' } }, 'INPUT_FORMAT', `keys.${BOB}`],
    [{ ...UPDATE, keys: { [BOB]: 5 } }, 'INPUT_TYPE', `keys.${BOB}`],
    [{ ...UPDATE, keys: { [GROUP]: 'SGk=' } }, 'INPUT_CONFLICT', `keys.${GROUP}`],
  ])('case %# is refused', async (wire, code, path) => {
    expect(await errorOf(() => dim.Content.parse(wire))).toMatchObject({ code, path });
  });

  test('new ones are refused where no reader would take them', async () => {
    const from = alice.id;
    const actions = [
      () => GroupKeysContent.query(bob.id, { from }),
      () => GroupKeysContent.query(group.id, { from: group.id }),
      () => GroupKeysContent.query(group.id, { from, to: [group.id] }),
      () => GroupKeysContent.update(group.id, { from, keys: [] }),
      () => GroupKeysContent.respond(group.id, { from, keys: [{ member: group.id, data: HI }] }),
    ];
    for (const action of actions) expect((await errorOf(action)).code).toBe('USAGE_ARGUMENT');
  });
});
