/** `documents.json`: documents as maps, the signatures in them, and the properties that are read later. */
import { Bulletin, Visa, type Document, type PublicKey } from 'dimp';
import { publicKeyOf } from '../people.ts';
import { dim } from '../dim.ts';
import { SuiteFailure, type Suite } from '../suite.ts';

export const documents: Suite = ({ input, vector, fixtures }) => {
  let document: Document;
  async function verify(): Promise<boolean> {
    const isSigned = await document.verify(ownerKey(document));
    if (!isSigned && vector.at === 'property') throw new SuiteFailure('a case about properties must be signed');
    return isSigned;
  }
  /** A group's documents are signed by its founder, who is alice here. */
  function ownerKey({ did }: Document): PublicKey {
    return publicKeyOf(did.equals(dim.ID.parse(fixtures.bob)) ? fixtures.rsa2 : fixtures.rsa);
  }
  return [
    { name: 'parse', run: () => (document = dim.Document.parse(input)) },
    { name: 'verify', run: verify },
    { name: 'property', run: () => readProperties(document) },
  ];
};

/** Each getter that an application may call. */
function readProperties(document: Document): readonly unknown[] {
  const common = [document.name, document.time, document.createdTime, document.property('name')];
  if (document instanceof Visa) return [...common, document.encryptKey, document.avatar, document.terminal];
  if (document instanceof Bulletin) return [...common, document.founder, document.assistants, document.administrators];
  return common;
}
