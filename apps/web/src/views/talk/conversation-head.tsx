/** Whom one writes with: the name, whether the key is verified, the members, and what can be done with the conversation. */
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { go, hashOf } from '../../page/route.ts';
import type { GroupView, PersonView } from '../../protocol/views.ts';
import { memberCount } from '../groups/member-count.ts';
import { Avatar } from '../parts/avatar.tsx';
import { IconLink } from '../parts/button.tsx';
import { Menu, type MenuItem } from '../parts/menu.tsx';
import { Name, nameText } from '../parts/name.tsx';
import { attempt } from '../parts/toast.tsx';
import { Question } from './question.tsx';
import { saveBlob } from './save-blob.ts';
import { SearchDialog } from './search.tsx';

interface HeadParts {
  readonly person: PersonView;
  readonly group: GroupView | undefined;
}

export function ConversationHead({ person, group }: HeadParts): JSX.Element {
  const link = useLink();
  const [open, setOpen] = useState<'search' | 'clear' | 'block' | undefined>(undefined);
  const { id, isGroup } = person;
  const heading = useRef<HTMLHeadingElement>(null);
  const name = nameText(person);
  // Who it is, is said first; where one writes takes the focus from here.
  useEffect(() => heading.current?.focus(), []);
  useEffect(() => {
    document.title = `${name} – ${t('appName')}`;
  }, [name]);
  const change = (to: { readonly isMuted?: boolean; readonly isBlocked?: boolean }) =>
    attempt(() => link.call('changeContact', { id, ...to }));
  const items: readonly MenuItem[] = [
    {
      label: t(isGroup ? 'groupPage' : 'personPage'),
      icon: isGroup ? 'group' : 'person',
      do: () => go({ at: isGroup ? 'group' : 'person', id }),
    },
    { label: t('searchHere'), icon: 'search', do: () => setOpen('search') },
    {
      label: t(person.isMuted ? 'unmute' : 'mute'),
      icon: 'mute',
      do: () => change({ isMuted: !person.isMuted }),
    },
    {
      label: t('exportConversation'),
      icon: 'share',
      do: () =>
        attempt(async () =>
          saveBlob(await link.call('exportConversation', { conversation: id }), `${fileName(person)}.txt`),
        ),
    },
    ...(isGroup ? [] : [blocking(person, change, () => setOpen('block'))]),
    { label: t('clearConversation'), icon: 'trash', isDanger: true, do: () => setOpen('clear') },
  ];
  return (
    <header class="talk-head">
      <span class="only-narrow">
        <IconLink to={{ at: 'list' }} icon="back" label={t('backToList')} />
      </span>
      <a class="talk-with" href={hashOf({ at: isGroup ? 'group' : 'person', id })}>
        <Avatar id={id} isGroup={isGroup} />
        <span class="talk-name">
          <h1 ref={heading} tabIndex={-1}>
            <Name person={person} />
          </h1>
          <span class="small soft">{aboutText(person, group)}</span>
        </span>
      </a>
      <Menu label={t('conversationMenu')} items={items} />
      {open === 'search' && <SearchDialog conversation={id} onClose={() => setOpen(undefined)} />}
      {open === 'clear' && (
        <Question
          text={t('clearQuestion')}
          yes={t('clearConversation')}
          onYes={() => void attempt(() => link.call('clearConversation', { conversation: id }))}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open === 'block' && (
        <Question
          text={t('blockQuestion', { name: nameText(person) })}
          yes={t('block')}
          onYes={() => void change({ isBlocked: true })}
          onClose={() => setOpen(undefined)}
        />
      )}
    </header>
  );
}

function blocking(
  { isBlocked }: PersonView,
  change: (to: { readonly isBlocked: boolean }) => unknown,
  ask: () => void,
): MenuItem {
  if (isBlocked) return { label: t('unblock'), icon: 'block', do: () => change({ isBlocked: false }) };
  return { label: t('block'), icon: 'block', isDanger: true, do: ask };
}

function aboutText(person: PersonView, group: GroupView | undefined): string {
  if (person.hasAlarm) return t('keyChanged');
  if (person.isGroup) return memberCount(group);
  return t(person.isVerified ? 'verified' : 'keyNotVerified');
}

/** Letters and digits alone: the name is not this person's choice. */
function fileName({ name, end, id }: PersonView): string {
  const letters = name.slice(0, 60).replace(/[^\p{L}\p{N}]/gu, '-');
  if (!/[\p{L}\p{N}]/u.test(letters)) return `dim-${id.slice(-8)}`;
  return end === undefined ? `dim-${letters}` : `dim-${letters}-${end}`;
}
