/**
 * The members of a JSON map, where they stand in its bytes. Their values are skipped, not read.
 *
 * Most of a large message is one text, and the platform finds its end in a hundredth of the time that reading it takes.
 */
import * as platform from '#bytes';
import type { Limits } from './limits.ts';

/** A member of a map: the indexes of its name, without the quotes, and of its value. */
export interface JsonMember {
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the members of the outermost map. What is in the values is checked no further than to find their ends, but for the
 * limits and UTF-8.
 * @returns undefined for what is no map of JSON in UTF-8, may be beyond the limits, or has a name with an escape: whoever
 * then reads it all sees what it is
 */
export function outerMembers(bytes: Uint8Array, limits: Limits): readonly JsonMember[] | undefined {
  const walk = new Walk(bytes, limits);
  const members = walk.takeMap();
  return members !== undefined && walk.values <= limits.jsonValues && platform.isUtf8(bytes) ? members : undefined;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_MAP = 0x7b;
const CLOSE_MAP = 0x7d;
/** Of blanks the last: what else is before it is in no JSON. */
const BLANK = 0x20;

/** So many bytes are looked at one by one, before the platform is called to look: a call costs as much. */
const NEAR = 32;

class Walk {
  readonly #bytes: Uint8Array;
  readonly #limits: Limits;
  #at = 0;
  /** As many as there are, or some more: the map itself, and one for each name, comma and opening bracket. */
  values = 1;

  constructor(bytes: Uint8Array, limits: Limits) {
    this.#bytes = platform.searchable(bytes);
    this.#limits = limits;
  }

  takeMap(): readonly JsonMember[] | undefined {
    const members: JsonMember[] = [];
    if (this.#limits.jsonDepth < 1 || !this.#take(OPEN_MAP)) return undefined;
    if (!this.#take(CLOSE_MAP)) {
      do {
        const member = this.#takeMember();
        if (member === undefined) return undefined;
        members.push(member);
      } while (this.#take(COMMA));
      if (!this.#take(CLOSE_MAP)) return undefined;
    }
    this.#skipBlanks();
    return this.#at === this.#bytes.length ? members : undefined;
  }

  #takeMember(): JsonMember | undefined {
    // Before more of them are held: names that repeat are values of no map.
    if (++this.values > this.#limits.jsonValues) return undefined;
    this.#skipBlanks();
    const nameStart = this.#at + 1;
    if (!this.#skipText()) return undefined;
    const nameEnd = this.#at - 1;
    if (this.#hasEscape(nameStart, nameEnd) || !this.#take(COLON)) return undefined;
    this.#skipBlanks();
    const start = this.#at;
    return this.#skipValue() ? { nameStart, nameEnd, start, end: this.#at } : undefined;
  }

  /** Blanks, and then this byte, if it is there. */
  #take(byte: number): boolean {
    this.#skipBlanks();
    if (this.#bytes[this.#at] !== byte) return false;
    this.#at++;
    return true;
  }

  #skipBlanks(): void {
    while (isBlank(this.#bytes[this.#at])) this.#at++;
  }

  #skipValue(): boolean {
    switch (this.#bytes[this.#at]) {
      case QUOTE:
        return this.#skipText();
      case OPEN_MAP:
      case OPEN_LIST:
        return this.#skipNested();
      case undefined:
      default:
        return this.#skipWord();
    }
  }

  #skipText(): boolean {
    if (this.#bytes[this.#at] !== QUOTE) return false;
    let quote = this.#nextQuote(this.#at + 1);
    while (quote !== -1 && this.#isEscaped(quote)) quote = this.#nextQuote(quote + 1);
    this.#at = quote + 1;
    return quote !== -1;
  }

  #nextQuote(from: number): number {
    const end = Math.min(from + NEAR, this.#bytes.length);
    for (let index = from; index < end; index++) if (this.#bytes[index] === QUOTE) return index;
    return this.#bytes.indexOf(QUOTE, end);
  }

  /** Whether a quote stands behind an odd number of backslashes. */
  #isEscaped(quote: number): boolean {
    let start = quote;
    while (this.#bytes[start - 1] === BACKSLASH) start--;
    return (quote - start) % 2 === 1;
  }

  #hasEscape(start: number, end: number): boolean {
    for (let index = start; index < end; index++) if (this.#bytes[index] === BACKSLASH) return true;
    return false;
  }

  /** A map or list within the outermost map, with all that is in it. */
  #skipNested(): boolean {
    let depth = 0;
    while (this.#at < this.#bytes.length) {
      switch (this.#bytes[this.#at]) {
        case QUOTE:
          if (!this.#skipText()) return false;
          continue;
        case OPEN_MAP:
        case OPEN_LIST:
          depth++;
          if (depth >= this.#limits.jsonDepth || ++this.values > this.#limits.jsonValues) return false;
          break;
        case CLOSE_MAP:
        case CLOSE_LIST:
          depth--;
          break;
        case COMMA:
          if (++this.values > this.#limits.jsonValues) return false;
          break;
        case undefined:
        default:
      }
      this.#at++;
      if (depth === 0) return true;
    }
    return false;
  }

  /** A number, or true, false, null. */
  #skipWord(): boolean {
    const start = this.#at;
    while (isOfWord(this.#bytes[this.#at])) this.#at++;
    return this.#at > start;
  }
}

function isBlank(byte: number | undefined): boolean {
  return byte === BLANK || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isOfWord(byte: number | undefined): boolean {
  switch (byte) {
    case undefined:
    case QUOTE:
    case COMMA:
    case COLON:
    case OPEN_LIST:
    case CLOSE_LIST:
    case OPEN_MAP:
    case CLOSE_MAP:
      return false;
    default:
      return byte > BLANK;
  }
}
