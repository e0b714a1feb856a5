/**
 * Documents command: asks for the documents of an ID, or gives them.
 *
 * `{ "type": "136", "sn", "time", "command": "documents", "did": ID, "meta"?: {meta}, "documents"?: [{document}],
 * "last_time"?: seconds }`
 * The ID is also read from `ID`. Earlier the command was `document` or `profile`, with one document in a field of that
 * name: see read-documents.ts. Without documents it is a query; a meta may come along all the same.
 */
import { checkArguments, optionalTimeOf, requireArgument } from 'dkd/extend';
import type { ContentReaders, CreateContentOptions, Document, ID, Meta } from 'dkd';
import { Command, createCommand, defineCommand, type CommandDefinition, type CommandInit } from './command.ts';
import { readMetaOf } from './meta.ts';
import { didOf } from '../fields/did.ts';
import { readDocumentsOf } from './read-documents.ts';

/** Options of a query for documents. */
export interface DocumentsQueryOptions extends CreateContentOptions {
  /** The time of the newest document at hand, in seconds since 1970: only newer ones are wanted. */
  readonly lastTime?: number;
}

/** Options of an answer with documents. */
export interface DocumentsAnswerOptions extends CreateContentOptions {
  /** The meta, for who does not know the ID yet. */
  readonly meta?: Meta;
}

/** What the definition reads. */
interface DocumentsParts {
  readonly did: ID;
  readonly meta?: Meta | undefined;
  readonly documents?: readonly Document[] | undefined;
}

/** Asks for the documents of an ID, or gives them. */
export class DocumentsCommand extends Command {
  readonly kind = 'documents';
  /** Whose documents it is about. */
  readonly did: ID;
  /** The meta, which gives this ID. Its fingerprint is not verified yet. */
  readonly meta: Meta | undefined;
  /** Documents of this ID, not verified yet; undefined when it gives none. */
  readonly documents: readonly Document[] | undefined;
  /** Only documents newer than this are wanted, in seconds since 1970. */
  readonly lastTime: number | undefined = optionalTimeOf(this.fields, 'last_time');

  constructor(init: CommandInit, parts: DocumentsParts) {
    super(init);
    this.did = parts.did;
    this.meta = parts.meta;
    this.documents = parts.documents;
  }

  /** Whether it asks. */
  get isQuery(): boolean {
    return this.documents === undefined;
  }

  /**
   * Asks for the documents of an ID.
   *
   * @example
   * ```ts
   * import { ANYONE, DocumentsCommand } from 'dimp';
   *
   * DocumentsCommand.query(ANYONE, { lastTime: 1700000000 }).isQuery; // true
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static query(did: ID, options: DocumentsQueryOptions = {}): DocumentsCommand {
    return checkArguments(() => {
      const { lastTime, ...common } = options;
      return createCommand(documentsDefinition, { did, last_time: lastTime }, common);
    });
  }

  /**
   * Gives the documents of an ID.
   * @throws DimError `USAGE_ARGUMENT` for the meta or a document of another ID
   */
  static answer(did: ID, documents: readonly Document[], options: DocumentsAnswerOptions = {}): DocumentsCommand {
    return checkArguments(() => {
      const { meta, ...common } = options;
      requireArgument(documents, 'documents');
      return createCommand(documentsDefinition, { did, meta, documents }, common);
    });
  }
}

function readDocuments(init: CommandInit, readers: ContentReaders): DocumentsCommand {
  const { fields } = init;
  const did = didOf(fields, readers);
  const meta = readMetaOf(did, fields, readers);
  return new DocumentsCommand(init, { did, meta, documents: readDocumentsOf(did, fields, readers) });
}

/** Reads documents commands; a document of another ID is an error. */
export const documentsDefinition: CommandDefinition<DocumentsCommand> = /* @__PURE__ */ defineCommand({
  command: 'documents',
  kind: 'documents',
  read: readDocuments,
});

/** The name from 2021 to 2025. */
export const documentDefinition: CommandDefinition<DocumentsCommand> = /* @__PURE__ */ defineCommand({
  command: 'document',
  kind: 'documents',
  read: readDocuments,
});

/** The name before 2021. */
export const profileDefinition: CommandDefinition<DocumentsCommand> = /* @__PURE__ */ defineCommand({
  command: 'profile',
  kind: 'documents',
  read: readDocuments,
});
