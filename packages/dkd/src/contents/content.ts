/**
 * Content: what a message says.
 *
 * `{ "type": "1", "sn": 123, "time": 1700000000.5, "group"?: ID, … }`
 * Short names: `T` type, `N` sn, `W` time, `G` group, `C` command. The type is also read as a number or a word.
 */
import { type ID, type JsonMap } from 'mkm';
import { optionalTimeOf, requiredOf, WireObject } from 'mkm/extend';
import { expandContentNames } from '../packing/short-names.ts';
import { readContentType } from './content-type.ts';
import { optionalGroupOf } from './group-field.ts';
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

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'dkd.Content';
  }
}

/** A content of a type that no plugin defines. Nothing of it is lost. */
export class UnknownContent extends Content {
  readonly kind = 'unknown';
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
