/** Some of the contacts, to be chosen. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useAnswer } from '../../page/use-answer.ts';
import type { PersonView } from '../../protocol/views.ts';
import { Avatar } from '../parts/avatar.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Name } from '../parts/name.tsx';

interface ChoosePeopleParts {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
  /** Those that are there already. */
  readonly without?: ReadonlySet<string>;
}

/** With more contacts than this, there is a field to find one. */
const MANY = 8;

export function ChoosePeople({ chosen, onChange, without }: ChoosePeopleParts): JSX.Element {
  const { value: contacts, failure } = useAnswer('contacts', undefined, ({ tell }) => tell === 'people');
  const [filter, setFilter] = useState('');
  const people = (contacts ?? []).filter((one) => !one.isGroup && !one.isBlocked && without?.has(one.id) !== true);
  // Who is chosen stays on the page, whatever is looked for.
  const shown = people.filter((one) => chosen.has(one.id) || isFound(one, filter));
  const choose = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    onChange(next);
  };
  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (contacts !== undefined && people.length === 0) return <p class="hint">{t('noContacts')}</p>;
  return (
    <fieldset class="stack tight">
      <legend class="legend">{t('chooseMembers')}</legend>
      {people.length > MANY && <Field type="search" label={t('filterPeople')} value={filter} onInput={setFilter} />}
      <ul class="people-to-choose">
        {shown.map((person) => (
          <li key={person.id}>
            <label class="choice">
              <input
                type="checkbox"
                checked={chosen.has(person.id)}
                onChange={({ currentTarget }) => choose(person.id, currentTarget.checked)}
              />
              <Avatar id={person.id} />
              <Name person={person} isWhole />
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function isFound({ name, chosenName, id }: PersonView, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return [name, chosenName ?? '', id].some((text) => text.toLowerCase().includes(wanted));
}
