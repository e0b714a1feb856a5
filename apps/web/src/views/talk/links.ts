/**
 * The links in a text. Only http and https are any; each is shown whole, as its writer wrote it, and where the name of its host is not
 * plain ASCII also as the network knows it: `аpple.com` with a Cyrillic letter looks like another's.
 */

export type Piece =
  | { readonly is: 'text'; readonly text: string }
  | {
      readonly is: 'link';
      readonly text: string;
      readonly href: string;
      /** Where it leads, if that is not what stands there. */
      readonly host: string | undefined;
    };

const BEGINNING = /https?:\/\//gi;

/** What ends a link: spaces, brackets of markup, quotes, and what turns the direction of writing or is not seen. */
const END = /[\s<>"\u201c\u201d\u00ab\u00bb\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u3000-\u3002\uff0c\uff1b]/u;

/** At the end of a link these belong to the sentence. */
const AFTER = new Set(['.', ',', ';', ':', '!', '?', "'", '*', '_', '~', '\u2026', '\uff01', '\uff1f', '\uff1a']);
const OPENED = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

const MAX_LINK = 2048;
const MAX_LINKS = 100;

/** The parts of a text, which together are the text. The work grows with its length. */
export function linksIn(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  let links = 0;
  for (const { index } of text.matchAll(BEGINNING)) {
    if (links === MAX_LINKS) break;
    if (index < at || isWithinWord(text, index)) continue;
    const link = linkOf(candidate(text, index));
    if (link === undefined) continue;
    if (index > at) pieces.push({ is: 'text', text: text.slice(at, index) });
    pieces.push(link);
    at = index + link.text.length;
    links++;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ is: 'text', text: text.slice(at) });
  return pieces;
}

/** A link of its own, as of a page that somebody shares. */
export function linkOf(text: string): (Piece & { readonly is: 'link' }) | undefined {
  if (text.length > MAX_LINK || END.test(text) || !URL.canParse(text)) return undefined;
  const { protocol, username, password, hostname, href } = new URL(text);
  // `https://bank.example@evil.example` leads to evil.example.
  if ((protocol !== 'https:' && protocol !== 'http:') || username !== '' || password !== '' || hostname === '')
    return undefined;
  return { is: 'link', text, href, host: text.toLowerCase().includes(`//${hostname}`) ? undefined : hostname };
}

/** Chinese has no space before a link, so only these are a word with it. */
function isWithinWord(text: string, index: number): boolean {
  return index > 0 && /[a-z0-9]/i.test(text.charAt(index - 1));
}

/** From where a link begins to where it ends. */
function candidate(text: string, from: number): string {
  const most = text.slice(from, from + MAX_LINK + 1);
  const end = most.search(END);
  return withoutSentence(end === -1 ? most : most.slice(0, end));
}

function withoutSentence(link: string): string {
  const open = new Map([...OPENED].map(([close, opening]) => [close, count(link, opening) - count(link, close)]));
  let end = link.length;
  while (end > 0) {
    const last = link.charAt(end - 1);
    const balance = open.get(last);
    if (balance !== undefined && balance < 0) open.set(last, balance + 1);
    else if (!AFTER.has(last)) break;
    end--;
  }
  return link.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
