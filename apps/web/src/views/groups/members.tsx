/** Who is in a group, in which role, and who waits; with what this person may do about it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { hashOf } from '../../page/route.ts';
import type { GroupView, PersonView, Role } from '../../protocol/views.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { Name, nameText } from '../parts/name.tsx';
import { attempt } from '../parts/toast.tsx';
import { Question } from '../talk/question.tsx';
import { VirtualRows } from '../talk/virtual-rows.tsx';
import { memberActions } from './member-actions.ts';
import { roleText } from './roles.ts';

export function Members({ group }: { readonly group: GroupView }): JSX.Element {
  const link = useLink();
  const { id, members } = group;
  const [toExpel, setToExpel] = useState<PersonView | undefined>(undefined);
  const itemsOf = (person: PersonView, role: Role): readonly MenuItem[] => {
    const name = nameText(person);
    return memberActions(group.may, role, person.nameFrom === 'self').map((action) => ({
      label: t(action, { name }),
      isDanger: action === 'expel',
      do: () =>
        action === 'expel'
          ? setToExpel(person)
          : attempt(() => link.call('changeGroup', { id, do: action, people: [person.id] })),
    }));
  };
  return (
    <section class="section" aria-label={t('members')}>
      <h2>{t('members')}</h2>
      <VirtualRows
        rows={members}
        nameOf={({ person }) => person.id}
        draw={({ person, role }) => (
          <div class="member">
            <Avatar id={person.id} />
            <a class="member-name" href={hashOf({ at: 'person', id: person.id })}>
              {person.nameFrom === 'self' ? t('you') : <Name person={person} />}
            </a>
            <span class="small soft">{roleText(role)}</span>
            <Menu label={t('memberActions', { name: nameText(person) })} items={itemsOf(person, role)} />
          </div>
        )}
      />
      {toExpel !== undefined && (
        <Question
          text={t('expelQuestion', { name: nameText(toExpel) })}
          yes={t('expel', { name: nameText(toExpel) })}
          onYes={() => void attempt(() => link.call('changeGroup', { id, do: 'expel', people: [toExpel.id] }))}
          onClose={() => setToExpel(undefined)}
        />
      )}
    </section>
  );
}

/** Who was proposed by members, and who asked: only who may let them in sees a button. */
export function Waiting({ group }: { readonly group: GroupView }): JSX.Element | null {
  const link = useLink();
  const { id, waiting, role } = group;
  const mayLetIn = group.may.invite && (role === 'owner' || role === 'administrator');
  const [isAsked, setAsked] = useState(false);
  if (waiting.length === 0) return null;
  const refuse = () => {
    const people = [...new Set(waiting.map(({ person }) => person.id))];
    return attempt(() => link.call('changeGroup', { id, do: 'refuse', people }));
  };
  return (
    <section class="section" aria-label={t('waiting')}>
      <h2>{t('waiting')}</h2>
      <VirtualRows
        rows={waiting}
        nameOf={({ person, by }) => `${person.id} ${by?.id ?? ''}`}
        draw={({ person, by }) => (
          <div class="member asking">
            <Avatar id={person.id} />
            <span class="member-name">
              <Name person={person} isWhole />
              <bdi class="whole-id code small">{person.id}</bdi>
              <span class="small soft">
                {by === undefined ? t('asksToJoin') : t('waitingBy', { name: nameText(by) })}
              </span>
            </span>
            {mayLetIn && (
              <Button
                onClick={() => attempt(() => link.call('changeGroup', { id, do: 'invite', people: [person.id] }))}
              >
                {t('letIn', { name: nameText(person) })}
              </Button>
            )}
          </div>
        )}
      />
      {group.may.refuse && (
        <p class="buttons">
          <Button kind="danger" onClick={() => setAsked(true)}>
            {t('refuseWaiting')}
          </Button>
        </p>
      )}
      {isAsked && (
        <Question
          text={t('refuseQuestion', { count: waiting.length })}
          yes={t('refuseWaiting')}
          onYes={() => void refuse()}
          onClose={() => setAsked(false)}
        />
      )}
    </section>
  );
}
