import { beforeEach, describe, expect, test } from '@jest/globals';
import { createDim, type ID } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { MemoryClientStore, type ClientStore, type RowChange } from 'dimsdk';
import { DEFAULT_ASSISTANT_LIMITS, type AssistantLimits } from 'dimstation';
import { readAssistantLimits } from '../../src/assistant/assistant-limits.ts';
import { HeldMessages, type HeldMessage } from '../../src/assistant/held-messages.ts';
import { forgetSeen, noteSeen, seen } from '../../src/assistant/seen-messages.ts';
import { SenderKeysTable } from '../../src/assistant/sender-keys.ts';

const dim = createDim({ plugins: [standardPlugin()] });
const [alice, bob, carol] = await Promise.all(
  ['Alice', 'Bob', 'Carol'].map(async (name) => (await dim.createUser({ name })).id),
);
const groupOf = (name: string): ID => dim.ID.parse(`${name}@everywhere`);
const group = groupOf('one');
const NOW = 1_800_000_000;

let store: ClientStore;
let count = 0;

beforeEach(() => {
  store = new MemoryClientStore();
  count = 0;
});

const heldWith = (limits: Partial<AssistantLimits> = {}): HeldMessages =>
  new HeldMessages({ dim, store, limits: { ...DEFAULT_ASSISTANT_LIMITS, ...limits } });

function message(parts: Partial<HeldMessage> = {}): HeldMessage {
  count += 1;
  const base = { group, sender: alice as ID, bytes: new Uint8Array(10), pending: [bob as ID] };
  return { mark: `mark ${count}`, heldAt: NOW + count, ...base, ...parts };
}

async function commit(rows: readonly RowChange[]): Promise<void> {
  await store.commit([], rows);
}

const marks = (messages: readonly HeldMessage[]): readonly string[] => messages.map(({ mark }) => mark);

describe('messages that wait', () => {
  test('are found by group, sender and member, also after a restart', async () => {
    const held = heldWith();
    await commit(held.put(message()));
    await commit(held.put(message({ sender: carol as ID, pending: [bob as ID, alice as ID] })));
    await commit(held.put(message({ group: groupOf('two'), pending: undefined })));
    const again = heldWith();
    await again.load();
    for (const one of [held, again]) {
      expect(marks(await one.ofGroup(group))).toEqual(['mark 1', 'mark 2']);
      expect(marks(await one.ofGroup(group, carol))).toEqual(['mark 2']);
      expect(marks(await one.forMember(bob as ID))).toEqual(['mark 1', 'mark 2']);
      expect(marks(await one.forMember(carol as ID))).toEqual([]);
      expect([one.hasUnknown(group), one.hasUnknown(groupOf('two'))]).toEqual([false, true]);
      expect((await one.unknownGroups()).map(String)).toEqual(['two@everywhere']);
      expect((await one.members(10)).map(String).sort()).toEqual([bob, alice].map(String).sort());
    }
  });

  test('are what the disk has, after a commit that failed', async () => {
    const held = heldWith();
    await commit(held.put(message()));
    held.put(message());
    held.remove('mark 1');
    expect(await held.isKept('mark 1')).toBe(true);
    expect(await held.isKept('mark 2')).toBe(false);
    await held.load();
    expect(marks(await held.ofGroup(group))).toEqual(['mark 1']);
  });

  test.each<[string, Partial<AssistantLimits>, readonly string[]]>([
    ['number', { heldInGroup: 3 }, ['mark 3', 'mark 4', 'mark 5']],
    ['bytes', { heldBytesInGroup: 25 }, ['mark 4', 'mark 5']],
    ['bytes, but for the newest', { heldBytesInGroup: 5 }, ['mark 5']],
  ])('of a group are bounded in their %s: the oldest ones go', async (_, limits, left) => {
    const held = heldWith(limits);
    for (let index = 0; index < 5; index++) await commit(held.put(message()));
    expect(marks(await held.ofGroup(group))).toEqual(left);
    expect(await store.count('app-assistant-held', group.entityKey)).toBe(left.length);
    expect(marks(await held.forMember(bob as ID))).toEqual(left);
  });

  test('are bounded for a member, in groups, and where a group is not known', async () => {
    const held = heldWith({ heldForMember: 2, groups: 2, unknown: 1 });
    for (let index = 0; index < 2; index++) await commit(held.put(message()));
    expect(held.withRoom(group, [bob as ID, carol as ID])).toEqual([carol]);
    expect(held.hasRoomForUnknown(groupOf('two'), alice as ID)).toBe(true);
    await commit(held.put(message({ group: groupOf('two'), pending: undefined })));
    expect(held.hasRoomForUnknown(groupOf('two'), alice as ID)).toBe(false);
    expect(held.hasRoomForUnknown(groupOf('two'), carol as ID)).toBe(true);
    expect(held.hasRoomForUnknown(groupOf('three'), carol as ID)).toBe(false);
    expect(held.withRoom(groupOf('three'), [carol as ID])).toEqual([]);
    await commit([held.remove('mark 3')]);
    expect(held.hasRoomForUnknown(groupOf('three'), alice as ID)).toBe(true);
  });

  test('expire', async () => {
    const held = heldWith();
    for (let index = 0; index < 3; index++) await commit(held.put(message()));
    expect(await held.expired(NOW + 2)).toEqual(['mark 1', 'mark 2']);
  });
});

describe('keys of senders', () => {
  const table = 'app-assistant-keys';

  test('are merged while they are of one message key, and replaced by those of another', async () => {
    const keys = new SenderKeysTable({ dim, store });
    const merge = async (digest: string, added: Record<string, string>): Promise<number> => {
      const rows = await keys.merge(group, alice as ID, { digest, keys: added }, NOW);
      await commit(rows);
      return rows.length;
    };
    expect(await merge('k1', { a: 'AAAA' })).toBe(1);
    expect(await merge('k1', { b: 'BBBB' })).toBe(1);
    expect(await merge('k1', { a: 'AAAA' })).toBe(0);
    expect(await merge('k1', {})).toBe(0);
    const same = { digest: 'k1', keys: { a: 'AAAA', b: 'BBBB' } };
    expect(await keys.of(group, alice as ID)).toEqual(same);
    expect(await new SenderKeysTable({ dim, store }).of(group, alice as ID)).toEqual(same);
    await merge('k2', { c: 'CCCC' });
    expect(await keys.of(group, alice as ID)).toEqual({ digest: 'k2', keys: { c: 'CCCC' } });
    expect(await keys.of(groupOf('two'), alice as ID)).toBeUndefined();
  });

  test('of a commit that failed are forgotten, and those that are too old removed', async () => {
    const keys = new SenderKeysTable({ dim, store });
    await keys.merge(group, alice as ID, { digest: 'k1', keys: { a: 'AAAA' } }, NOW);
    keys.reset();
    expect(await keys.of(group, alice as ID)).toBeUndefined();
    await commit(await keys.merge(group, alice as ID, { digest: 'k1', keys: { a: 'AAAA' } }, NOW));
    expect(await keys.expired(NOW - 1)).toEqual([]);
    await commit(await keys.expired(NOW));
    expect(await store.count(table, group.entityKey)).toBe(0);
  });
});

test('what was split is known for days, and then forgotten', async () => {
  const DAY = 24 * 60 * 60;
  await commit([
    noteSeen('mark', { count: 3, total: 4 }, NOW),
    noteSeen('later', { count: 1, total: 1 }, NOW + 2 * DAY),
  ]);
  expect(await seen(store, 'mark')).toEqual({ count: 3, total: 4 });
  expect(await forgetSeen(store, NOW)).toEqual([]);
  await commit(await forgetSeen(store, NOW + DAY));
  expect(await seen(store, 'mark')).toBeUndefined();
  expect(await seen(store, 'later')).toEqual({ count: 1, total: 1 });
});

test.each([[{ heldInGroup: 0 }], [{ perMinute: 1.5 }], [{ people: 3 }]])('%p is no limit', (limits) => {
  expect(() => readAssistantLimits(limits as Partial<AssistantLimits>)).toThrow(
    expect.objectContaining({ code: 'USAGE_ARGUMENT' }),
  );
});
