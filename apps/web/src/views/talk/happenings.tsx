/** What happened in a group, as quiet lines between messages: words of this page, and no bubble, as no message looks. */
import type { JSX } from 'preact';
import { language, t } from '../../language/language.ts';
import { hashOf } from '../../page/route.ts';
import type { HistoryView } from '../../protocol/views.ts';
import { historyText } from '../groups/history-text.ts';
import { isoTime } from './conversation-row.tsx';
import { fullText, shortText } from './times.ts';

/** Of more in one place, the newest: the page of the group has all. */
const MOST = 8;

export function Happenings({
  group,
  changes,
  now,
}: {
  readonly group: string;
  /** The oldest first. */
  readonly changes: readonly HistoryView[];
  readonly now: number;
}): JSX.Element | null {
  if (changes.length === 0) return null;
  const left = changes.length - MOST;
  return (
    <div class="happenings">
      {left > 0 && (
        <p class="happening">
          <a href={hashOf({ at: 'group', id: group })}>{t('moreChanges', { count: left })}</a>
        </p>
      )}
      {changes.slice(-MOST).map((change) => (
        <p key={change.key} class="happening">
          <span>{historyText(change)}</span>{' '}
          <time dateTime={isoTime(change.time)} title={fullText(change.time, language.value)}>
            {shortText(change.time, now, language.value)}
          </time>
        </p>
      ))}
    </div>
  );
}
