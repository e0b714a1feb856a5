/** Who is in the fixtures, as the library sees them: keys, metas, and stores that know alice or nobody. */
import {
  MemoryStore,
  verifyMeta,
  type Change,
  type Meta,
  type PrivateKey,
  type PublicKey,
  type VerifiedMeta,
} from 'dimp';
import { dim } from './dim.ts';
import type { Fixtures, RsaTexts } from './fixtures.ts';

/** When the messages of the fixtures were written, and a minute later: the time for those who read them. */
export const NOW = 1_700_000_060;

export function privateKeyOf({ priv8 }: RsaTexts): PrivateKey {
  return dim.PrivateKey.parse({ algorithm: 'RSA', data: priv8 });
}

/** The public key, as documents are verified by it. */
export function publicKeyOf({ spki }: RsaTexts): PublicKey {
  return dim.PublicKey.parse({ algorithm: 'RSA', data: spki });
}

/** A store that says what it was told to keep. */
export class WitnessStore extends MemoryStore {
  readonly changes: Change[] = [];

  override commit(changes: readonly Change[]): void {
    super.commit(changes);
    this.changes.push(...changes);
  }
}

/** A store that knows nobody. */
export function strangersStore(): WitnessStore {
  return new WitnessStore();
}

/** A store that knows alice. */
export async function friendsStore(fixtures: Fixtures): Promise<WitnessStore> {
  const store = new WitnessStore();
  const { id, meta } = await alice(fixtures);
  await dim.addContact(store, { id, meta, visas: [] });
  return store;
}

/** Alice, by her key and name. */
export async function alice({ alice: text, rsa }: Fixtures): Promise<VerifiedMeta> {
  return identityOf(rsa, text.slice(0, text.indexOf('@')));
}

/** Whose key bob has, under the ID that this key gives: the fixtures have no meta of bob's own ID. */
export async function keeperOfBobsKey({ rsa2 }: Fixtures): Promise<VerifiedMeta> {
  return identityOf(rsa2, 'bob');
}

const metas = new Map<string, Promise<Meta>>();

/** RSA signatures are always the same, so that a key and a name give a meta again. */
async function identityOf(texts: RsaTexts, seed: string): Promise<VerifiedMeta> {
  const name = `${seed} ${texts.spki}`;
  let generated = metas.get(name);
  if (generated === undefined) {
    generated = dim.Meta.generate({ type: 'MKM', privateKey: privateKeyOf(texts), seed });
    metas.set(name, generated);
  }
  const meta = await generated;
  const verified = await verifyMeta(meta, meta.id());
  if (!verified) throw new Error('a new meta does not verify');
  return verified;
}
