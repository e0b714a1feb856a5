/** All contacts, by their names. */
import { language, t } from '../../language/language.ts';
import { useAnswer } from '../../page/use-answer.ts';
import type { PersonView } from '../../protocol/views.ts';
import { ButtonLink } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { View } from '../parts/view.tsx';
import { PersonRow } from './person-row.tsx';

export function People() {
  const { value, failure } = useAnswer('contacts', undefined, ({ tell }) => tell === 'people' || tell === 'alarm');
  const sorted = sortedByName(value ?? []);
  const open = sorted.filter(({ isBlocked }) => !isBlocked);
  const blocked = sorted.filter(({ isBlocked }) => isBlocked);
  return (
    <View title={t('people')}>
      <div class="buttons">
        <ButtonLink to={{ at: 'add-contact', text: '' }} icon="add" kind="primary">
          {t('addContact')}
        </ButtonLink>
        <ButtonLink to={{ at: 'me' }} icon="qr">
          {t('ownCard')}
        </ButtonLink>
      </div>
      <FailureNote failure={failure} />
      {value?.length === 0 && (
        <EmptyState icon="person" title={t('noPeople')}>
          <p>{t('noPeopleMeans')}</p>
        </EmptyState>
      )}
      {open.length > 0 && <List people={open} />}
      {blocked.length > 0 && (
        <>
          <h2>{t('blockedPeople')}</h2>
          <List people={blocked} />
        </>
      )}
    </View>
  );
}

function List({ people }: { readonly people: readonly PersonView[] }) {
  return (
    <ul class="rows">
      {people.map((person) => (
        <PersonRow key={person.id} person={person} to={{ at: 'person', id: person.id }} />
      ))}
    </ul>
  );
}

function sortedByName(people: readonly PersonView[]): readonly PersonView[] {
  const { compare } = new Intl.Collator(language.value);
  return [...people].sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id));
}
