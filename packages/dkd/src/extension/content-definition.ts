/** What a plugin defines of contents. */
import { type Document, type ID, type Limits, type Meta, type SymmetricKey } from 'mkm';
import { toReader, type ClassOrReader } from 'mkm/extend';
import type { Content, ContentInit } from '../contents/content.ts';
import { requireTypeCode, type TypeCode } from '../contents/content-type.ts';
import type { InstantMessage } from '../messages/instant-message.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';

/** How to read contents of one type. */
export interface ContentDefinition<C extends Content = Content> {
  readonly defines: 'content';
  /** The type code, in digits. */
  readonly type: TypeCode;
  /** The literal `kind` of the class. */
  readonly kind: C['kind'];
  /**
   * Makes the content of what the core read; checks the fields of its kind.
   * @param readers for IDs, nested contents and messages among the fields
   * @throws DimError `INPUT_…`
   */
  read(init: ContentInit, readers: ContentReaders): C;
}

/** What a definition may need to read its fields. Each throws a `DimError`; nesting is counted and limited. */
export interface ContentReaders {
  readonly limits: Limits;
  readId(input: unknown): ID;
  readMeta(input: unknown): Meta;
  readDocument(input: unknown): Document;
  readSymmetricKey(input: unknown): SymmetricKey;
  /** A content inside this one. */
  readContent(input: unknown): Content;
  /** An instant message inside this content. */
  readInstantMessage(input: unknown): InstantMessage;
  /** A reliable message inside this content. */
  readReliableMessage(input: unknown): ReliableMessage;
}

/**
 * Defines a type of content, with a class or a reader function.
 *
 * @example
 * ```ts
 * import { Content, createContent, defineContent } from 'dkd';
 * import { definePlugin } from 'mkm';
 * import { textOf } from 'mkm/extend';
 *
 * class Poll extends Content {
 *   readonly kind = 'poll';
 *   readonly question: string = textOf(this.fields, 'question');
 *
 *   static create(question: string): Poll {
 *     return createContent(pollDefinition, { question });
 *   }
 * }
 * const pollDefinition = defineContent({ type: '1001', kind: 'poll', class: Poll });
 * const pollPlugin = definePlugin('polls', [pollDefinition]);
 * ```
 * @param definition.type digits; docs/extensions.md says which are free for applications
 * @param definition.kind the literal `kind` of the class, which no other content of a context may have
 * @throws DimError `USAGE_ARGUMENT` for a type that no reader would take
 */
export function defineContent<C extends Content>(
  definition: Pick<ContentDefinition<C>, 'type' | 'kind'> &
    ClassOrReader<[init: ContentInit, readers: ContentReaders], C>,
): ContentDefinition<C> {
  const { type, kind } = definition;
  return { defines: 'content', type: requireTypeCode(type), kind, read: toReader(definition) };
}
