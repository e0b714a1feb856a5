import { describe, expect, test } from '@jest/globals';
import { DimError, TextContent, type KeyRing, type PrivateKey, type User } from 'dimp';
import { textOf } from 'dimp/extend';
import {
  changeVault,
  localUsers,
  passphraseVault,
  withVault,
  type ClientStore,
  type KeyVault,
} from '../../../src/index.ts';
import { isOwnFault } from '../../../src/store/own-fault.ts';
import { CHEAP } from '../../identity/cheap.ts';
import { alice, bob, carol, dim, errorOf } from '../../people.ts';
import { namedVault } from './named-vault.ts';
import { WatchedStore } from './watched-store.ts';

const ALICE = alice.id.entityKey;

function secretsOf({ keys }: User): string[] {
  return [keys.identity, ...keys.decrypt.map(({ key }) => key)].map(({ fields }) => textOf(fields, 'data').trim());
}

function mapOf(ring: KeyRing | null | undefined): unknown {
  return JSON.parse(JSON.stringify(ring));
}

describe('withVault', () => {
  test('keeps the keys sealed, in the commit of the rest, and gives them back after a restart', async () => {
    const disk = new WatchedStore();
    await dim.addUser(withVault(disk, namedVault('a'), dim), alice);
    expect(disk.seen.map((change) => change.do)).toEqual(['add-contact', 'pin-meta', 'keep-document']);
    for (const secret of secretsOf(alice)) {
      expect(secret.length).toBeGreaterThan(40);
      expect(disk.dump()).not.toContain(JSON.stringify(secret).slice(1, -1).slice(-30));
    }
    expect(disk.keys(alice.id)).toBeUndefined();

    const reopened = withVault(disk, namedVault('a'), dim);
    const ring = await reopened.keys(alice.id);
    expect(mapOf(ring)).toEqual(mapOf(alice.keys));
    const signature = await (ring?.identity as PrivateKey | undefined)?.sign(Uint8Array.of(1, 2, 3));
    expect(await alice.meta.publicKey.verify(Uint8Array.of(1, 2, 3), signature ?? new Uint8Array())).toBe(true);
    expect(await reopened.keys(alice.id.at('phone'))).toBe(ring);
    expect(await reopened.keys(bob.id)).toBeUndefined();
  });

  test('gives the same object each time, also to many at once, and opens it once', async () => {
    const disk = new WatchedStore();
    await dim.addUser(withVault(disk, namedVault('a')), alice);
    const vault = namedVault('a');
    const store = withVault(disk, vault, dim);
    const rings = await Promise.all(Array.from({ length: 10 }, async () => store.keys(alice.id)));
    expect(new Set(rings).size).toBe(1);
    expect(vault.opened).toEqual([`keyring ${ALICE}`]);
    expect(Object.isFrozen(rings[0])).toBe(true);
  });

  test('gives maps where it has no codecs: dimp reads them', async () => {
    const disk = new WatchedStore();
    const store = withVault(disk, namedVault('a'));
    await dim.addUser(store, alice);
    expect(await store.keys(alice.id)).toEqual(mapOf(alice.keys));
    await dim.addContact(store, carol);
    const bytes = await dim.messenger({ self: alice.id, store }).pack(TextContent.create('Hi'), carol.id);
    expect(bytes.length).toBeGreaterThan(100);
  });

  test('sees what another process has changed', async () => {
    const disk = new WatchedStore();
    const [here, there] = [withVault(disk, namedVault('a'), dim), withVault(disk, namedVault('a'), dim)];
    await dim.addUser(here, alice);
    const first = await here.keys(alice.id);
    await there.commit([{ do: 'keep-keys', id: alice.id, keys: { ...alice.keys, decrypt: [] } }]);
    expect((await here.keys(alice.id))?.decrypt).toEqual([]);
    expect(first?.decrypt).toHaveLength(1);
    await there.commit([], [{ do: 'delete-row', table: 'keyring', key: ALICE }]);
    expect(await here.keys(alice.id)).toBeUndefined();
  });

  test('keeps nothing of a commit that fails, and the commit may be made again', async () => {
    const disk = new WatchedStore();
    const store = withVault(disk, namedVault('a'), dim);
    disk.beforeCommit = () => {
      throw new Error('power cut');
    };
    await expect(dim.addUser(store, alice)).rejects.toThrow('power cut');
    expect([await store.keys(alice.id), disk.dump()]).toEqual([undefined, '']);
    await dim.addUser(store, alice);
    expect(mapOf(await store.keys(alice.id))).toEqual(mapOf(alice.keys));
  });

  test('a read mark that is there already fails the keys beside it', async () => {
    const mark = { reader: alice.id, sender: bob.id, id: 'x', time: Date.now() / 1000 };
    const store = withVault(new WatchedStore(), namedVault('a'), dim);
    await store.commit([{ do: 'mark-read', mark }]);
    const changes = [
      { do: 'mark-read', mark },
      { do: 'keep-keys', id: alice.id, keys: alice.keys },
    ] as const;
    expect((await errorOf(() => store.commit(changes))).code).toBe('INPUT_REPLAY');
    expect(await store.keys(alice.id)).toBeUndefined();
  });

  test('a conflict of the rows of the caller is the caller’s', async () => {
    const store = withVault(new WatchedStore(), namedVault('a'), dim);
    const row = { table: 'app-x', key: 'k', partition: '', order: 0, value: {} };
    const keys = { do: 'keep-keys', id: alice.id, keys: alice.keys } as const;
    const put = { do: 'put-row', row, where: 'present' } as const;
    expect((await errorOf(() => store.commit([keys], [put]))).code).toBe('STORE_CONFLICT');
    expect(await store.keys(alice.id)).toBeUndefined();
    await store.commit([keys], [{ ...put, where: 'absent' }]);
    expect([await store.row('app-x', 'k'), await store.count('app-x', '')]).toEqual([row, 1]);
  });

  test('of several rings of one user in a commit, the last one counts', async () => {
    const store = withVault(new WatchedStore(), namedVault('a'), dim);
    const keep = (keys: KeyRing) => ({ do: 'keep-keys', id: alice.id, keys }) as const;
    await store.commit([keep({ decrypt: [] }), keep(alice.keys)]);
    expect(mapOf(await store.keys(alice.id))).toEqual(mapOf(alice.keys));
  });

  test('many at once that keep keys all come through', async () => {
    const disk = new WatchedStore();
    const stores = Array.from({ length: 8 }, () => withVault(disk, namedVault('a'), dim));
    const users = [alice, bob, carol];
    const userAt = (index: number): User => users[index % 3] ?? alice;
    await Promise.all(stores.map(async (store, index) => dim.addUser(store, userAt(index))));
    const reopened = withVault(disk, namedVault('a'), dim);
    for (const user of users) expect(mapOf(await reopened.keys(user.id))).toEqual(mapOf(user.keys));
  });
});

describe('a ring that does not open', () => {
  async function diskOf(...users: readonly User[]): Promise<WatchedStore> {
    const disk = new WatchedStore();
    for (const user of users) await dim.addUser(withVault(disk, namedVault('a'), dim), user);
    return disk;
  }

  test('is VAULT_PASSPHRASE for another vault, and the right one opens it still', async () => {
    const disk = await diskOf(alice);
    const wrong = withVault(disk, namedVault('b'), dim);
    expect((await errorOf(() => wrong.keys(alice.id))).code).toBe('VAULT_PASSPHRASE');
    expect((await errorOf(() => dim.addUser(wrong, bob))).code).toBe('VAULT_PASSPHRASE');
    expect(disk.row('keyring', bob.id.entityKey)).toBeUndefined();
    expect(mapOf(await withVault(disk, namedVault('a'), dim).keys(alice.id))).toEqual(mapOf(alice.keys));
  });

  test('is tried again when it is asked for again', async () => {
    const disk = await diskOf(alice);
    const right = namedVault('a');
    let isThere = false;
    const slow: KeyVault = {
      seal: async (...given) => right.seal(...given),
      open: async (...given) => (isThere ? right : namedVault('b')).open(...given),
    };
    const store = withVault(disk, slow, dim);
    expect((await errorOf(() => store.keys(alice.id))).code).toBe('VAULT_PASSPHRASE');
    isThere = true;
    expect(mapOf(await store.keys(alice.id))).toEqual(mapOf(alice.keys));
  });

  test('of another user in its place is not taken', async () => {
    const disk = await diskOf(alice, bob);
    const stolen = disk.row('keyring', bob.id.entityKey);
    await disk.commit([], [{ do: 'put-row', row: { ...disk.row('keyring', ALICE), ...stolen, key: ALICE } as never }]);
    const store = withVault(disk, namedVault('a'), dim);
    expect((await errorOf(() => store.keys(alice.id))).code).toBe('VAULT_PASSPHRASE');
    expect((await errorOf(() => localUsers(store, dim))).code).toBe('INTERNAL_STORE');
  });

  test.each([
    ['no sealed value', {}, 'keyring'],
    ['a sealed value that is none', { id: alice.id.toString(), sealed: {} }, 'keyring.nonce'],
    ['text for it', { id: alice.id.toString(), sealed: 'x' }, 'keyring'],
  ])('is a fault of the store and not of whoever wrote: %s', async (_, value, path) => {
    const disk = await diskOf(alice);
    await disk.commit(
      [],
      [{ do: 'put-row', row: { ...(disk.row('keyring', ALICE) as never as object), value } as never }],
    );
    const store = withVault(disk, namedVault('a'), dim);
    const error = await errorOf(() => store.keys(alice.id));
    expect([error.code, error.path]).toEqual(['INTERNAL_STORE', path]);
    // With a second one that is sound, the rest goes on.
    await dim.addUser(withVault(await diskOf(alice, bob), namedVault('a'), dim), carol);
  });

  test('gives what the application throws when it is asked for its passphrase, as it is', async () => {
    const disk = new WatchedStore();
    await dim.addUser(withVault(disk, passphraseVault('x', CHEAP), dim), alice);
    for (const asked of [new DimError('USAGE_ARGUMENT', 'the file is not there'), new Error('Ctrl+C')]) {
      const vault = passphraseVault(() => {
        throw asked;
      }, CHEAP);
      const store = withVault(disk, vault, dim);
      const keys = (async () => store.keys(alice.id))();
      expect(await keys.then(undefined, (error: unknown) => error)).toBe(asked);
      expect(await dim.addUser(store, bob).then(undefined, (error: unknown) => error)).toBe(asked);
      // Whoever wrote has no part in it: no message is refused for it, and no delivery fails.
      expect(isOwnFault(asked)).toBe(true);
      const changed = changeVault(disk, { from: vault, to: passphraseVault('y', CHEAP) });
      expect(await changed.then(undefined, (error: unknown) => error)).toBe(asked);
    }
    expect(isOwnFault(new DimError('USAGE_ARGUMENT', 'another'))).toBe(false);
  });

  test('of a later version says so; of an algorithm that no plugin has, it is the store’s', async () => {
    const disk = await diskOf(alice);
    const vault = namedVault('a');
    async function errorFor(ring: object): Promise<readonly [string, string]> {
      const sealed = await vault.seal(new TextEncoder().encode(JSON.stringify(ring)), `keyring ${ALICE}`);
      const row = { table: 'keyring', key: ALICE, partition: '', order: 0, value: { id: alice.id.toString(), sealed } };
      await disk.commit([], [{ do: 'put-row', row }]);
      const { code, path } = await errorOf(() => withVault(disk, vault, dim).keys(alice.id));
      return [code, path];
    }
    expect(await errorFor({ version: 2, decrypt: [] })).toEqual(['STORE_VERSION', 'version']);
    expect(await errorFor({ version: 1, decrypt: [{ key: { algorithm: 'NTRU' } }] })).toEqual([
      'INTERNAL_STORE',
      'keyring.decrypt[0].key.algorithm',
    ]);
  });
});

describe('what cannot be kept', () => {
  const store: ClientStore = withVault(new WatchedStore(), namedVault('a'), dim);

  test.each([
    ['a key of a keystore', { identity: { sign: async () => undefined, publicKey: {} }, decrypt: [] }, 'keys.identity'],
    ['no list', { decrypt: undefined }, 'keys.decrypt'],
    ['a key that is none', { decrypt: [{ key: {} }] }, 'keys.decrypt[0].key'],
    ['a public key', { identity: alice.meta.publicKey, decrypt: [] }, 'keys.identity.data'],
    ['a terminal that is none', { decrypt: [{ terminal: 5, key: alice.keys.identity }] }, 'keys.decrypt[0].terminal'],
  ])('is refused: %s', async (_, keys, path) => {
    const error = await errorOf(() => store.commit([{ do: 'keep-keys', id: alice.id, keys: keys as never }]));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
    expect(await store.keys(alice.id)).toBeUndefined();
  });

  test('as are a store and a vault that are none', async () => {
    const disk = new WatchedStore();
    for (const action of [
      () => withVault({} as never, namedVault('a')),
      () => withVault(disk, undefined as never),
      () => withVault(disk, namedVault('a'), {} as never),
    ])
      expect((await errorOf(action)).code).toBe('USAGE_ARGUMENT');
  });
});

test('localUsers tells the IDs as they were written, in the order of their entity keys', async () => {
  const disk = new WatchedStore();
  const store = withVault(disk, namedVault('a'), dim);
  expect(await localUsers(store, dim)).toEqual([]);
  for (const user of [bob, alice]) await dim.addUser(store, { ...user, id: user.id.at('x') });
  const ids = [alice, bob].sort((one, other) => (one.id.entityKey < other.id.entityKey ? -1 : 1)).map(({ id }) => id);
  expect((await localUsers(disk, dim)).map(String)).toEqual(ids.map(String));
});
