/** The people of the vectors, as stores know them. */
import { readFileSync } from 'node:fs';
import { equalBytes } from '../../src/internal.ts';
import { canDecrypt, learnIdentity, MemoryStore, type JsonMap } from '../../src/index.ts';
import { dim } from '../world.ts';

const folder = new URL('../../../../vectors/', import.meta.url);

/** A file of the vectors. The caller knows its shape. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters
export const readVectors = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T;

/** What is known of somebody. */
export interface Person {
  readonly meta: JsonMap;
  readonly documents?: readonly JsonMap[] | null;
  readonly private?: readonly JsonMap[];
  readonly members?: readonly string[];
}

export type People = Readonly<Record<string, Person>>;

interface RsaTexts {
  readonly priv8: string;
}

interface Fixtures {
  readonly alice: string;
  readonly bob: string;
  readonly rsa: RsaTexts;
  readonly rsa2: RsaTexts;
}

/** Everybody of `messages.json`. */
export const { world } = readVectors<{ readonly world: People }>('messages.json');

/** A store of one reader, who knows some people. */
export async function storeKnowing(people: People, reader: string | undefined, now: number): Promise<MemoryStore> {
  const store = new MemoryStore();
  for (const [text, person] of Object.entries(people)) {
    const id = dim.ID.parse(text);
    const meta = dim.Meta.parse(person.meta);
    const documents = (person.documents ?? []).map((map) => dim.Document.parse(map));
    const learned = await learnIdentity(dim, store, { id, meta, documents }, { clock: () => now });
    store.commit([...learned.changes, { do: 'add-contact', id }]);
    if (person.members !== undefined)
      store.commit([{ do: 'set-members', group: id, members: person.members.map((member) => dim.ID.parse(member)) }]);
    if (text !== reader) continue;
    const keys = (person.private ?? []).map((map) => dim.PrivateKey.parse(map));
    const identity = keys.find((key) => equalBytes(key.publicKey.data, meta.publicKey.data));
    const decrypt = keys.filter((key) => canDecrypt(key)).map((key) => ({ key }));
    store.commit([{ do: 'keep-keys', id, keys: { identity, decrypt } }]);
  }
  return store;
}

const fixtures = readVectors<Fixtures>('hostile/fixtures.json');

/** The reader of the hostile messages. */
export const hostileBob = dim.ID.parse(fixtures.bob);

/** A store of that reader, who knows the sender or nobody. */
export async function hostileStore(knowsSender: boolean): Promise<MemoryStore> {
  const store = new MemoryStore();
  if (knowsSender) {
    const privateKey = dim.PrivateKey.parse({ algorithm: 'RSA', data: fixtures.rsa.priv8 });
    const meta = await dim.Meta.generate({ type: 'MKM', privateKey, seed: 'alice' });
    await dim.addContact(store, { id: dim.ID.parse(fixtures.alice), meta, visas: [] });
  }
  const key = dim.DecryptKey.parse({ algorithm: 'RSA', data: fixtures.rsa2.priv8 });
  store.commit([{ do: 'keep-keys', id: hostileBob, keys: { decrypt: [{ key }] } }]);
  return store;
}
