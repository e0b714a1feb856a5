/** The people of the benchmark: identities with RSA keys of 1024 bits, as in the figures that others publish. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  createDim,
  MemoryStore,
  Visa,
  type Change,
  type DecryptKey,
  type Dim,
  type Plugin,
  type PrivateKey,
  type ReadMark,
  type ReadState,
  type User,
} from 'dimp';
import { standardPlugin, type Backend } from 'dimplugins';
import type { Correspondence } from '../by-hand/bare.ts';
import type { WireUser } from './fixtures.ts';

const BITS = 1024;

/** A context on a backend, and what it is for. */
export interface Side {
  readonly name: string;
  readonly dim: Dim;
}

export function sideOf(name: string, backend: Backend, more: readonly Plugin[] = []): Side {
  return { name, dim: createDim({ plugins: [standardPlugin({ backend }), ...more] }) as Dim };
}

/** A user whose identity key and visa key are RSA keys. */
export async function makeUser(dim: Dim, name: string, bits = BITS): Promise<User> {
  const [identityKey, visaKey] = await Promise.all([
    dim.PrivateKey.generate('RSA', { bits }),
    dim.DecryptKey.generate('RSA', { bits }),
  ]);
  return userOf(dim, name, identityKey, visaKey);
}

/** Many users with few keys: what is measured is not making keys. */
export async function makePeople(dim: Dim, count: number): Promise<readonly User[]> {
  const [model, ...more] = await Promise.all(Array.from({ length: 8 }, async () => makeUser(dim, 'model')));
  const models = model === undefined ? more : [model, ...more];
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const keys = models[index % models.length]?.keys;
      const visaKey = keys?.decrypt[0]?.key;
      if (keys === undefined || visaKey === undefined) throw new Error('a model has two keys');
      return userOf(dim, `m${index}`, keys.identity, visaKey);
    }),
  );
}

async function userOf(dim: Dim, name: string, identityKey: PrivateKey, visaKey: DecryptKey): Promise<User> {
  const meta = await dim.Meta.generate({ type: 'MKM', privateKey: identityKey, seed: name });
  const id = meta.id();
  const properties = { name, key: visaKey.encryptKey };
  const visa = await dim.Document.create({ type: 'visa', did: id, properties }).sign(identityKey);
  return { id, meta, visas: [visa], keys: { identity: identityKey, decrypt: [{ key: visaKey }] } };
}

/** A user as a context reads it: keys belong to the backend of whoever reads them. */
export function readUser(dim: Dim, { id, meta, visa, identity, decrypt }: WireUser): User {
  const visas = [dim.Document.parse(visa)];
  return {
    id: dim.ID.parse(id),
    meta: dim.Meta.parse(meta),
    visas: visas.filter((document) => document instanceof Visa),
    keys: { identity: dim.PrivateKey.parse(identity), decrypt: [{ key: dim.DecryptKey.parse(decrypt) }] },
  };
}

/** A store of a user who knows others. */
export async function storeOf(
  dim: Dim,
  user: User,
  contacts: readonly User[],
  store = new MemoryStore(),
): Promise<MemoryStore> {
  await dim.addUser(store, user);
  for (const contact of contacts) await dim.addContact(store, contact);
  return store;
}

/**
 * Takes the same message for a new one each time, with a mark of its own: what is asked and noted is that of as many
 * messages.
 */
export class EachOnceStore extends MemoryStore {
  #count = 0;

  override readState(mark: ReadMark): ReadState {
    return super.readState(this.#other(mark));
  }

  override commit(changes: readonly Change[]): void {
    super.commit(
      changes.map((change) => (change.do === 'mark-read' ? { ...change, mark: this.#other(change.mark) } : change)),
    );
    this.#count++;
  }

  #other(mark: ReadMark): ReadMark {
    return { ...mark, id: `${mark.id} ${this.#count}` };
  }
}

/** What went over the wire: fresh maps, that nothing has seen before. */
export function wire(value: unknown): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

/** A key on the wire as node:crypto's object. */
export function privateKeyObject(key: object): KeyObject {
  return createPrivateKey(pemOf(key));
}

/** Likewise. */
export function publicKeyObject(key: object): KeyObject {
  return createPublicKey(pemOf(key));
}

function pemOf(key: object): string {
  const { data } = key as { readonly data?: unknown };
  if (typeof data !== 'string') throw new Error('a key has data');
  return data;
}

/** What the bounds need of two users. */
export function correspondenceOf(from: WireUser, to: Pick<WireUser, 'id'>): Correspondence {
  const signKey = privateKeyObject(from.identity);
  return { sender: from.id, receiver: to.id, signKey, verifyKey: createPublicKey(signKey) };
}
