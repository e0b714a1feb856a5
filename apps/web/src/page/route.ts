/** Which view is open, as the part of the address behind `#`: so that "back" works, and a link opens the right one. */
import { signal } from '@preact/signals';

export type Route =
  | { readonly at: 'list' }
  | { readonly at: 'talk'; readonly id: string }
  | { readonly at: 'person'; readonly id: string }
  | { readonly at: 'group'; readonly id: string }
  | { readonly at: 'new-group' }
  | { readonly at: 'add-contact'; readonly text: string }
  | { readonly at: 'join-group'; readonly text: string }
  | { readonly at: 'search' }
  | { readonly at: 'people' }
  /** One's own card. */
  | { readonly at: 'me' }
  | { readonly at: 'settings' }
  /** An address that leads to no view. */
  | { readonly at: 'nowhere' };

/** Reads what stands behind `#`; nothing is the list. */
export function readRoute(hash: string): Route {
  const [at = '', ...rest] = hash.replace(/^#\/?/, '').split('/');
  // Links that others were given: the whole text behind `#`.
  if (hash.startsWith('#contact=')) return { at: 'add-contact', text: hash };
  if (hash.startsWith('#group=')) return { at: 'join-group', text: hash };
  const id = decoded(rest.join('/'));
  switch (at) {
    case 'talk':
    case 'person':
    case 'group':
      return id === '' ? { at: 'nowhere' } : { at, id };
    case 'new-group':
    case 'search':
    case 'people':
    case 'me':
    case 'settings':
      return { at };
    case 'add-contact':
    case 'join-group':
      return { at, text: id };
    case '':
      return { at: 'list' };
    default:
      return { at: 'nowhere' };
  }
}

/** The address of a view. */
export function hashOf(route: Route): string {
  if ('id' in route) return `#/${route.at}/${encodeURIComponent(route.id)}`;
  if ('text' in route && route.text !== '') return `#/${route.at}/${encodeURIComponent(route.text)}`;
  return route.at === 'list' ? '#/' : `#/${route.at}`;
}

/** The view that is open. */
export const route = signal<Route>(readRoute(globalThis.location?.hash ?? ''));

/** Opens a view. */
export function go(to: Route): void {
  globalThis.location.hash = hashOf(to);
}

let isMoved = false;

/** Whether another view was opened since the page began: then the focus goes to what opens. */
export function hasMoved(): boolean {
  return isMoved;
}

globalThis.addEventListener?.('hashchange', () => {
  isMoved = true;
  route.value = readRoute(globalThis.location.hash);
});

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
