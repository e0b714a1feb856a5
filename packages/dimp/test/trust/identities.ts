/** Identities as others write them: visas of old clients, metas of whoever computes one, stores that only store. */
import type { Document, ID, User } from '../../src/index.ts';
import { encodeBase64, encodeUtf8 } from '../../src/extend.ts';
import { NaiveStore as StoreOfText } from '../../../../tests/support/naive-store.ts';
import { dim } from '../context.ts';

/** A document whose signed part has exactly these properties: neither ID nor type nor terminal by itself. */
export async function signedAs(
  owner: Pick<User, 'keys'>,
  did: ID,
  properties: object,
  outer: object = { type: 'visa' },
): Promise<Document> {
  const data = JSON.stringify(properties);
  const signature = encodeBase64(await owner.keys.identity.sign(encodeUtf8(data)));
  return dim.Document.parse({ ...outer, did: did.toString(), data, signature });
}

/** The same document under another ID: what anybody on the way can do where the ID is not signed. */
export function relabelled(document: Document, did: ID, outer: object = {}): Document {
  return dim.Document.parse({ ...document.toMap(), ...outer, did: did.toString() });
}

/** The store that only stores, with the context of these tests. */
export class NaiveStore extends StoreOfText {
  constructor() {
    super(dim);
  }
}
