/** Which documents of an ID count: the newest of each type and, for visas, of each terminal. */
import { Visa, type Document } from 'dkd';

/**
 * The documents with a verified one among them, in the place of the older one that it replaces.
 * @returns undefined when one as new is there already, by the times that were signed
 * @throws DimError `INPUT_…` when its time or terminal cannot be read: once kept, nothing could ever replace it
 */
export function withDocument(known: readonly Document[], document: Document): readonly Document[] | undefined {
  const [terminal, time] = [terminalOf(document), signedTime(document)];
  const earlier = known.find((other) => other.type === document.type && terminalOf(other) === terminal);
  if (earlier === undefined) return [...known, document];
  if (time <= signedTime(earlier)) return undefined;
  return known.map((other) => (other === earlier ? document : other));
}

function terminalOf(document: Document): string | undefined {
  return document instanceof Visa ? document.terminal : undefined;
}

/** A document without a time is older than any other. */
function signedTime(document: Document): number {
  return document.time ?? 0;
}
