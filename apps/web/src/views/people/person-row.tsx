/** One of a list of people. */
import { hashOf, type Route } from '../../page/route.ts';
import type { PersonView } from '../../protocol/views.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Name } from '../parts/name.tsx';

export function PersonRow({ person, to }: { readonly person: PersonView; readonly to: Route }) {
  return (
    <li>
      <a class="row" href={hashOf(to)}>
        <Avatar id={person.id} isGroup={person.isGroup} />
        <Name person={person} />
      </a>
    </li>
  );
}
