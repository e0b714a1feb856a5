/** The same with documents: what people say of themselves, signed. */
import { createIdentityContext, verifyDocument, verifyMeta } from 'mkm';
import { ecc } from './ecc-identity.ts';

const { ID, Meta, Document } = createIdentityContext({ plugins: [ecc] });

/** Whether a document is signed by the ID that a meta is of. */
export const isSaidBy = async (document: object, meta: object, id: string): Promise<boolean> => {
  const owner = await verifyMeta(Meta.parse(meta), ID.parse(id));
  return owner && (await verifyDocument(Document.parse(document), owner)) !== false;
};
