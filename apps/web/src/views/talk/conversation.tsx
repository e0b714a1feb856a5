/** An open conversation: its head, its messages, and what is written in it. */
import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink, usePage } from '../../page/context.ts';
import { jump, takeJump } from '../../page/jump.ts';
import { Thread } from '../../page/thread.ts';
import { hashOf } from '../../page/route.ts';
import { useAnswer } from '../../page/use-answer.ts';
import type { ConversationView, GroupView, HistoryView, MessageView, PersonView } from '../../protocol/views.ts';
import { AskedNote } from '../groups/asked-note.tsx';
import { standsAmongMessages, whyOut } from '../groups/history-text.ts';
import { useHistory } from '../groups/use-history.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { nameText } from '../parts/name.tsx';
import { attempt } from '../parts/toast.tsx';
import { Composer } from './composer.tsx';
import { ConversationHead } from './conversation-head.tsx';
import { MessageActions } from './message-actions.tsx';
import { MessageList } from './message-list.tsx';
import { firstUnreadOf } from './rows.ts';
import { SaidAloud, sayAloud } from './say-aloud.tsx';
import { saidIn } from './said.ts';
import { Uploads } from './transfer-line.tsx';
import { useSeen } from './use-seen.ts';

export function Conversation({ conversation }: { readonly conversation: ConversationView }): JSX.Element {
  const page = usePage();
  const { with: person, unread } = conversation;
  const { id } = person;
  const [thread] = useState(() => new Thread(page.link, id));
  const [begun] = useState({ unread, at: takeJump(id), draft: conversation.draft });
  useEffect(() => {
    void thread.start(begun);
    return () => thread.close();
  }, [thread, begun]);
  const jumped = jump.value;
  useEffect(() => {
    const key = jumped && takeJump(id);
    if (key !== undefined) void thread.show(key);
  }, [jumped, id, thread]);
  const { value: group } = useAnswer('group', { id }, ({ tell }) => tell === 'people');
  const history = useHistory(person);
  const changes = useMemo(() => history?.filter((change) => standsAmongMessages(change)), [history]);
  const firstUnread = useFirstUnread(thread, begun.unread);
  const onEnd = useSeen(thread, id, unread);
  const [chosen, setChosen] = useState<MessageView | undefined>(undefined);
  const [answered, setAnswered] = useState<MessageView | undefined>(undefined);
  const actions = useMemo(
    () => ({
      openMenu: setChosen,
      showQuoted: (key: string) => void thread.show(key),
      tryAgain: ({ key }: MessageView) =>
        void attempt(() => page.link.call('tryAgain', { key, token: crypto.randomUUID() })),
    }),
    [page, thread],
  );
  useHeard(thread);
  return (
    <section class="talk">
      <ConversationHead person={person} group={group} />
      <Asking id={id} count={conversation.asking} />
      <div class="talk-middle">
        <FailureNote failure={thread.failure.value} />
        <MessageList
          page={page}
          thread={thread}
          name={nameText(person)}
          isGroup={person.isGroup}
          changes={changes}
          isBlocked={person.isBlocked}
          firstUnread={firstUnread}
          actions={actions}
          onEnd={onEnd}
        />
        <ToNewest thread={thread} />
      </div>
      <Uploads page={page} id={id} />
      <Below
        person={person}
        group={group}
        history={history}
        isAsked={conversation.isAsked}
        thread={thread}
        draft={begun.draft}
        answered={answered}
        onAnswered={() => setAnswered(undefined)}
      />
      {chosen !== undefined && (
        <MessageActions message={chosen} onClose={() => setChosen(undefined)} onReply={setAnswered} />
      )}
      <SaidAloud />
    </section>
  );
}

interface BelowParts {
  readonly person: PersonView;
  readonly group: GroupView | undefined;
  readonly history: readonly HistoryView[] | undefined;
  readonly isAsked: boolean;
  readonly thread: Thread;
  readonly draft: string | undefined;
  readonly answered: MessageView | undefined;
  readonly onAnswered: () => void;
}

/** Where one writes, or why one cannot. */
function Below(parts: BelowParts): JSX.Element {
  const { person, group, history, isAsked, thread, draft, answered, onAnswered } = parts;
  const link = useLink();
  const { id } = person;
  const sent = useCallback((message: MessageView) => thread.add(message), [thread]);
  if (person.isBlocked)
    return (
      <p class="talk-note">
        {t('isBlockedNote')}{' '}
        <Button onClick={() => attempt(() => link.call('changeContact', { id, isBlocked: false }))}>
          {t('unblock')}
        </Button>
      </p>
    );
  if (isAsked && group?.may.write !== true) return <AskedNote id={id} at={group?.askedAt} />;
  if (group !== undefined && !group.may.write)
    return (
      <p class="talk-note">
        {group.hasMembers ? ((history && whyOut(history)) ?? t('mayNotWrite')) : t('membersUnknown')}
      </p>
    );
  if (group?.isEnded === true) return <p class="talk-note">{t('groupEndedNote')}</p>;
  return (
    <Composer id={id} name={nameText(person)} draft={draft} answered={answered} onAnswered={onAnswered} onSent={sent} />
  );
}

/** Somebody wants to be let in, and this person may answer. */
function Asking({ id, count }: { readonly id: string; readonly count: number }): JSX.Element | null {
  if (count === 0) return null;
  return (
    <p class="asking-note" role="status">
      <span>{t('askingToJoin', { count })}</span> <a href={hashOf({ at: 'group', id })}>{t('seeAsking')}</a>
    </p>
  );
}

function ToNewest({ thread }: { readonly thread: Thread }): JSX.Element | null {
  const below = thread.newBelow.value;
  if (thread.atEnd.value && below === 0) return null;
  return (
    <span class="to-newest">
      <Button icon="down" onClick={() => void thread.toEnd()}>
        {below === 0 ? t('toNewest') : t('toNewestWith', { count: below })}
      </Button>
    </span>
  );
}

/** The first message that was unread when the conversation was opened: it stays that one. */
function useFirstUnread(thread: Thread, unread: number): string | undefined {
  const found = useRef<{ readonly key: string | undefined } | undefined>(undefined);
  const messages = thread.window.value?.messages;
  if (messages !== undefined) found.current ??= { key: firstUnreadOf(messages, unread) };
  return found.current?.key;
}

/** What comes while the conversation is open is said to those who hear the page. */
function useHeard(thread: Thread): void {
  const last = useRef<MessageView | undefined>(undefined);
  const newest = thread.window.value?.messages.at(-1);
  useEffect(() => {
    const before = last.current;
    last.current = newest;
    if (before === undefined || newest === undefined || newest.isOwn || newest.time <= before.time) return;
    sayAloud(t('senderLine', { name: nameText(newest.sender), text: saidIn(newest.says, 300) }));
  }, [newest]);
}
