/**
 * New contents: written first, then read as the receiver will read them. So there is no check of what is written beside
 * the one of what is read, and a new content has what its reader will have.
 */
import { DEFAULT_LIMITS, DimError, Document, Meta, type SymmetricKey } from 'mkm';
import { checkArguments, currentTime, typeName, readTime, within, type NewFields } from 'mkm/extend';
import { hasBrand, callReader, WrittenFields } from 'mkm/internal';
import { requireTypeCode, type TypeCode } from '../contents/content-type.ts';
import { Content, readContentInit } from '../contents/content.ts';
import type { ContentInit, CreateContentOptions } from '../contents/content.ts';
import { InstantMessage } from '../messages/instant-message.ts';
import { ReliableMessage } from '../messages/reliable-message.ts';
import { createSerialNumber, readSerialNumber } from '../contents/serial-number.ts';
import type { ContentDefinition, ContentReaders } from './content-definition.ts';

/**
 * A new content.
 *
 * @param definition how contents of its type are read
 * @param own the fields of its kind: JSON, and in place of maps and texts also IDs, metas, documents, contents, messages
 * @param options what all contents have
 *
 * @example
 * ```ts
 * import { Content, createContent, defineContent } from 'dkd';
 * import { textOf } from 'dkd/extend';
 *
 * class Poll extends Content {
 *   readonly kind = 'poll';
 *   readonly question: string = textOf(this.fields, 'question');
 * }
 * const poll = defineContent({ type: '1001', kind: 'poll', class: Poll });
 * createContent(poll, { question: 'Tea?' }).question; // Tea?
 * ```
 * @throws DimError `USAGE_ARGUMENT` with the path of what no reader would take
 */
export function createContent<C extends Content>(
  definition: Pick<ContentDefinition<C>, 'type' | 'read'>,
  own: NewFields,
  options?: CreateContentOptions,
): C {
  return checkArguments(() => {
    const { init, written } = writeContent(definition.type, own, options);
    return callReader(`content ${init.type}`, () => definition.read(init, readersOf(written)));
  });
}

/**
 * What a class needs to make a new content of a type with fields of its own. {@link createContent} does all of it.
 * @throws DimError `USAGE_ARGUMENT` for what no reader of any content would take
 */
export function newContentInit(type: TypeCode, own: NewFields, options?: CreateContentOptions): ContentInit {
  return checkArguments(() => writeContent(type, own, options).init);
}

/** Fields that are given by {@link CreateContentOptions}, with their short names. */
const COMMON = ['type', 'sn', 'time', 'group', 'T', 'N', 'W', 'G'];

function writeContent(
  type: string,
  own: NewFields,
  options: CreateContentOptions = {},
): { readonly init: ContentInit; readonly written: WrittenFields } {
  const taken = COMMON.find((name) => Object.hasOwn(own, name));
  if (taken !== undefined) throw new DimError('USAGE_ARGUMENT', 'is set by other arguments', { path: taken });
  const { group } = options;
  const sn = options.sn === undefined ? createSerialNumber() : within('sn', () => readSerialNumber(options.sn));
  const time = options.time === undefined ? currentTime() : within('time', () => readTime(options.time));
  const written = new WrittenFields({ type: requireTypeCode(type), sn, time, group, ...own });
  return { init: readContentInit(written.fields, written.readId), written };
}

/** Readers for what was given: it is there already, and only where it stands has to be checked. */
function readersOf(written: WrittenFields): ContentReaders {
  function find<T extends object>(
    map: unknown,
    ofClass: abstract new (...parts: never[]) => T,
    what: string,
    brand: string,
  ): T {
    const given = written.find(map);
    if (given instanceof ofClass) return given;
    // One of another copy of this package will be written, and read anew by whoever gets it.
    if (hasBrand(given, brand)) return given as T;
    throw notGiven(map, what);
  }
  return {
    limits: DEFAULT_LIMITS,
    readId: written.readId,
    readMeta: (map) => find(map, Meta, 'a meta', 'mkm.Meta'),
    readDocument: (map) => find(map, Document, 'a document', 'mkm.Document'),
    readSymmetricKey(map) {
      const key = written.find(map);
      if (key === undefined) throw notGiven(map, 'a key');
      // Keys are of any class that a plugin has.
      return key as SymmetricKey;
    },
    readContent: (map) => checkNesting(find(map, Content, 'a content', 'dkd.Content')),
    readInstantMessage(map) {
      const message = find(map, InstantMessage, 'an instant message', 'dkd.InstantMessage');
      within('content', () => checkNesting(message.content));
      return message;
    },
    readReliableMessage: (map) => find(map, ReliableMessage, 'a reliable message', 'dkd.SecureMessage.ReliableMessage'),
  };
}

function notGiven(value: unknown, what: string): DimError {
  return new DimError('INPUT_TYPE', `must be ${what}, not ${typeName(value)}`);
}

function checkNesting(inner: Content): Content {
  const { contentDepth } = DEFAULT_LIMITS;
  if (1 + levelsIn(inner) > contentDepth)
    throw new DimError('INPUT_LIMIT', `contents nest more than ${contentDepth} deep`);
  return inner;
}

/** How many levels of contents are in a content, by its properties: one of another plugin may hold some, too. */
function levelsIn(content: Content): number {
  const properties: object = content;
  const values: readonly unknown[] = Object.values(properties).flat();
  return values.reduce((deepest: number, value) => Math.max(deepest, levelsOf(value)), 0);
}

function levelsOf(value: unknown): number {
  const isMessage = value instanceof InstantMessage || hasBrand(value, 'dkd.InstantMessage');
  const inner: unknown = isMessage ? (value as InstantMessage).content : value;
  return inner instanceof Content || hasBrand(inner, 'dkd.Content') ? 1 + levelsIn(inner as Content) : 0;
}
