/**
 * Content: what a message says.
 *
 * `{ "type": "1", "sn": 123, "time": 1700000000.5, "group"?: ID, … }`
 * Short names: `T` type, `N` sn, `W` time, `G` group, `C` command. The type is also read as a number or a word.
 */
import { DimError, optionalTimeOf, optionalOf, requiredOf, toReader, WireObject } from 'mkm';
import type { ClassOrReader, Document, ID, JsonMap, Limits, Meta, SymmetricKey } from 'mkm';
import { readContentType, requireTypeCode, type TypeCode } from './content-type.ts';
import type { InstantMessage } from './messages/instant-message.ts';
import type { ReliableMessage } from './messages/reliable-message.ts';
import { expandContentNames } from './packing/short-names.ts';
import { readSerialNumber, type SerialNumber } from './serial-number.ts';

/** What the core read of a content map. */
export interface ContentInit {
  /** The whole map, with long names. */
  readonly fields: JsonMap;
  /** The type code, in digits. */
  readonly type: string;
  readonly sn: SerialNumber;
  /** Seconds since 1970; undefined when the sender wrote none. */
  readonly time: number | undefined;
  readonly group: ID | undefined;
}

/** A content. Each kind has a class of its own, told apart by the literal {@link Content.kind}. */
export abstract class Content extends WireObject {
  /** The kind of content, a literal in each class: `switch (content.kind)` narrows. */
  abstract readonly kind: string;
  /** The type code on the wire, in digits: see `ContentType`. */
  readonly type: string;
  readonly sn: SerialNumber;
  /** When it was written, in seconds since 1970. */
  readonly time: number | undefined;
  /** The group that it was written for. */
  readonly group: ID | undefined;

  constructor(init: ContentInit) {
    super(init.fields);
    this.type = init.type;
    this.sn = init.sn;
    this.time = init.time;
    this.group = init.group;
  }
}

/** A content of a type that no plugin defines. Nothing of it is lost. */
export class UnknownContent extends Content {
  readonly kind = 'unknown';
}

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
 * import { definePlugin, textOf } from 'mkm';
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

/** What every new content has; `options` where the default will not do. */
export interface CreateContentOptions {
  /** The group that it is written for. */
  readonly group?: ID;
  /** Seconds since 1970; now, if not given. */
  readonly time?: number;
  /** A random one, if not given. */
  readonly sn?: SerialNumber;
}

/** Reads what all contents have, of a map that was copied already. */
export function readContentInit(map: JsonMap, readId: (input: unknown) => ID): ContentInit {
  const fields = expandContentNames(map);
  const type = requiredOf(fields, 'type', readContentType);
  const sn = requiredOf(fields, 'sn', readSerialNumber);
  return { fields, type, sn, time: optionalTimeOf(fields, 'time'), group: optionalGroupOf(fields, readId) };
}

/** The group of a content or envelope; an ID of anything but a group is an error. */
export function optionalGroupOf(fields: JsonMap, readId: (input: unknown) => ID): ID | undefined {
  return optionalOf(fields, 'group', (value) => {
    const group = readId(value);
    if (!group.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a group');
    return group;
  });
}
