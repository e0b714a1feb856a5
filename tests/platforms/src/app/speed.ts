/** How fast two people write to each other. The same code runs in a page and on Node, with the same keys. */
import { createDim, MemoryStore, TextContent, type Dim, type User } from 'dimp';
import { parseJsonMap } from 'dimp/extend';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { modernPlugin, platformModernBackend, type ModernBackend } from 'dimplugins/modern';

/** Which keys the two have. */
export interface Keys {
  readonly name: string;
  readonly identity: string;
  readonly visa: string;
  /** The size of RSA keys. */
  readonly bits?: number;
}

/** The cryptography to measure. */
export interface Backends {
  readonly backend: Backend;
  readonly modern: ModernBackend;
}

const PLATFORM: Backends = { backend: platformBackend, modern: platformModernBackend };

/** What is measured, and how many messages a second. */
export interface Speed {
  pack(milliseconds: number): Promise<number>;
  unpack(milliseconds: number): Promise<number>;
}

/** Makes two users. They are JSON with all their keys: for measuring, not for writing to. */
export async function makePair(keys: Keys): Promise<readonly [string, string]> {
  const dim = contextOn(PLATFORM);
  return [await makeUser(dim, keys, 'alice'), await makeUser(dim, keys, 'bob')];
}

/** Prepares to measure with two users of {@link makePair}. */
export async function prepareSpeed(pair: readonly [string, string], backends = PLATFORM): Promise<Speed> {
  const dim = contextOn(backends);
  const [alice, bob] = pair.map((text) => readUser(dim, text)) as [User, User];
  const writer = dim.messenger({ self: alice.id, store: await storeOf(dim, alice, bob) });
  // One message is read over and over again.
  const reader = dim.messenger({ self: bob.id, store: await storeOf(dim, bob, alice), replay: false });
  const pack = () => writer.pack(TextContent.create('Hello, world!'), bob.id);
  const bytes = await pack();
  return {
    pack: (milliseconds) => rateOf(pack, milliseconds),
    unpack: (milliseconds) => rateOf(() => reader.unpack(bytes), milliseconds),
  };
}

async function rateOf(run: () => Promise<unknown>, milliseconds: number): Promise<number> {
  const start = performance.now();
  for (let count = 1; ; count++) {
    await run();
    const time = performance.now() - start;
    if (time >= milliseconds) return (count * 1000) / time;
  }
}

function contextOn({ backend, modern }: Backends): Dim {
  return createDim({ plugins: [standardPlugin({ backend }), modernPlugin({ backend: modern })] });
}

async function makeUser(dim: Dim, { identity, visa, bits }: Keys, seed: string): Promise<string> {
  const size = (algorithm: string) => (algorithm === 'RSA' && bits !== undefined ? { bits } : {});
  const identityKey = await dim.PrivateKey.generate(identity, size(identity));
  const visaKey = await dim.DecryptKey.generate(visa, size(visa));
  const meta = await dim.Meta.generate({ type: 'MKM', privateKey: identityKey, seed });
  const id = meta.id();
  // Who has an old key to encrypt to is written to as old clients are.
  const algorithms = visa === 'RSA' ? [] : dim.algorithms;
  const properties = { name: seed, key: visaKey.encryptKey, algorithms };
  const document = await dim.Document.create({ type: 'visa', did: id, properties }).sign(identityKey);
  return JSON.stringify({ id, meta, document, identityKey, visaKey });
}

function readUser(dim: Dim, text: string): User {
  const { id, meta, document, identityKey, visaKey } = parseJsonMap(text);
  return {
    id: dim.ID.parse(id),
    meta: dim.Meta.parse(meta),
    visas: [dim.Document.parse(document) as User['visas'][number]],
    keys: { identity: dim.PrivateKey.parse(identityKey), decrypt: [{ key: dim.DecryptKey.parse(visaKey) }] },
  };
}

async function storeOf(dim: Dim, user: User, contact: User): Promise<MemoryStore> {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  await dim.addContact(store, contact);
  return store;
}
