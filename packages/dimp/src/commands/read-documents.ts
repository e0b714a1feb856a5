/**
 * The documents of a command, in the shapes of the years:
 *
 * - `"documents": [ {document}, … ]`
 * - `"document": {document}`, before that `"profile": {document}`
 * - `"profile": JSON text of the properties, "signature": base64`
 */
import { DimError } from 'dkd';
import { fieldOf, optionalOf } from 'dkd/extend';
import { isOfOddTerminal } from 'dkd/internal';
import type { ContentReaders, Document, ID, JsonMap, JsonValue } from 'dkd';
import { optionalItemsOf } from '../fields/items.ts';

/**
 * All documents of a command; one that is there in two shapes counts once. In a list, a visa for a terminal that no ID can have is
 * left out: it takes nothing from the owner's other ones.
 * @returns undefined when the command has none of the fields
 * @throws DimError `INPUT_…`, with `INPUT_CONFLICT` for a document of another ID
 */
export function readDocumentsOf(did: ID, fields: JsonMap, readers: ContentReaders): readonly Document[] | undefined {
  const list = optionalItemsOf(fields, 'documents', (item) => tryListed(item))?.filter((item) => item !== undefined);
  const single = ['document', 'profile'].map((name) => readSingle(name)).filter((document) => document !== undefined);
  if (list === undefined && single.length === 0) return undefined;
  return withoutRepetition([...(list ?? []), ...single]);

  function readSingle(name: string): Document | undefined {
    // Beside a list it is the newest of that.
    const read = list === undefined ? readDocument : tryListed;
    return optionalOf(fields, name, (value) => read(typeof value === 'string' ? signedText(value) : value));
  }

  /** In the oldest shape the parts of the document are fields of the command. */
  function signedText(data: string): JsonMap {
    const signature = fieldOf(fields, 'signature');
    return { did: did.toString(), data, ...(signature !== undefined && { signature }) };
  }

  function tryListed(item: JsonValue): Document | undefined {
    try {
      return readDocument(item);
    } catch (error) {
      if (isOfOddTerminal(error)) return undefined;
      throw error;
    }
  }

  function readDocument(item: JsonValue): Document {
    const document = readers.readDocument(item);
    checkDocument(did, document);
    return document;
  }
}

/** Whoever stored a document of one ID for another would show the one as the other. */
function checkDocument(did: ID, document: Document): void {
  if (!document.did.equals(did)) throw new DimError('INPUT_CONFLICT', 'is not the ID of the command', { path: 'did' });
}

function withoutRepetition(documents: readonly Document[]): readonly Document[] {
  const seen = new Map<string, Document>();
  for (const document of documents) {
    const { did, type, data, fields } = document;
    const key = JSON.stringify([did.toString(), type, data, fieldOf(fields, 'signature')]);
    if (!seen.has(key)) seen.set(key, document);
  }
  return Object.freeze([...seen.values()]);
}
