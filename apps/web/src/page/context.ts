/** What each view finds its page by. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { EngineLink } from '../link/engine-link.ts';
import type { MeView } from '../protocol/views.ts';
import type { Page } from './page.ts';

export const PageContext = createContext<Page | undefined>(undefined);

/** The page that a view is in. */
export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === undefined) throw new Error('a view is outside of a page');
  return page;
}

/** The link to the engine. */
export function useLink(): EngineLink {
  return usePage().link;
}

/** The person at this device. Views that need one are shown only where there is one. */
export function useMe(): MeView {
  const { phase } = usePage().state.value;
  if (phase.is !== 'open') throw new Error(`the engine is ${phase.is}`);
  return phase.me;
}
