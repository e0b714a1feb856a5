/**
 * Content: what a message says.
 *
 * `{ "type": "1", "sn": 123, "time": 1700000000.5, "group"?: ID, … }`
 * Short names: `T` type, `N` sn, `W` time, `G` group, `C` command. The type is also read as a number or a word.
 */
import {
  changeFields,
  currentTime,
  DimError,
  optionalTimeOf,
  readOptional,
  readRequired,
  toReader,
  within,
  WireObject,
} from 'mkm';
import type { ClassOrReader, Document, ID, JsonMap, Limits, Meta, SymmetricKey } from 'mkm';
import { readContentType } from './content-type.ts';
import type { InstantMessage } from './messages/instant-message.ts';
import type { ReliableMessage } from './messages/reliable-message.ts';
import { expandContentNames } from './packing/short-names.ts';
import { createSerialNumber, readSerialNumber, type SerialNumber } from './serial-number.ts';

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
  readonly type: string;
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
 * import { Content, defineContent } from 'dkd';
 * import { definePlugin, textOf } from 'mkm';
 *
 * class Poll extends Content {
 *   readonly kind = 'poll';
 *   readonly question = textOf(this.fields, 'question');
 * }
 * const pollPlugin = definePlugin('polls', [defineContent({ type: '1001', class: Poll })]);
 * ```
 */
export function defineContent<C extends Content>(
  definition: Pick<ContentDefinition, 'type'> & ClassOrReader<[init: ContentInit, readers: ContentReaders], C>,
): ContentDefinition<C> {
  return { defines: 'content', type: definition.type, read: toReader(definition) };
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

/** What a class needs to make a new content of a type with fields of its own. */
export function newContentInit(type: string, own: JsonMap, options: CreateContentOptions = {}): ContentInit {
  const sn = options.sn === undefined ? createSerialNumber() : within('sn', () => readSerialNumber(options.sn));
  const time = options.time ?? currentTime();
  const { group } = options;
  const common = group === undefined ? { type, sn, time } : { type, sn, time, group: group.toString() };
  return { fields: changeFields(common, own), type, sn, time, group };
}

/** Reads what all contents have, of a map that was copied already. */
export function readContentInit(map: JsonMap, readId: (input: unknown) => ID): ContentInit {
  const fields = expandContentNames(map);
  const type = readRequired(fields, 'type', readContentType);
  const sn = readRequired(fields, 'sn', readSerialNumber);
  return { fields, type, sn, time: optionalTimeOf(fields, 'time'), group: readGroup(fields, readId) };
}

/** The group of a content or envelope; an ID of anything but a group is an error. */
export function readGroup(fields: JsonMap, readId: (input: unknown) => ID): ID | undefined {
  return readOptional(fields, 'group', (value) => {
    const group = readId(value);
    if (!group.isGroup) throw new DimError('INPUT_CONFLICT', 'must be the ID of a group');
    return group;
  });
}
