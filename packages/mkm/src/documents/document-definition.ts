/** What a plugin defines of documents. */
import { toReader, type ClassOrReader } from '../extension/class-or-reader.ts';
import type { Document, DocumentInit } from './document.ts';

/** How to read one type of document. */
export interface DocumentDefinition<D extends Document = Document> {
  readonly defines: 'document';
  /** The document's `type`. */
  readonly type: string;
  /** Makes the document of what the core read and checked. */
  read(init: DocumentInit): D;
}

/**
 * Defines a type of document, with a class or a reader function.
 *
 * @example
 * ```ts
 * import { defineDocument, Document } from 'mkm';
 *
 * class Badge extends Document {
 *   readonly level = this.property('level');
 * }
 * defineDocument({ type: 'badge', class: Badge });
 * ```
 */
export function defineDocument<D extends Document>(
  definition: Pick<DocumentDefinition, 'type'> & ClassOrReader<[init: DocumentInit], D>,
): DocumentDefinition<D> {
  return { defines: 'document', type: definition.type, read: toReader(definition) };
}
