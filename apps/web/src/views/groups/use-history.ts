/** What happened in a group, asked anew as more is known; what is the same stays the same object. */
import { useRef } from 'preact/hooks';
import { keepSameItems } from '../../page/same-values.ts';
import { useAnswer } from '../../page/use-answer.ts';
import type { HistoryView, PersonView } from '../../protocol/views.ts';

const NONE: readonly HistoryView[] = [];

/** The oldest first; undefined until it is known. Where it cannot be read, none: messages are shown all the same. */
export function useHistory({ id, isGroup }: Pick<PersonView, 'id' | 'isGroup'>): readonly HistoryView[] | undefined {
  const { value, failure } = useAnswer('groupHistory', { id }, ({ tell }) => tell === 'people');
  const before = useRef<readonly HistoryView[]>(NONE);
  // With one person nothing is waited for.
  if (!isGroup) return NONE;
  if (value === undefined) return failure === undefined ? undefined : NONE;
  before.current = keepSameItems(before.current, value, ({ key }) => key);
  return before.current;
}
