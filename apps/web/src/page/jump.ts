/** Which message a conversation is to go to, as from a search: told before the view changes, and looked at once. */
import { signal, type ReadonlySignal } from '@preact/signals';
import { go } from './route.ts';

export interface Jump {
  readonly conversation: string;
  readonly key: string;
}

const wanted = signal<Jump | undefined>(undefined);

/** A view of that conversation looks at it. */
export const jump: ReadonlySignal<Jump | undefined> = wanted;

export function openAt(conversation: string, key: string): void {
  wanted.value = { conversation, key };
  go({ at: 'talk', id: conversation });
}

/** The message for a conversation, once. */
export function takeJump(conversation: string): string | undefined {
  const now = wanted.peek();
  if (now?.conversation !== conversation) return undefined;
  wanted.value = undefined;
  return now.key;
}
