/**
 * How somebody is called. Only a name that this person gave stands alone: everybody chooses a name for oneself, and it may be
 * that of a friend, so that a chosen one is quoted. The engine says where the end of the ID stands beside it.
 */
import { t } from '../../language/language.ts';
import type { PersonView } from '../../protocol/views.ts';
import { Icon } from './icon.tsx';
import { isBlank, oneLine } from './shown-text.ts';
import { endOfId } from './plain.ts';

export interface NameProps {
  readonly person: Pick<PersonView, 'id' | 'name' | 'nameFrom' | 'end' | 'isVerified' | 'hasAlarm' | 'isGroup'>;
  /** In as many lines as it needs. */
  readonly isWhole?: boolean | undefined;
  readonly isWithoutMarks?: boolean | undefined;
}

export function Name({ person, isWhole = false, isWithoutMarks = false }: NameProps) {
  const { end, isVerified, hasAlarm } = person;
  const isChosen = person.nameFrom === 'peer' && !isBlank(person.name);
  return (
    <span class={`name${isWhole ? ' whole' : ''}`}>
      <span class="said">
        {isChosen && t('quoteBegins')}
        <bdi>{wordsOf(person)}</bdi>
        {isChosen && t('quoteEnds')}
      </span>
      {end !== undefined && !isBlank(person.name) && <bdi class="end code">{end}</bdi>}
      {!isWithoutMarks && isVerified && !hasAlarm && (
        <span class="mark" role="img" aria-label={t('verified')} title={t('verified')}>
          <Icon name="shield" />
        </span>
      )}
      {!isWithoutMarks && hasAlarm && (
        <span class="mark alarm" role="img" aria-label={t('keyChanged')} title={t('keyChanged')}>
          <Icon name="alarm" />
        </span>
      )}
    </span>
  );
}

/** The same as text, for labels and titles: isolated, so that it turns nothing around it. */
export function nameText(person: NameProps['person']): string {
  const text = `\u2068${wordsOf(person)}\u2069`;
  if (isBlank(person.name)) return text;
  const words = person.nameFrom === 'peer' ? `${t('quoteBegins')}${text}${t('quoteEnds')}` : text;
  return person.end === undefined ? words : `${words} ${person.end}`;
}

const LONGEST = 100;

/** In one line that turns nothing; a name of which nothing is seen is none. */
function wordsOf({ id, name, nameFrom }: NameProps['person']): string {
  return nameFrom === 'id' || isBlank(name) ? `…${endOfId(id)}` : oneLine(name, LONGEST);
}
