/** Messages count as seen when the end of a conversation is on a screen that somebody may look at. */
import { useCallback, useEffect, useRef } from 'preact/hooks';
import { useLink } from '../../page/context.ts';
import type { Thread } from '../../page/thread.ts';

/** @returns what the list calls when its end is seen */
export function useSeen(thread: Thread, conversation: string, unread: number): () => void {
  const link = useLink();
  const left = useRef(unread);
  const isAsking = useRef(false);
  left.current = unread;
  const look = useCallback(() => {
    if (left.current === 0 || isAsking.current || !thread.isAtEnd || document.visibilityState !== 'visible') return;
    isAsking.current = true;
    void (async () => {
      // The count comes back with the list; where it failed, the next message asks again.
      await link.call('markSeen', { conversation }).catch(() => undefined);
      isAsking.current = false;
    })();
  }, [link, thread, conversation]);
  useEffect(() => {
    if (thread.window.value !== undefined) look();
  }, [unread, look, thread]);
  useEffect(() => {
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [look]);
  return look;
}
