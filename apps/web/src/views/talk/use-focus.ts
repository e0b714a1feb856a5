/** Which message of a list the keyboard is at; and that it stays there, as browsers take the focus from what is moved. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface ListFocus {
  /** The key of the message that the keyboard is at. */
  readonly active: string | undefined;
  /** Zero, or another number each time that message is to have the focus. */
  readonly toFocus: number;
  readonly moveTo: (key: string) => void;
  /** A message has the focus. */
  readonly focused: (key: string) => void;
}

/** @param shown what the list shows: after each change it is seen whether the focus is still there */
export function useFocus(shown: unknown): ListFocus {
  const [{ active, toFocus }, setAt] = useState<Pick<ListFocus, 'active' | 'toFocus'>>({
    active: undefined,
    toFocus: 0,
  });
  const isInList = useRef(false);
  const moveTo = useCallback((key: string) => {
    isInList.current = true;
    setAt((before) => ({ active: key, toFocus: before.toFocus + 1 }));
  }, []);
  const focused = useCallback((key: string) => {
    isInList.current = true;
    setAt((before) => (before.active === key ? before : { active: key, toFocus: 0 }));
  }, []);
  useEffect(() => {
    const look = ({ target }: FocusEvent) => {
      if (!(target instanceof Element) || target.closest('.message-list') === null) isInList.current = false;
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, []);
  useEffect(() => {
    if (isInList.current && active !== undefined && document.activeElement === document.body)
      setAt((before) => ({ active, toFocus: before.toFocus + 1 }));
  }, [shown, active]);
  return { active, toFocus, moveTo, focused };
}
