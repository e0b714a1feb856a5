/**
 * ID, who someone is: `[name@]address[/terminal]`.
 *
 * `moki@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk` · `0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354/phone` · `anyone@anywhere`
 */
import { DimError } from '../errors/dim-error.ts';
import { hasBrand } from '../wire/other-copies.ts';
import { typeName } from '../wire/json-map.ts';
import { Address } from './address.ts';
import { isBroadcastType, isGroupType } from './entity-type.ts';

/** The parts of an ID. */
export interface IdParts {
  readonly name?: string | undefined;
  readonly address: Address;
  readonly terminal?: string | undefined;
}

/**
 * An identifier. Make one with a context's `ID.parse` or `ID.create`.
 *
 * Two IDs with the same name and address are the same entity; the terminal is one of its login points.
 */
export class ID {
  /** The name before the `@`, which is the seed of the meta. */
  readonly name: string | undefined;
  readonly address: Address;
  /** The login point after the `/`. */
  readonly terminal: string | undefined;
  readonly #text: string;
  readonly #entityKey: string;

  /** @throws DimError `INPUT_FORMAT` for a name or terminal that an ID cannot have */
  constructor(parts: IdParts) {
    this.name = parts.name === undefined ? undefined : checkIdPart(parts.name, 'name');
    this.address = parts.address;
    this.terminal = parts.terminal === undefined ? undefined : checkIdPart(parts.terminal, 'terminal');
    const prefix = this.name === undefined ? '' : `${this.name}@`;
    const suffix = this.terminal === undefined ? '' : `/${this.terminal}`;
    this.#text = prefix + this.address.text + suffix;
    this.#entityKey = prefix + this.address.canonical;
    Object.freeze(this);
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'mkm.ID';
  }

  /** The entity type; see `EntityType`. */
  get type(): number {
    return this.address.type;
  }

  /** A person, bot or station. */
  get isUser(): boolean {
    return !isGroupType(this.type);
  }

  get isGroup(): boolean {
    return isGroupType(this.type);
  }

  /** Everybody: messages to this ID are not encrypted. */
  get isBroadcast(): boolean {
    return isBroadcastType(this.type);
  }

  /** A text that is equal for two IDs exactly when they are the same entity: the key for maps and tables. */
  get entityKey(): string {
    return this.#entityKey;
  }

  /**
   * Whether both are the same entity, at whatever terminals.
   * @throws DimError `USAGE_ARGUMENT` for text, among others
   */
  equals(other: ID): boolean {
    if (typeof other === 'object' && other !== null && #entityKey in other) return this.#entityKey === other.#entityKey;
    if (!hasBrand(other, 'mkm.ID')) throw notAnId(other, 'other');
    return this.#entityKey === (other as ID).entityKey;
  }

  /** This entity without a terminal. */
  get entity(): ID {
    return this.terminal === undefined ? this : new ID({ name: this.name, address: this.address });
  }

  /** This entity at a terminal. */
  at(terminal: string): ID {
    return new ID({ name: this.name, address: this.address, terminal });
  }

  toString(): string {
    return this.#text;
  }

  toJSON(): string {
    return this.#text;
  }
}

/** An ID of this copy of the package, of one of any; undefined for what is none. */
export function ownId(value: unknown): ID | undefined {
  if (value instanceof ID) return value;
  if (!hasBrand(value, 'mkm.ID')) return undefined;
  const { name, address, terminal } = value as ID;
  return new ID({ name, address: new Address(address), terminal });
}

/** What is to be said of an argument in place of an ID. */
export function notAnId(value: unknown, path = ''): DimError {
  return new DimError('USAGE_ARGUMENT', `must be an ID, not ${typeName(value)}: read it first`, { path });
}

/**
 * What a name or terminal cannot have: separators, blanks, control characters, what is not seen (U+1D159 and U+2800 are
 * drawn as nothing), what has no UTF-8 form, and what has no meaning, or one of its own to each.
 * A code point that is kept for emoji of later years is fine, and a selector is judged below.
 */
const FORBIDDEN =
  /[@/\\\u2800\u{1d159}\p{Z}\s\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Noncharacter_Code_Point}]|(?!\ufe0f)\p{Default_Ignorable_Code_Point}|(?!\p{Extended_Pictographic})\p{Cn}/u;

/** A selector of how an emoji looks, where it does not stand behind one that is text without it, or in a keycap. */
const STRAY_SELECTOR = /(?<!(?!\p{Emoji_Presentation})\p{Extended_Pictographic})(?<![0-9#*](?=\ufe0f\u20e3))\ufe0f/u;

/** Nearly all there are. */
const USUAL = /^[A-Za-z0-9._-]+$/;

/**
 * The parts of an ID text; the address is not read yet.
 * @throws DimError `INPUT_FORMAT`, `INPUT_LIMIT`
 */
export function splitId(
  text: string,
  maxLength: number,
): { name: string | undefined; address: string; terminal: string | undefined } {
  if (text.length > maxLength) throw new DimError('INPUT_LIMIT', `is longer than ${maxLength} characters`);
  const slash = text.indexOf('/');
  const terminal = slash === -1 ? undefined : checkIdPart(text.slice(slash + 1), 'terminal');
  const whole = slash === -1 ? text : text.slice(0, slash);
  const at = whole.indexOf('@');
  const name = at === -1 ? undefined : checkIdPart(whole.slice(0, at), 'name');
  const address = whole.slice(at + 1);
  if (address === '' || (!USUAL.test(address) && FORBIDDEN.test(address)))
    throw new DimError('INPUT_FORMAT', 'must be [name@]address[/terminal]');
  return { name, address, terminal };
}

/**
 * Checks a name or terminal.
 * @throws DimError `INPUT_FORMAT`
 */
export function checkIdPart(part: string, what: 'name' | 'terminal'): string {
  if (USUAL.test(part)) return part;
  if (part === '') throw new DimError('INPUT_FORMAT', `has an empty ${what}`);
  const [wrong] = FORBIDDEN.exec(part) ?? STRAY_SELECTOR.exec(part) ?? /^\p{M}/u.exec(part) ?? [];
  if (wrong === undefined) return part;
  const code = (wrong.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
  throw new DimError(
    'INPUT_FORMAT',
    `has a ${what} with U+${code}: no separators, blanks, invisible or unassigned characters, and no mark at the start`,
  );
}
