/** Who somebody is, for people. */
import type { ID, Memory } from 'dimp';
import { nameOf } from '../home/known-identity.ts';
import { printable } from '../text/printable.ts';

/**
 * Who somebody is, for people: the alias, which this person chose, or the name in quotes with the end of the ID, as everybody
 * chooses a name.
 */
export async function whoIs(store: Memory, id: ID, alias: string | undefined): Promise<string> {
  if (alias !== undefined) return printable(alias);
  const name = await nameOf(store, id);
  const text = id.toString();
  return name === undefined ? printable(text) : `"${printable(name, MAX_NAME).replaceAll('"', "'")}" (${endOfId(id)})`;
}

/** The end of an ID, which tells two people of one name apart: no proof, as somebody may search for such an ID. */
export function endOfId(id: ID): string {
  return printable(id.toString().slice(-ENDING));
}

const MAX_NAME = 40;
/** Characters of an ID that tell two people of one name apart. */
const ENDING = 8;
