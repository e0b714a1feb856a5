/** How long texts are. */

/**
 * Bytes of a message on its way, at most. Browsers send longer ones in three frames of WebSocket or more, and deployed stations end a
 * message at its second frame: they lose it, and nobody is told. One ring of 128 KB is between the page and the network.
 */
const LONGEST_MESSAGE = 126_000;

/** Bytes of a content: encrypted, it is written as base64. */
export const LONGEST_CONTENT = Math.floor((LONGEST_MESSAGE / 4) * 3);

/** Characters that are given to a page, which would stand still with more; what others write may be longer. */
export const LONGEST_SHOWN = 200_000;

/** Characters that are kept while they are written, although they cannot be sent as one. */
export const LONGEST_DRAFT = 1_000_000;

/** Bytes of a text, as it stands in a content. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(JSON.stringify(text)).length;
}

/** The beginning of a text, without half of a letter at its end. */
export function beginningOf(text: string, characters: number): string {
  return text.length <= characters ? text : text.slice(0, characters).replace(/[\uD800-\uDBFF]$/, '');
}
