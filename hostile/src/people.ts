/** Who is in the fixtures, as the library sees them: keys, metas, and stores that know alice or nobody. */
import { MemoryStore, type Document, type ID, type Meta, type PrivateKey, type PublicKey } from 'dimp';
import { dim } from './dim.ts';
import type { Fixtures, RsaTexts } from './fixtures.ts';

export function privateKeyOf({ priv8 }: RsaTexts): PrivateKey {
  return dim.PrivateKey.parse({ algorithm: 'RSA', data: priv8 });
}

/** The public key, which also encrypts. */
export function publicKeyOf({ spki }: RsaTexts): PublicKey & { encrypt: NonNullable<PublicKey['encrypt']> } {
  const key = dim.PublicKey.parse({ algorithm: 'RSA', data: spki });
  // RSA keys encrypt.
  return key as PublicKey & { encrypt: NonNullable<PublicKey['encrypt']> };
}

/** A store that says what it has kept. */
export class WitnessStore extends MemoryStore {
  readonly metas: { readonly id: ID; readonly meta: Meta }[] = [];
  readonly kept: Document[] = [];

  override async saveMeta(id: ID, meta: Meta): Promise<void> {
    await super.saveMeta(id, meta);
    this.metas.push({ id, meta });
  }

  override async saveDocument(document: Document): Promise<boolean> {
    const isNewer = await super.saveDocument(document);
    this.kept.push(document);
    return isNewer;
  }
}

/** A store that knows nobody. */
export function strangersStore(): WitnessStore {
  return new WitnessStore();
}

/** A store that knows alice. */
export async function friendsStore(fixtures: Fixtures): Promise<WitnessStore> {
  const store = new WitnessStore();
  await store.saveMeta(dim.ID.parse(fixtures.alice), await metaOfAlice(fixtures));
  return store;
}

const metas = new Map<string, Promise<Meta>>();

/** RSA signatures are always the same, so that her key and name give her meta again. */
function metaOfAlice({ alice, rsa }: Fixtures): Promise<Meta> {
  const known = metas.get(alice);
  if (known !== undefined) return known;
  const seed = alice.slice(0, alice.indexOf('@'));
  const meta = dim.Meta.generate({ type: 'MKM', privateKey: privateKeyOf(rsa), seed });
  metas.set(alice, meta);
  return meta;
}
