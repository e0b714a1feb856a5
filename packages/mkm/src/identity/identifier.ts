/**
 * ID, who someone is: `[name@]address[/terminal]`.
 *
 * `moki@4WDfe3zZ4T7opFSi3iDAKiuTnUHjxmXekk` · `0x5573970f81CDDdaf6A764EAC18Cc6398f8F11354/phone` · `anyone@anywhere`
 */
import { DimError } from '../errors/dim-error.ts';
import type { Address } from './address.ts';
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

  /** Whether both are the same entity, at whatever terminals. */
  equals(other: ID): boolean {
    return this.#entityKey === other.#entityKey;
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

/** What a name or terminal cannot have: separators, blanks, control and invisible characters, no UTF-8 form. */
const FORBIDDEN = /[@/\\\p{Z}\s\p{Cc}\p{Cf}\p{Cs}\p{Noncharacter_Code_Point}]/u;

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
  if (address === '' || FORBIDDEN.test(address))
    throw new DimError('INPUT_FORMAT', 'must be [name@]address[/terminal]');
  return { name, address, terminal };
}

/**
 * Checks a name or terminal.
 * @throws DimError `INPUT_FORMAT`
 */
export function checkIdPart(part: string, what: 'name' | 'terminal'): string {
  if (part === '') throw new DimError('INPUT_FORMAT', `has an empty ${what}`);
  if (FORBIDDEN.test(part))
    throw new DimError('INPUT_FORMAT', `has a ${what} with a separator, blank or invisible character`);
  return part;
}
