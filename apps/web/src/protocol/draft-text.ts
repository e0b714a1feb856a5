/** What is kept of what is being written: texts on their way out, and what is in the field; pages and engine mean the same by it. */

/** Texts that were sent and are not out of the page yet, and then what is written since. */
export function draftOf(texts: readonly string[]): string {
  return texts.filter((text) => text !== '').join('\n');
}

/** A draft without the text that was sent, which stands at its beginning. Any other draft is as it was. */
export function draftWithout(draft: string, sent: string): string {
  if (draft === sent) return '';
  return sent !== '' && draft.startsWith(`${sent}\n`) ? draft.slice(sent.length + 1) : draft;
}
