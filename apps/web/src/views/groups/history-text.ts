/** Who changed what in a group, as sentences. */
import { t } from '../../language/language.ts';
import type { HistoryView, PersonView } from '../../protocol/views.ts';
import { nameText } from '../parts/name.tsx';

const SENTENCES = {
  reset: 'historyReset',
  invite: 'historyInvite',
  join: 'historyJoin',
  quit: 'historyQuit',
  resign: 'historyResign',
} as const;

/** More names are counted. */
const MOST_NAMES = 12;

export function historyText({ author, command, people }: HistoryView): string {
  return t(SENTENCES[command], { author: called(author), people: peopleText(people) });
}

export function peopleText(people: readonly PersonView[]): string {
  const names = people.slice(0, MOST_NAMES).map(called).join(t('between'));
  const left = people.length - MOST_NAMES;
  return left > 0 ? t('andMore', { people: names, count: left }) : names;
}

function called(person: PersonView): string {
  return person.nameFrom === 'self' ? t('you') : nameText(person);
}
