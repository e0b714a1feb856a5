/** Text of others, as it may be shown: nothing in it turns or hides what stands beside it. */

/** Controls, and the signs that turn the direction of text. Joiners stay: emoji and several scripts need them. */
const CONTROLS = /[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/gu;

/** One line, where each control is seen as one sign. */
export function plain(text: string): string {
  return text.replace(CONTROLS, '\u{FFFD}');
}

/** The end of an ID, which tells two people of one name apart; no proof, as somebody may search for such an ID. */
export function endOfId(id: string): string {
  return plain(id.slice(-8));
}
