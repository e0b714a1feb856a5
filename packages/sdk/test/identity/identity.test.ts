import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  DimError,
  MemoryStore,
  TextContent,
  type Change,
  type JsonMap,
  type KeyRing,
  type Memory,
  type User,
} from 'dimp';
import { encodeUtf8, textOf } from 'dimp/extend';
import {
  exportIdentity,
  importIdentity,
  passphraseVault,
  withVault,
  type ClientStore,
  type ImportOptions,
} from '../../src/index.ts';
import { armour, readArmour } from '../../src/identity/armour.ts';
import { alice, bob, carol, dim, errorOf, visaAlgorithms } from '../people.ts';
import { namedVault } from '../store/with-vault/named-vault.ts';
import { WatchedStore } from '../store/with-vault/watched-store.ts';
import { CHEAP } from './cheap.ts';

const OPTIONS = { passphrase: 'geheim', sealing: CHEAP, visaAlgorithms };

function emptyStore(disk = new WatchedStore()): ClientStore {
  return withVault(disk, namedVault('a'), dim);
}

async function storeOf(...[user, ...contacts]: readonly [User, ...User[]]): Promise<ClientStore> {
  const store = emptyStore();
  await dim.addUser(store, user);
  for (const contact of contacts) await dim.addContact(store, contact);
  return store;
}

const asMap = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

/** What a store says of a user. */
async function answers(store: Memory, { id }: User): Promise<unknown> {
  const pinned = await store.meta(id);
  const documents = ((await store.documents(id)) ?? []) as unknown as readonly { readonly document: unknown }[];
  return asMap([
    (pinned as { readonly meta: { readonly meta: unknown } } | undefined)?.meta.meta,
    documents.map(({ document }) => document),
    await store.keys(id),
  ]);
}

describe('exportIdentity and importIdentity', () => {
  test('bring a whole identity to another device, with contacts', async () => {
    const from = await storeOf(alice, bob, carol);
    const contacts = [bob.id, carol.id, bob.id.at('x'), alice.id];
    const text = await exportIdentity(dim, from, alice.id, { ...OPTIONS, contacts });
    const to = emptyStore();
    const { user, contacts: added, refused } = await importIdentity(dim, to, `Hi!\r\n${text}`, OPTIONS);
    expect(asMap(user)).toEqual(asMap(alice));
    expect([added.map(String), refused]).toEqual([[bob.id, carol.id].map(String), []]);
    for (const person of [alice, bob, carol]) expect(await answers(to, person)).toEqual(await answers(from, person));
  });

  test('the text tells nothing of it, and two of one identity have nothing in common but their form', async () => {
    const store = await storeOf(alice);
    const [one, other] = [
      await exportIdentity(dim, store, alice.id, OPTIONS),
      await exportIdentity(dim, store, alice.id, OPTIONS),
    ];
    const fields = JSON.parse(readArmour(one)) as JsonMap;
    expect(Object.keys(fields)).toEqual(['format', 'version', 'sealed']);
    for (const name of ['salt', 'nonce', 'data'])
      expect(textOf(fields['sealed'] as JsonMap, name)).not.toBe(
        textOf((JSON.parse(readArmour(other)) as JsonMap)['sealed'] as JsonMap, name),
      );
    expect(one).not.toContain(alice.id.toString());
  });

  test('an MKM identity too, and one whose file says more than is known', async () => {
    const text = await changed(await exportIdentity(dim, await storeOf(bob), bob.id, OPTIONS), (content) => ({
      ...content,
      hobbies: ['chess'],
    }));
    const { user } = await importIdentity(dim, emptyStore(), text, OPTIONS);
    expect(asMap(user)).toEqual(asMap(bob));
  });

  test('whom nothing is known of but the ID stays a contact', async () => {
    const disk = new WatchedStore();
    const text = await exportIdentity(dim, await storeOf(alice), alice.id, { ...OPTIONS, contacts: [bob.id] });
    const { contacts } = await importIdentity(dim, emptyStore(disk), text, OPTIONS);
    expect(contacts.map(String)).toEqual([bob.id.toString()]);
    expect(disk.seen.filter((change) => change.do === 'add-contact').map(({ id }) => id.toString())).toEqual([
      alice.id.toString(),
      bob.id.toString(),
    ]);
  });

  test('nothing that the store has gets lost: keys, newer visas, the key of before', async () => {
    const text = await exportIdentity(dim, await storeOf(alice), alice.id, OPTIONS);
    const newer = await dim.createDevice({ user: alice, terminal: 'tablet', name: 'Alice 2', visaAlgorithms });
    const own = { ...newer, keys: { ...newer.keys, decrypt: newer.keys.decrypt.slice(0, 1) } };
    const store = await storeOf(own);
    const { user } = await importIdentity(dim, store, text, OPTIONS);
    expect(user.visas.map(({ terminal, name }) => [terminal, name])).toEqual([
      ['phone', 'Alice'],
      ['tablet', 'Alice 2'],
    ]);
    expect(asMap((await store.keys(alice.id))?.decrypt)).toEqual(asMap([...own.keys.decrypt, ...alice.keys.decrypt]));
    // Again, nothing changes.
    const before = await answers(store, alice);
    await importIdentity(dim, store, text, OPTIONS);
    expect(await answers(store, alice)).toEqual(before);
  });

  test('all or nothing where the commit fails', async () => {
    const disk = new WatchedStore();
    const text = await exportIdentity(dim, await storeOf(alice, bob), alice.id, { ...OPTIONS, contacts: [bob.id] });
    disk.beforeCommit = () => {
      throw new DimError('STORE_FULL', 'no room');
    };
    expect((await errorOf(() => importIdentity(dim, emptyStore(disk), text, OPTIONS))).code).toBe('STORE_FULL');
    expect([disk.seen, disk.dump()]).toEqual([[], '']);
  });
});

describe('a second device', () => {
  let text: string;
  beforeAll(async () => {
    text = await exportIdentity(dim, await storeOf(alice, bob), alice.id, { ...OPTIONS, contacts: [bob.id] });
  });

  test('has a terminal, a visa and a key of its own; both read what others write, and each other', async () => {
    const phone = await storeOf(alice, bob);
    const desktop = emptyStore();
    const { user } = await importIdentity(dim, desktop, text, { ...OPTIONS, terminal: 'desktop' });
    expect(user.visas.map(({ terminal }) => terminal)).toEqual(['phone', 'desktop']);
    expect(user.keys.decrypt.map(({ terminal }) => terminal)).toEqual(['desktop', 'phone']);
    const phoneKeys = ((await phone.keys(alice.id)) as KeyRing).decrypt;
    expect(phoneKeys.map(({ terminal }) => terminal)).toEqual(['phone']);

    // The new visa comes to the others, as a station would bring it: the phone is one of them.
    await dim.addContact(phone, user);
    const others = await storeOf(bob, user);
    const messengerOf = (store: ClientStore, self: typeof alice.id) => dim.messenger({ self, store });
    const bytes = await messengerOf(others, bob.id).pack(TextContent.create('Hi both'), alice.id);
    // The desktop without the keys of the phone: so it is its own that opens.
    const alone = emptyStore();
    await dim.addUser(alone, { ...user, keys: { ...user.keys, decrypt: user.keys.decrypt.slice(0, 1) } });
    await dim.addContact(alone, bob);
    for (const [store, terminal] of [
      [phone, 'phone'],
      [desktop, 'desktop'],
      [alone, 'desktop'],
    ] as const) {
      const { content } = await messengerOf(store, alice.id.at(terminal)).unpack(bytes);
      expect(asMap(content)).toMatchObject({ text: 'Hi both' });
    }
    const reply = await messengerOf(desktop, alice.id.at('desktop')).pack(TextContent.create('Hi Bob'), bob.id);
    expect(asMap((await messengerOf(others, bob.id).unpack(reply)).content)).toMatchObject({ text: 'Hi Bob' });
  });

  test('is the same one when it is imported again', async () => {
    const store = emptyStore();
    const options = { ...OPTIONS, terminal: 'desktop' };
    const first = await importIdentity(dim, store, text, options);
    const again = await importIdentity(dim, store, text, options);
    expect(asMap(again.user.visas)).toEqual(asMap(first.user.visas));
    expect(asMap(again.user.keys)).toEqual(asMap(first.user.keys));
  });

  test('does not take the name of another one, whose visa it would replace', async () => {
    const options = { ...OPTIONS, terminal: 'phone' };
    const error = await errorOf(() => importIdentity(dim, emptyStore(), text, options));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'terminal']);
    // Nor that of one that the store has heard of.
    const { visas } = await dim.createDevice({ user: alice, terminal: 'tablet', visaAlgorithms });
    const store = emptyStore();
    await dim.addContact(store, { ...alice, visas });
    const tablet = await errorOf(() => importIdentity(dim, store, text, { ...OPTIONS, terminal: 'tablet' }));
    expect([tablet.code, tablet.path, await store.keys(alice.id)]).toEqual(['USAGE_ARGUMENT', 'terminal', undefined]);
  });

  test('may have another name for people', async () => {
    const { user } = await importIdentity(dim, emptyStore(), text, {
      ...OPTIONS,
      terminal: 'desktop',
      name: 'Alice at work',
    });
    expect(user.visas.at(-1)?.name).toBe('Alice at work');
  });
});

/** Another content in a file, sealed by who knows the passphrase. */
async function changed(text: string, change: (content: JsonMap) => JsonMap): Promise<string> {
  const vault = passphraseVault('geheim', CHEAP);
  const fields = JSON.parse(readArmour(text)) as JsonMap;
  const secret = await vault.open(fields['sealed'] as JsonMap, 'dim identity 1');
  const content = JSON.parse(new TextDecoder().decode(secret)) as JsonMap;
  const sealed = await vault.seal(encodeUtf8(JSON.stringify(change(content))), 'dim identity 1');
  return armour(JSON.stringify({ ...fields, sealed }));
}

describe('a forged file', () => {
  let text: string;
  beforeAll(async () => {
    const contacts = [bob.id, carol.id];
    text = await exportIdentity(dim, await storeOf(alice, bob, carol), alice.id, { ...OPTIONS, contacts });
  });

  const bobs = { id: bob.id.toString(), meta: bob.meta.fields, visas: bob.visas.map(({ fields }) => fields) };

  test.each<[string, object, string, string]>([
    ['the keys of another', { keys: bob.keys }, 'CRYPTO_VERIFY', 'keys.identity'],
    ['no identity key', { keys: { decrypt: [] } }, 'INPUT_MISSING', 'keys.identity'],
    ['a public key', { keys: { identity: alice.meta.publicKey, decrypt: [] } }, 'INPUT_KEY', 'keys.identity.data'],
    ['no keys', { keys: undefined }, 'INPUT_MISSING', 'keys'],
    [
      'a key of no algorithm',
      { keys: { ...alice.keys, decrypt: [{ key: { algorithm: 'NTRU' } }] } },
      'UNSUPPORTED_ALGORITHM',
      'keys.decrypt[0].key.algorithm',
    ],
    ['the meta of another', { meta: bob.meta }, 'CRYPTO_VERIFY', 'meta'],
    ['no meta', { meta: undefined }, 'INPUT_MISSING', 'meta'],
    ['the ID of another', { id: bob.id }, 'CRYPTO_VERIFY', 'meta'],
    ['an ID that is none', { id: 'a@b@c' }, 'INPUT_FORMAT', 'id'],
    ['the visa of another', { visas: bob.visas }, 'INPUT_CONFLICT', 'visas[0].did'],
    [
      'a visa that nobody signed',
      { visas: [{ ...alice.visas[0]?.fields, signature: 'AAAA' }] },
      'CRYPTO_VERIFY',
      'visas[0]',
    ],
    ['visas that are none', { visas: [5] }, 'INPUT_TYPE', 'visas[0]'],
    [
      'too many keys',
      { keys: { ...alice.keys, decrypt: Array.from({ length: 1001 }, () => alice.keys.decrypt[0]) } },
      'INPUT_LIMIT',
      'keys.decrypt',
    ],
    ['contacts that are none', { contacts: {} }, 'INPUT_TYPE', 'contacts'],
  ])('with %s plants nothing', async (_, changes, code, path) => {
    const disk = new WatchedStore();
    const forged = await changed(text, (content) => asMap({ ...content, ...changes }) as JsonMap);
    const error = await errorOf(() => importIdentity(dim, emptyStore(disk), forged, OPTIONS));
    expect([error.code, error.path]).toEqual([code, path]);
    expect([disk.seen, disk.dump()]).toEqual([[], '']);
  });

  test('does not get contacts in that are not what they say; the others come', async () => {
    const mallory = await dim.createUser({ name: 'Bob', visaAlgorithms });
    const contacts = [
      { ...bobs, meta: mallory.meta },
      { ...bobs, id: mallory.id, meta: mallory.meta },
      { id: carol.id, meta: carol.meta, visas: carol.visas },
      { id: 'everyone@everywhere' },
      { id: 5 },
      'x',
    ];
    const forged = await changed(text, (content) => asMap({ ...content, contacts }) as JsonMap);
    const store = emptyStore();
    const { contacts: added, refused } = await importIdentity(dim, store, forged, OPTIONS);
    expect(added.map(String)).toEqual([carol.id.toString()]);
    expect(refused.map(({ id, error }) => [id, error.code, error.path])).toEqual([
      ['everyone@everywhere', 'INPUT_CONFLICT', 'contacts[3].id'],
      ['', 'INPUT_TYPE', 'contacts[4].id'],
      ['', 'INPUT_TYPE', 'contacts[5]'],
      [bob.id.toString(), 'CRYPTO_VERIFY', 'meta'],
      [mallory.id.toString(), 'INPUT_CONFLICT', 'visas[0].did'],
    ]);
    for (const { id } of [bob, mallory]) expect(await store.meta(id)).toBeUndefined();
  });
});

describe('a file that is not opened', () => {
  let text: string;
  beforeAll(async () => {
    text = await exportIdentity(dim, await storeOf(alice), alice.id, OPTIONS);
  });

  const importing = (file: string, options: ImportOptions = OPTIONS) =>
    errorOf(() => importIdentity(dim, emptyStore(), file, options));
  const withFields = (changes: object): string =>
    armour(JSON.stringify({ ...(JSON.parse(readArmour(text)) as object), ...changes }));

  test('says what is wrong: another passphrase, damage, a later version, another format', async () => {
    const { code, path } = await importing(text, { ...OPTIONS, passphrase: 'falsch' });
    expect([code, path]).toEqual(['VAULT_PASSPHRASE', 'sealed']);
    const damaged = text.replace(/[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
    const sealed = (JSON.parse(readArmour(text)) as { sealed: object }).sealed;
    expect(
      await Promise.all(
        [
          importing(damaged),
          importing(text.slice(0, 500)),
          importing(withFields({ version: 2 })),
          importing(withFields({ version: 'x' })),
          importing(withFields({ format: 'dim contacts' })),
          importing(withFields({ sealed: { ...sealed, version: 2 } })),
          importing(withFields({ sealed: { ...sealed, N: 2 ** 30 } })),
          importing(withFields({ sealed: 'x' })),
          importing(armour('no JSON')),
        ].map(async (error) => {
          const { code: found, path: at } = await error;
          return [found, at];
        }),
      ),
    ).toEqual([
      ['INPUT_FORMAT', ''],
      ['INPUT_FORMAT', ''],
      ['STORE_VERSION', 'version'],
      ['INPUT_TYPE', 'version'],
      ['INPUT_FORMAT', 'format'],
      ['STORE_VERSION', 'sealed.version'],
      ['INPUT_LIMIT', 'sealed.N'],
      ['INPUT_TYPE', 'sealed'],
      ['INPUT_FORMAT', ''],
    ]);
  });

  test('was sealed for a store: it is no identity', async () => {
    const disk = new WatchedStore();
    await dim.addUser(withVault(disk, passphraseVault('geheim', CHEAP), dim), alice);
    const sealed = disk.row('keyring', alice.id.entityKey)?.value['sealed'];
    expect(sealed).toHaveProperty('salt');
    expect((await importing(withFields({ sealed }))).code).toBe('VAULT_PASSPHRASE');
  });
});

describe('what is not exported', () => {
  test('says why', async () => {
    const store = await storeOf(alice);
    const error = (options: object, id = alice.id, from: Memory = store) =>
      errorOf(() => exportIdentity(dim, from, id, { ...OPTIONS, ...options })).then(({ code, path }) => [code, path]);
    expect(await error({}, bob.id)).toEqual(['MISSING_PRIVATE_KEY', '']);
    expect(await error({ passphrase: '' })).toEqual(['USAGE_ARGUMENT', 'passphrase']);
    expect(await error({ contacts: ['bob' as never] })).toEqual(['USAGE_ARGUMENT', 'contacts[0]']);
    const group = await dim.createGroup({ founder: alice, members: [], name: 'T', seed: 't' });
    expect(await error({ contacts: [bob.id, group.id] })).toEqual(['USAGE_ARGUMENT', 'contacts[1]']);
    const keysAlone = new MemoryStore();
    const { identity, decrypt } = alice.keys;
    keysAlone.commit([{ do: 'keep-keys', id: alice.id, keys: alice.keys }]);
    expect(await error({}, alice.id, keysAlone)).toEqual(['MISSING_META', '']);
    const opaque = {
      algorithm: 'ECC',
      publicKey: identity.publicKey,
      sign: async (data: Uint8Array) => identity.sign(data),
    };
    const keystore = new MemoryStore();
    await dim.addUser(keystore, { ...alice, keys: { identity: opaque as never, decrypt } });
    expect(await error({}, alice.id, keystore)).toEqual(['USAGE_ARGUMENT', 'keys.identity']);
    const changes: Change[] = [{ do: 'keep-keys', id: bob.id, keys: alice.keys }];
    const mixed = await storeOf(bob);
    await mixed.commit(changes);
    expect(await error({}, bob.id, mixed)).toEqual(['CRYPTO_VERIFY', 'keys.identity']);
  });
});
