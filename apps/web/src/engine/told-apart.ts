/** How somebody is called in a file: told apart as on a page. */
import type { PersonView } from '../protocol/views.ts';

/** A name that others chose in quotes, which it cannot get out of; with the end of the ID where it stands on a page as well. */
export function toldApart({ name, nameFrom, end }: Pick<PersonView, 'name' | 'nameFrom' | 'end'>): string {
  if (nameFrom === 'id') return `…${name}`;
  const words = nameFrom === 'peer' ? `“${name}”` : name;
  return end === undefined ? words : `${words} ${end}`;
}
