/** Reading and making documents: each in the class of its type. */
import type { Bulletin } from '../documents/bulletin.ts';
import type { DocumentDefinition } from '../documents/document-definition.ts';
import { DocumentDraft, type PropertyChanges } from '../documents/document-draft.ts';
import { Document, readDocumentInit, type DocumentReaders } from '../documents/document.ts';
import { Visa } from '../documents/visa.ts';
import { callReader } from '../errors/call-plugin.ts';
import { checkArguments } from '../errors/check-arguments.ts';
import { within } from '../errors/dim-error.ts';
import { MADE_HERE } from '../errors/made-here.ts';
import type { Codec } from '../errors/result.ts';
import { collectDefinitions } from '../extension/definition-table.ts';
import type { Plugin } from '../extension/plugin.ts';
import type { ID } from '../identity/identifier.ts';
import type { Limits } from '../wire/limits.ts';
import { createMapCodec } from '../wire/map-codec.ts';
import type { KeyCodecs } from './key-codecs.ts';

/** Which class a document of a type has. */
type DocumentOf<T extends string> = T extends 'visa' ? Visa : T extends 'bulletin' ? Bulletin : Document;

/** Reads and makes documents. */
export interface DocumentCodec extends Codec<Document> {
  /** A draft, to be signed: `await Document.create({ … }).sign(privateKey)`. @throws DimError `USAGE_ARGUMENT` */
  create<const T extends string>(init: {
    readonly type: T;
    readonly did: ID;
    readonly properties?: PropertyChanges;
  }): DocumentDraft<DocumentOf<T>>;
}

/** The codec of the documents that plugins define. */
export function createDocumentCodec(
  plugins: readonly Plugin[],
  limits: Limits,
  id: Codec<ID>,
  keys: KeyCodecs,
): DocumentCodec {
  const definitions = collectDefinitions<DocumentDefinition>(plugins, 'document', (definition) => definition.type);
  const readers: DocumentReaders = {
    limits,
    readId: (input) => id.parse(input),
    readEncryptKey: (input) => keys.EncryptKey.parse(input),
    readDocument(fields) {
      const init = readDocumentInit(fields, readers);
      const definition = definitions.get(init.type);
      return definition === undefined
        ? new Document(init)
        : callReader(`document ${init.type}`, () => definition.read(init));
    },
    readSigned(fields) {
      const document = readers.readDocument(fields);
      // Nobody could encrypt to a visa whose keys are none.
      if (document instanceof Visa) void document.encryptKeys;
      return document;
    },
  };
  const codec = createMapCodec(
    limits,
    (input) => input instanceof Document,
    (fields) => readers.readDocument(fields),
  );

  return Object.freeze({
    ...codec,
    create<const T extends string>(init: {
      readonly type: T;
      readonly did: ID;
      readonly properties?: PropertyChanges;
    }) {
      return checkArguments(() => {
        const { type, properties = {} } = init;
        const did = within('did', () => id.parse(init.did));
        return new DocumentDraft<DocumentOf<T>>(MADE_HERE, {
          did,
          type,
          properties: {},
          read: (fields) => readers.readSigned(fields),
        }).with(properties);
      });
    },
  });
}
