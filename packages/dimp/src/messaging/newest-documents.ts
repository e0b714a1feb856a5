/** Which documents of an ID count: the newest of each type and, for visas, of each terminal. */
import { Visa, type Document } from 'dkd';

/**
 * The documents with a verified one among them, in the place of the older one that it replaces.
 * @returns undefined when one as new is there already, by the times that were signed
 */
export function withDocument(known: readonly Document[], document: Document): readonly Document[] | undefined {
  const earlier = known.find((other) => isSameSlot(other, document));
  if (earlier === undefined) return [...known, document];
  if (signedTime(document) <= signedTime(earlier)) return undefined;
  return known.map((other) => (other === earlier ? document : other));
}

function isSameSlot(one: Document, other: Document): boolean {
  return one.type === other.type && terminalOf(one) === terminalOf(other);
}

function terminalOf(document: Document): string | undefined {
  return document instanceof Visa ? document.terminal : undefined;
}

/** A document without a time is older than any other. */
function signedTime(document: Document): number {
  return document.time ?? 0;
}
