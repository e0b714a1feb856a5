/** Identities as a store gives them back: the objects that it was given, or the maps of them. */
import {
  VerifiedDocument,
  VerifiedMeta,
  type DecryptKey,
  type Dim,
  type Document,
  type ID,
  type JsonMap,
  type Meta,
  type PrivateKey,
  type Store,
} from 'dimp';
import { keyDigest, within } from 'dimp/extend';

/** The pinned meta of an ID. */
export async function readMeta(
  dim: Dim,
  store: Store,
  id: ID,
): Promise<{ readonly meta: Meta; readonly isProven: boolean } | undefined> {
  const pinned = (await store.meta(id)) ?? undefined;
  if (pinned === undefined) return undefined;
  const { meta, isProven } = pinned;
  return { meta: VerifiedMeta.is(meta) ? meta.meta : within('meta', () => dim.Meta.parse(meta)), isProven };
}

/** The documents of an ID. */
export async function readDocuments(dim: Dim, store: Store, id: ID): Promise<readonly Document[]> {
  const documents = (await store.documents(id)) ?? [];
  return documents.map((item, index) =>
    VerifiedDocument.is(item) ? item.document : within(`[${index}]`, () => dim.Document.parse(item)),
  );
}

/** The private keys of a user by role and terminal, each by its digest, which says nothing of the key. */
export async function readKeyDigests(dim: Dim, store: Store, id: ID): Promise<readonly string[]> {
  const { identity, decrypt } = (await store.keys(id)) ?? { decrypt: [] };
  return keyDigests(dim, {
    identity: identity ? readKey(identity, 'sign', (map) => dim.PrivateKey.parse(map)) : undefined,
    decrypt: decrypt.map(({ terminal, key }) => ({
      terminal: terminal ?? undefined,
      key: readKey(key, 'decrypt', (map) => dim.DecryptKey.parse(map)),
    })),
  });
}

/** Keys by role and terminal. */
export function keyDigests(
  dim: Dim,
  keys: {
    readonly identity: PrivateKey | undefined;
    readonly decrypt: readonly { readonly terminal?: string | undefined; readonly key: DecryptKey }[];
  },
): readonly string[] {
  const { identity, decrypt } = keys;
  return [
    identity === undefined ? 'no identity key' : `the identity key ${keyDigest(dim, identity)}`,
    ...decrypt.map(({ terminal, key }) => `the key ${keyDigest(dim, key)} for ${terminal ?? 'all terminals'}`),
  ];
}

/** A key may be any object that does what keys do: one in a keystore has no map. */
function readKey<K extends PrivateKey | DecryptKey>(key: K | JsonMap, method: keyof K, read: (map: JsonMap) => K): K {
  const isKey = typeof (key as Partial<K>)[method] === 'function';
  return isKey ? (key as K) : within(String(method), () => read(key as JsonMap));
}
