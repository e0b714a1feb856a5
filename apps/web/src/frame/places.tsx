/** Which view is where. */
import type { VNode } from 'preact';
import { lazily } from './lazily.tsx';
import type { Route } from '../page/route.ts';
import { Nowhere } from './nowhere.tsx';

const Talk = lazily(async () => (await import('../views/talk/talk.tsx')).Talk);
const Search = lazily(async () => (await import('../views/talk/search.tsx')).Search);
const Group = lazily(async () => (await import('../views/groups/group.tsx')).Group);
const NewGroup = lazily(async () => (await import('../views/groups/new-group.tsx')).NewGroup);
const JoinGroup = lazily(async () => (await import('../views/groups/join-group.tsx')).JoinGroup);
const People = lazily(async () => (await import('../views/people/people.tsx')).People);
const Person = lazily(async () => (await import('../views/people/person.tsx')).Person);
const AddContact = lazily(async () => (await import('../views/people/add-contact.tsx')).AddContact);
const OwnCard = lazily(async () => (await import('../views/people/own-card.tsx')).OwnCard);
const Settings = lazily(async () => (await import('../views/settings/settings.tsx')).Settings);

/** The view of a route; none for the list, which has its own column. */
export function Place({ route }: { readonly route: Route }): VNode | null {
  switch (route.at) {
    case 'list':
      return null;
    case 'talk':
      return <Talk id={route.id} />;
    case 'search':
      return <Search />;
    case 'group':
      return <Group id={route.id} />;
    case 'new-group':
      return <NewGroup />;
    case 'join-group':
      return <JoinGroup text={route.text} />;
    case 'people':
      return <People />;
    case 'person':
      return <Person id={route.id} />;
    case 'add-contact':
      return <AddContact text={route.text} />;
    case 'me':
      return <OwnCard />;
    case 'settings':
      return <Settings />;
    case 'nowhere':
      return <Nowhere />;
    default:
      return route satisfies never;
  }
}
