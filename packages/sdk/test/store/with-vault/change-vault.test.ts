import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { DimError } from 'dimp';
import { changeVault, withVault } from '../../../src/index.ts';
import { alice, bob, carol, dim, errorOf } from '../../people.ts';
import { namedVault } from './named-vault.ts';
import { WatchedStore } from './watched-store.ts';

const [from, to] = [namedVault('old'), namedVault('new')];
const USERS = [alice, bob];

async function fullDisk(): Promise<WatchedStore> {
  const disk = new WatchedStore();
  for (const user of USERS) await dim.addUser(withVault(disk, from, dim), user);
  return disk;
}

/** Whose rings a vault opens. */
async function openedBy(disk: WatchedStore, name: string): Promise<string[]> {
  const store = withVault(disk, namedVault(name), dim);
  const names: string[] = [];
  for (const { id, visas } of [...USERS, carol])
    if (await Promise.resolve(store.keys(id)).catch(() => undefined)) names.push(visas[0]?.name ?? '');
  return names;
}

describe('changeVault', () => {
  test('seals all rings anew: the new one opens them, the old one none', async () => {
    const disk = await fullDisk();
    await changeVault(disk, { from, to });
    expect([await openedBy(disk, 'old'), await openedBy(disk, 'new')]).toEqual([[], ['Alice', 'Bob']]);
  });

  test('does nothing where there is nothing', async () => {
    const disk = new WatchedStore();
    await changeVault(disk, { from, to });
    expect(disk.dump()).toBe('');
  });

  test('with the wrong vault of before, everything is as it was', async () => {
    const disk = await fullDisk();
    const before = disk.dump();
    const error = await errorOf(() => changeVault(disk, { from: namedVault('other'), to }));
    expect(error.code).toBe('VAULT_PASSPHRASE');
    expect(USERS.some(({ id }) => error.path === `keyring.${id.entityKey}`)).toBe(true);
    expect(disk.dump()).toBe(before);
  });

  test('is all or nothing where the commit fails', async () => {
    const disk = await fullDisk();
    const before = disk.dump();
    disk.beforeCommit = () => {
      throw new Error('power cut');
    };
    await expect(changeVault(disk, { from, to })).rejects.toThrow('power cut');
    expect(disk.dump()).toBe(before);
    await changeVault(disk, { from, to });
    expect(await openedBy(disk, 'new')).toEqual(['Alice', 'Bob']);
  });

  test('a store that is in use goes on, whenever it is asked', async () => {
    const disk = await fullDisk();
    const store = withVault(disk, from, dim);
    const asked: Promise<unknown>[] = [Promise.resolve(store.keys(alice.id))];
    disk.beforeCommit = async () => {
      asked.push(Promise.resolve(store.keys(bob.id)), dim.addUser(store, carol));
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const change = changeVault(store, { from, to });
    asked.push(change.then(async () => store.keys(alice.id)));
    for (const answer of await Promise.all(asked)) expect(answer).not.toBeNull();
    expect([await openedBy(disk, 'old'), await openedBy(disk, 'new')]).toEqual([[], ['Alice', 'Bob', 'Carol']]);
    expect(JSON.stringify(await store.keys(carol.id))).toBe(JSON.stringify(carol.keys));
  });

  test('keys that another process kept meanwhile are not lost', async () => {
    const disk = await fullDisk();
    const there = withVault(disk, namedVault('old'), dim);
    disk.beforeCommit = () => dim.addUser(there, carol);
    await changeVault(disk, { from, to });
    expect([await openedBy(disk, 'old'), await openedBy(disk, 'new')]).toEqual([[], ['Alice', 'Bob', 'Carol']]);
  });

  test('keys that were removed meanwhile do not come back', async () => {
    const disk = await fullDisk();
    const forget = { do: 'delete-row', table: 'keyring', key: alice.id.entityKey } as const;
    disk.beforeCommit = () => disk.commit([], [forget]);
    const error = await errorOf(() => changeVault(disk, { from, to }));
    expect(error.code).toBe('STORE_CONFLICT');
    await changeVault(disk, { from, to });
    expect(await openedBy(disk, 'new')).toEqual(['Bob']);
  });

  test('another process with the old vault can neither read nor write beside the new one', async () => {
    const disk = await fullDisk();
    const there = withVault(disk, namedVault('old'), dim);
    await there.keys(alice.id);
    disk.beforeCommit = () => changeVault(disk, { from, to });
    expect((await errorOf(() => dim.addUser(there, carol))).code).toBe('VAULT_PASSPHRASE');
    expect((await errorOf(() => there.keys(alice.id))).code).toBe('VAULT_PASSPHRASE');
    expect(await openedBy(disk, 'new')).toEqual(['Alice', 'Bob']);
  });

  test('goes back and forth, two at once one after the other', async () => {
    const disk = await fullDisk();
    const store = withVault(disk, from, dim);
    await Promise.all([changeVault(store, { from, to }), changeVault(store, { from: to, to: from })]);
    expect(await openedBy(disk, 'old')).toEqual(['Alice', 'Bob']);
    expect(await store.keys(alice.id)).toBeDefined();
  });

  test('refuses what is no vault', async () => {
    const disk = await fullDisk();
    expect((await errorOf(() => changeVault(disk, { from, to: {} as never }))).path).toBe('to');
    expect((await errorOf(() => changeVault(disk, undefined as never))).code).toBe('USAGE_ARGUMENT');
  });
});

test('property: however two processes come between each other, one vault opens all, and no keys are lost', async () => {
  const step = fc.constantFrom('keep' as const, 'change' as const, 'read' as const);
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.array(step, { minLength: 2, maxLength: 6 }), async (scheduler, steps) => {
      const disk = await fullDisk();
      const commit = disk.commit.bind(disk);
      disk.commit = scheduler.scheduleFunction(commit);
      const stores = [withVault(disk, from, dim), withVault(disk, from, dim)];
      const kept: boolean[] = [];
      const running = steps.map(async (what, index) => {
        const store = stores[index % 2] ?? disk;
        if (what === 'read') await store.keys(alice.id);
        else if (what === 'change') await changeVault(store, { from, to });
        else kept.push(await dim.addUser(store, carol).then(() => true));
      });
      // Whoever has the vault of before, or was too late, is told so.
      const ended = await scheduler.waitFor(Promise.allSettled(running));
      const faults = ended.flatMap((end) => (end.status === 'rejected' ? [(end.reason as DimError).code] : []));
      expect(faults.filter((code) => code !== 'VAULT_PASSPHRASE')).toEqual([]);
      const all = ['Alice', 'Bob', ...(kept.length > 0 ? ['Carol'] : [])];
      const opened = [await openedBy(disk, 'old'), await openedBy(disk, 'new')];
      expect(opened).toEqual(opened[0]?.length === 0 ? [[], all] : [all, []]);
      expect(opened[0]?.length === 0).toBe(
        steps.some((what, index) => what === 'change' && ended[index]?.status === 'fulfilled'),
      );
    }),
    { numRuns: 60 },
  );
});
