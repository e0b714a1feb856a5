/** The history of a group, the newest first. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { language, t } from '../../language/language.ts';
import { useAnswer } from '../../page/use-answer.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { fullText } from '../talk/times.ts';
import { historyText } from './history-text.ts';

const STEP = 30;

export function GroupHistory({ id }: { readonly id: string }): JSX.Element {
  const { value, failure } = useAnswer('groupHistory', { id }, ({ tell }) => tell === 'people');
  const [shown, setShown] = useState(STEP);
  const newest = [...(value ?? [])].sort((one, other) => other.time - one.time);
  return (
    <section class="section" aria-label={t('groupHistory')}>
      <h2>{t('groupHistory')}</h2>
      <FailureNote failure={failure} />
      {value?.length === 0 && <p class="hint">{t('noHistory')}</p>}
      <ol class="history">
        {newest.slice(0, shown).map((entry) => (
          <li key={entry.key}>
            <span dir="auto">{historyText(entry)}</span>
            <time class="small soft">{fullText(entry.time, language.value)}</time>
          </li>
        ))}
      </ol>
      {newest.length > shown && (
        <p>
          <Button onClick={() => setShown(shown + STEP)}>{t('more')}</Button>
        </p>
      )}
    </section>
  );
}
