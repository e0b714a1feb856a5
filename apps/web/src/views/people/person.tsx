/** Somebody: the names, the ID, the key, and what is wanted of them. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAnswer } from '../../page/use-answer.ts';
import type { PersonDetails } from '../../protocol/views.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { copy } from '../parts/hand-over.ts';
import { Name, nameText } from '../parts/name.tsx';
import { plain } from '../parts/plain.ts';
import { attempt, say } from '../parts/toast.tsx';
import { View } from '../parts/view.tsx';
import { oneLine } from '../parts/shown-text.ts';
import { LONGEST_NAME } from '../start/name-field.tsx';
import { KeyAlarm } from './key-alarm.tsx';
import { LinkButtons } from './link-buttons.tsx';
import { PersonRow } from './person-row.tsx';
import { Verify } from './verify.tsx';

export function Person({ id }: { readonly id: string }) {
  const { value: person, failure } = useAnswer('person', { id }, ({ tell }) => tell === 'people' || tell === 'alarm');
  return (
    <View
      title={person === undefined ? t('person') : nameText(person)}
      heading={t('aboutPerson')}
      back={{ at: 'people' }}
    >
      <FailureNote failure={failure} />
      {person && <About person={person} />}
    </View>
  );
}

/** More than any name needs. */
const LONGEST_SHOWN = 200;

function About({ person }: { readonly person: PersonDetails }) {
  const { id, chosenName, isBlocked, isMuted, link, groups } = person;
  return (
    <>
      {person.hasAlarm && <KeyAlarm person={person} />}
      <div class="card">
        <Avatar id={id} isLarge />
        <h2>
          <Name person={person} isWhole />
        </h2>
        {chosenName !== undefined && (
          <p class="soft">
            {t('callsSelf')}{' '}
            <q>
              <bdi>{oneLine(chosenName, LONGEST_SHOWN)}</bdi>
            </q>
          </p>
        )}
        {isBlocked && <p class="notice warning">{t('blockedMeans')}</p>}
        {isMuted && <p class="soft">{t('mutedMeans')}</p>}
        <div class="buttons middle">
          <ButtonLink to={{ at: 'talk', id }} kind="primary" icon="talk">
            {t('writeTo')}
          </ButtonLink>
          <Relation person={person} />
        </div>
      </div>
      <Alias key={id} person={person} />
      <section class="section">
        <h2>{t('theirId')}</h2>
        <p class="id" dir="ltr">
          {plain(id)}
        </p>
        <div class="buttons">
          <Button icon="copy" onClick={() => copy(id)}>
            {t('copy')}
          </Button>
          <LinkButtons link={link} />
        </div>
      </section>
      <Verify person={person} />
      {groups.length > 0 && (
        <section class="section">
          <h2>{t('groupsTogether')}</h2>
          <ul class="rows">
            {groups.map((group) => (
              <PersonRow key={group.id} person={group} to={{ at: 'group', id: group.id }} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** What this person is to the one at the device. */
function Relation({ person: { id, isContact, isBlocked, isMuted } }: { readonly person: PersonDetails }) {
  const link = useLink();
  const change = (to: { isBlocked?: boolean; isMuted?: boolean; isAdded?: boolean }) => () =>
    attempt(() => link.call('changeContact', { id, ...to }));
  return (
    <>
      <Button icon={isContact ? 'close' : 'add'} onClick={change({ isAdded: !isContact })}>
        {isContact ? t('removeContact') : t('addToContacts')}
      </Button>
      <Button icon="mute" onClick={change({ isMuted: !isMuted })}>
        {isMuted ? t('unmute') : t('mute')}
      </Button>
      <Button icon="block" kind="danger" onClick={change({ isBlocked: !isBlocked })}>
        {isBlocked ? t('unblock') : t('block')}
      </Button>
    </>
  );
}

function Alias({ person: { id, name, nameFrom } }: { readonly person: PersonDetails }) {
  const link = useLink();
  const [alias, setAlias] = useState(nameFrom === 'alias' ? name : '');
  const save = async () => {
    const given = alias.trim() === '' ? undefined : alias.trim();
    if ((await attempt(() => link.call('changeContact', { id, alias: given }))) !== undefined) say(t('saved'));
  };
  return (
    <form
      class="section"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t('alias')} hint={t('aliasHint')} value={alias} maxLength={LONGEST_NAME} onInput={setAlias} />
      {nameFrom !== 'alias' && <p class="soft small">{t('nameIsOwn')}</p>}
      <div class="buttons">
        <Button submits>{t('save')}</Button>
      </div>
    </form>
  );
}
