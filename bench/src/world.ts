/** The people of the benchmark: identities with RSA keys of 1024 bits, as in the figures that others publish. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import {
  createDim,
  MemoryStore,
  type Change,
  type DecryptKey,
  type Dim,
  type Group,
  type Key,
  type Plugin,
  type PrivateKey,
  type ReadMark,
  type ReadState,
  type User,
} from 'dimp';
import { textOf } from 'dimp/extend';
import { standardPlugin, type Backend } from 'dimplugins';
import type { Correspondence } from './by-hand.ts';

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

/** The same user as another context reads it: keys belong to the backend that made them. */
export function moveUser(user: User, dim: Dim): User {
  const { identity, decrypt } = user.keys;
  return {
    id: dim.ID.parse(user.id.toString()),
    meta: dim.Meta.parse(wire(user.meta)),
    visas: user.visas.map((visa) => dim.Document.parse(wire(visa)) as (typeof user.visas)[number]),
    keys: {
      identity: dim.PrivateKey.parse(wire(identity)),
      decrypt: decrypt.map(({ terminal, key }) => ({ terminal, key: dim.DecryptKey.parse(wire(key)) })),
    },
  };
}

/** The same group, likewise. */
export function moveGroup(group: Group, dim: Dim): Group {
  const bulletin = dim.Document.parse(wire(group.bulletin)) as Group['bulletin'];
  return { ...group, meta: dim.Meta.parse(wire(group.meta)), bulletin };
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

/** A key for node:crypto. */
export function privateKeyObject(key: Key): KeyObject {
  return createPrivateKey(textOf(key.fields, 'data'));
}

/** A key for node:crypto. */
export function publicKeyObject(key: Key): KeyObject {
  return createPublicKey(textOf(key.fields, 'data'));
}

/** What the bound needs of two users. */
export function correspondenceOf(from: User, to: User): Correspondence {
  const signKey = privateKeyObject(from.keys.identity);
  return {
    sender: from.id.toString(),
    receiver: to.id.toString(),
    signKey,
    verifyKey: createPublicKey(signKey),
  };
}
