/**
 * The longest texts that a regular expression may meet: for each repetition without an end, what comes before it, and
 * then 32 Mi characters that it takes. An engine keeps a state for each of them, and the room for these has an end.
 */

/** As many characters as a message may have. */
export const LONGEST = 32 * 1024 * 1024;

/** Of one kind; the last ones need two bytes a character. */
const KINDS = ['a', '1', ' ', '\\', '"', '.', '\n', '\u0436', '\u4e2d', '\u3000'];
/** Does not change what is read before it, but for the width of all characters. */
const WIDE_END = '\u0436';

/** A part of an expression, with how often it may be there. */
interface Part {
  readonly source: string;
  /** The alternatives of a group, undefined for a single character. */
  readonly group: readonly string[] | undefined;
  readonly min: number;
  readonly isOpen: boolean;
}

/**
 * Texts to try an expression on; each is made when it is asked for. There are none for one that repeats nothing without an end: it
 * keeps no more states than it has characters.
 */
export function* longTexts(pattern: string, flags: string): Generator<string> {
  const open = [...repetitions(pattern, flags)];
  for (const [before, unit] of open) {
    const long = before + unit.repeat(Math.ceil(LONGEST / unit.length));
    yield long;
    yield long + WIDE_END;
  }
  // Tried at each character, unless it holds at the start alone.
  if (open.length > 0 && !pattern.startsWith('^')) for (const kind of KINDS) yield kind.repeat(LONGEST);
}

/** Each repetition without an end: a text that leads to it, and what it takes again and again. */
function* repetitions(pattern: string, flags: string, before = ''): Generator<readonly [before: string, unit: string]> {
  for (const alternative of alternativesOf(pattern)) {
    let prefix = before;
    for (const part of partsOf(alternative)) {
      for (const inner of part.group ?? []) yield* repetitions(inner, flags, prefix);
      if (part.isOpen) for (const unit of samplesOf(part, flags)) yield [prefix, unit];
      prefix += (samplesOf(part, flags)[0] ?? '').repeat(part.min);
    }
  }
}

/** Short texts that a part takes: of a single character, one of each width. */
function samplesOf({ source, group }: Part, flags: string): readonly string[] {
  if (group !== undefined) return group.map((inner) => shortest(inner, flags)).filter((text) => text !== '');
  const single = new RegExp(`^(?:${source})$`, flags.replace(/[gy]/g, ''));
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
  const found = [ascii.toReversed(), KINDS.slice(-3)].map((kinds) => kinds.find((kind) => single.test(kind)));
  return found.filter((text) => text !== undefined);
}

function shortest(pattern: string, flags: string): string {
  const [first = ''] = alternativesOf(pattern);
  return partsOf(first)
    .map((part) => (samplesOf(part, flags)[0] ?? '').repeat(part.min))
    .join('');
}

const TOKEN = /\\(?:[pP]\{[^}]*\}|u\{[^}]*\}|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2}|.)|\[(?:\\.|[^\]\\])*\]|./gsu;

/** The alternatives of an expression, those within its groups not among them. */
function alternativesOf(pattern: string): readonly string[] {
  const alternatives = [''];
  let depth = 0;
  for (const [token] of pattern.matchAll(TOKEN)) {
    if (token === '(') depth++;
    if (token === ')') depth--;
    if (token === '|' && depth === 0) alternatives.push('');
    else alternatives.push(`${alternatives.pop() ?? ''}${token}`);
  }
  return alternatives;
}

/** The parts of an alternative, one after the other. What looks ahead or back, or stands for a place, is none. */
function partsOf(alternative: string): readonly Part[] {
  const parts: Part[] = [];
  let rest = alternative;
  while (rest !== '') {
    const source = rest.startsWith('(') ? groupAtStart(rest) : (rest.match(TOKEN)?.[0] ?? rest);
    rest = rest.slice(source.length);
    const quantifier = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(rest)?.[0] ?? '';
    rest = rest.slice(quantifier.length);
    if (/^(?:\^|\$|\\b|\\B|\(\?<?[=!].*)$/s.test(source)) continue;
    const inner = source.startsWith('(') ? source.replace(/^\((?:\?(?::|<\w+>))?/, '').slice(0, -1) : undefined;
    const min = /^[*?]/.test(quantifier) ? 0 : Number(/^\{(\d+)/.exec(quantifier)?.[1] ?? 1);
    const group = inner === undefined ? undefined : alternativesOf(inner);
    parts.push({ source, group, min, isOpen: /^[*+]|,\}/.test(quantifier) });
  }
  return parts;
}

function groupAtStart(text: string): string {
  let depth = 0;
  let group = '';
  for (const [token] of text.matchAll(TOKEN)) {
    group += token;
    if (token === '(') depth++;
    if (token === ')' && --depth === 0) return group;
  }
  throw new Error(`a group has no end: ${text}`);
}
