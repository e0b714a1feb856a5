/** The list of conversations that all views of a page share. */
import { usePage } from './context.ts';
import { createConversations, type Conversations } from './conversations.ts';
import type { Page } from './page.ts';

const ofPages = new WeakMap<Page, Conversations>();

/** That of a page, asked for at its first use. */
export function useConversations(): Conversations {
  const page = usePage();
  const conversations = ofPages.get(page) ?? createConversations(page.link);
  ofPages.set(page, conversations);
  return conversations;
}
