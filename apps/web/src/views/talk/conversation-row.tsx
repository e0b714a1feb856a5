/** A conversation in the list. */
import { memo } from 'preact/compat';
import type { JSX } from 'preact';
import { language, t } from '../../language/language.ts';
import { hashOf } from '../../page/route.ts';
import type { ConversationView } from '../../protocol/views.ts';
import { DeliveryMark } from './delivery-mark.tsx';
import { Avatar } from '../parts/avatar.tsx';
import { Name, nameText } from '../parts/name.tsx';
import { saidIn } from './said.ts';
import { oneLine } from '../parts/shown-text.ts';
import { fullText, shortText } from './times.ts';

interface RowParts {
  readonly conversation: ConversationView;
  readonly isOpen: boolean;
  readonly now: number;
}

export const ConversationRow = memo(function ConversationRow({ conversation, isOpen, now }: RowParts): JSX.Element {
  const { with: person, last, unread } = conversation;
  return (
    <a
      class={`conversation${unread > 0 ? ' has-unread' : ''}`}
      href={hashOf({ at: 'talk', id: person.id })}
      aria-current={isOpen ? 'page' : undefined}
    >
      <Avatar id={person.id} isGroup={person.isGroup} />
      <span class="conversation-top">
        <Name person={person} />
        {last !== undefined && (
          <time dateTime={isoTime(last.time)} title={fullText(last.time, language.value)}>
            {shortText(last.time, now, language.value)}
          </time>
        )}
      </span>
      <span class="conversation-bottom">
        <LastLine conversation={conversation} />
        <Marks conversation={conversation} />
      </span>
    </a>
  );
});

function LastLine({
  conversation: { draft, last, isAsked, with: person },
}: Pick<RowParts, 'conversation'>): JSX.Element {
  if (draft !== undefined && draft !== '')
    return (
      <span class="last-line">
        <strong class="draft-mark">{t('draft')}</strong> <bdi dir="auto">{oneLine(draft, 100)}</bdi>
      </span>
    );
  if (isAsked) return <span class="last-line">{t('askedLine')}</span>;
  if (last === undefined) return <span class="last-line" />;
  const text = saidIn(last.says, 100);
  return (
    <span class="last-line">
      {last.isOwn && <DeliveryMark delivery={last.delivery} />}
      <bdi dir="auto">
        {person.isGroup && !last.isOwn ? t('senderLine', { name: nameText(last.sender), text }) : text}
      </bdi>
    </span>
  );
}

function Marks({ conversation: { unread, asking, with: person } }: Pick<RowParts, 'conversation'>): JSX.Element {
  return (
    <span class="marks">
      {person.isBlocked && <span class="mark">{t('blocked')}</span>}
      {person.isMuted && <span class="mark">{t('muted')}</span>}
      {asking > 0 && <span class="mark asking">{t('asking', { count: asking })}</span>}
      {unread > 0 && (
        <span class="unread-count">
          <span aria-hidden="true">{unread > 999 ? '999+' : unread}</span>
          <span class="unseen">{t('unread', { count: unread })}</span>
        </span>
      )}
    </span>
  );
}

/** A peer may write any number. */
export function isoTime(time: number): string | undefined {
  const date = new Date(time * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
