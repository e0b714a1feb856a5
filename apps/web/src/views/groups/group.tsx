/** A group: its name, members, who waits, how others come in, and who changed what. Only what may be done here is shown. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { useAnswer } from '../../page/use-answer.ts';
import type { GroupView } from '../../protocol/views.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button, ButtonLink } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Name, nameText } from '../parts/name.tsx';
import { attempt } from '../parts/toast.tsx';
import { View } from '../parts/view.tsx';
import { Question } from '../talk/question.tsx';
import { AskedNote } from './asked-note.tsx';
import { ChoosePeople } from './choose-people.tsx';
import { GroupHistory } from './group-history.tsx';
import { GroupLink } from './group-link.tsx';
import { memberCount } from './member-count.ts';
import { Members, Waiting } from './members.tsx';
import { MAX_GROUP_NAME } from './new-group.tsx';
import { roleText } from './roles.ts';

export function Group({ id }: { readonly id: string }): JSX.Element {
  const { value: group, failure, isAnswered } = useGroup(id);
  if (group !== undefined) return <KnownGroup key={id} group={group} />;
  return (
    <View title={t('groupPage')}>
      <FailureNote failure={failure} />
      {isAnswered ? <EmptyState icon="group" title={t('groupUnknown')} /> : <p class="hint">{t('loading')}</p>}
    </View>
  );
}

/** An unknown group is answered with undefined, as what is not answered yet: `again` tells them apart. */
function useGroup(id: string) {
  const answer = useAnswer('group', { id }, ({ tell }) => tell === 'people');
  const history = useAnswer('groupHistory', { id });
  return { ...answer, isAnswered: history.value !== undefined || history.failure !== undefined };
}

function KnownGroup({ group }: { readonly group: GroupView }): JSX.Element {
  const [open, setOpen] = useState<'invite' | 'rename' | Ending | undefined>(undefined);
  const link = useLink();
  const close = () => setOpen(undefined);
  const { id, may, role } = group;
  const canEnd = may.dissolve && !group.isEnded;
  return (
    <View title={nameText(group.with)} heading={<Name person={group.with} isWhole />} back={{ at: 'talk', id }}>
      <div class="group-head">
        <Avatar id={id} isLarge isGroup />
        <div>
          <p class="soft">{[roleText(role), memberCount(group)].filter((text) => text !== '').join(' · ')}</p>
          <p class="whole-id code small">
            <bdi dir="ltr">{id}</bdi>
          </p>
        </div>
      </div>
      <p class="buttons">
        <ButtonLink to={{ at: 'talk', id }} icon="talk" kind="primary">
          {t('openTalk')}
        </ButtonLink>
        {may.invite && (
          <Button icon="add" onClick={() => setOpen('invite')}>
            {t('invite')}
          </Button>
        )}
        {may.rename && (
          <Button icon="pencil" onClick={() => setOpen('rename')}>
            {t('renameGroup')}
          </Button>
        )}
        {may.resign && <Button onClick={() => setOpen('resign')}>{t('resign')}</Button>}
        {may.quit && (
          <Button kind="danger" onClick={() => setOpen('quit')}>
            {t('quitGroup')}
          </Button>
        )}
      </p>
      {group.askedAt !== undefined && <AskedNote id={id} at={group.askedAt} />}
      {group.isEnded && role === 'owner' && <p class="notice">{t('groupEndedNote')}</p>}
      {!group.hasMembers && <p class="notice">{t('membersUnknown')}</p>}
      <Waiting group={group} />
      <Members group={group} />
      {role !== 'stranger' && <GroupLink link={group.link} />}
      <GroupHistory id={id} />
      {canEnd && (
        <section class="section" aria-label={t('endGroup')}>
          <h2>{t('endGroup')}</h2>
          <p class="hint">{t('ownerStays')}</p>
          <p class="buttons">
            <Button kind="danger" onClick={() => setOpen('dissolve')}>
              {t('endGroup')}
            </Button>
          </p>
        </section>
      )}
      {open === 'invite' && <Invite group={group} onClose={close} />}
      {open === 'rename' && <Rename group={group} onClose={close} />}
      {(open === 'quit' || open === 'resign' || open === 'dissolve') && (
        <Question
          text={t(ENDINGS[open].question)}
          note={open === 'dissolve' ? t('endMeans') : undefined}
          yes={t(ENDINGS[open].yes)}
          onYes={() => void attempt(() => link.call('changeGroup', { id, do: open }))}
          onClose={close}
        />
      )}
    </View>
  );
}

type Ending = 'quit' | 'resign' | 'dissolve';

const ENDINGS = {
  quit: { question: 'quitQuestion', yes: 'quitGroup' },
  resign: { question: 'resignQuestion', yes: 'resign' },
  dissolve: { question: 'endQuestion', yes: 'endGroup' },
} as const;

interface GroupDialogParts {
  readonly group: GroupView;
  readonly onClose: () => void;
}

function Invite({ group: { id, members }, onClose }: GroupDialogParts): JSX.Element {
  const link = useLink();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const invite = useAction(async () => {
    await link.call('changeGroup', { id, do: 'invite', people: [...chosen] });
    onClose();
  });
  return (
    <Dialog title={t('invite')} onClose={onClose}>
      <ChoosePeople chosen={chosen} onChange={setChosen} without={new Set(members.map(({ person }) => person.id))} />
      <FailureNote failure={invite.failure} />
      <p class="buttons">
        <Button kind="primary" isBusy={invite.isGoing || chosen.size === 0} onClick={() => invite.run()}>
          {t('inviteChosen')}
        </Button>
      </p>
    </Dialog>
  );
}

function Rename({ group: { id, publicName }, onClose }: GroupDialogParts): JSX.Element {
  const link = useLink();
  const [name, setName] = useState(publicName);
  const rename = useAction(async () => {
    await link.call('changeGroup', { id, do: 'rename', name: name.trim() });
    onClose();
  });
  return (
    <Dialog title={t('renameGroup')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '') void rename.run();
        }}
      >
        <Field label={t('groupName')} value={name} onInput={setName} maxLength={MAX_GROUP_NAME} />
        <FailureNote failure={rename.failure} />
        <p class="buttons">
          <Button kind="primary" submits isBusy={rename.isGoing || name.trim() === ''}>
            {t('save')}
          </Button>
        </p>
      </form>
    </Dialog>
  );
}
