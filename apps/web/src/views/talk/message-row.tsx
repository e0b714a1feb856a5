/** A message in its conversation. */
import { memo } from 'preact/compat';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { language, t } from '../../language/language.ts';
import type { Page } from '../../page/page.ts';
import type { HistoryView, MessageView, Quote } from '../../protocol/views.ts';
import { isoTime } from './conversation-row.tsx';
import { DeliveryMark, deliveryText } from './delivery-mark.tsx';
import { Happenings } from './happenings.tsx';
import { MessageBody } from './message-body.tsx';
import { Name, nameText } from '../parts/name.tsx';
import type { Row } from './rows.ts';
import { saidIn } from './said.ts';
import { oneLine } from '../parts/shown-text.ts';
import { dayOf, dayText, fullText, timeText } from './times.ts';

/** What the rows of a list share: always the same object, so that a row is drawn again only when it is another. */
export interface RowActions {
  readonly openMenu: (message: MessageView) => void;
  readonly showQuoted: (key: string) => void;
  readonly focused: (message: MessageView) => void;
  readonly tryAgain: (message: MessageView) => void;
}

export interface MessageRowParts {
  readonly page: Page;
  readonly row: Row;
  readonly now: number;
  /** Whether the keyboard is here. */
  readonly isActive: boolean;
  /** Not zero where it is to have the focus, as the list has moved to it: another number each time. */
  readonly takesFocus: number;
  readonly isFound: boolean;
  readonly isLast: boolean;
  readonly showsSender: boolean;
  readonly actions: RowActions;
}

export const MessageRow = memo(function MessageRow(parts: MessageRowParts): JSX.Element {
  const { row, now, isActive, takesFocus, isFound, isLast, showsSender, actions, page } = parts;
  const { message } = row;
  const group = message.conversation;
  const isEarlier = (change: HistoryView): boolean => dayOf(change.time) < dayOf(message.time);
  const article = useRef<HTMLElement>(null);
  const tabIndex = isActive ? 0 : -1;
  useEffect(() => {
    if (takesFocus !== 0) article.current?.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <div class={`message-place${isLast ? ' last' : ''}`}>
      {row.beginsDay && <Happenings group={group} changes={row.changes.filter(isEarlier)} now={now} />}
      {row.beginsDay && <h2 class="day">{dayText(message.time, now, language.value)}</h2>}
      <Happenings
        group={group}
        changes={row.beginsDay ? row.changes.filter((one) => !isEarlier(one)) : row.changes}
        now={now}
      />
      {row.beginsUnread && <p class="unread-line">{t('unreadBelow')}</p>}
      <article
        ref={article}
        class={classOf(row, isFound)}
        tabIndex={tabIndex}
        aria-label={labelOf(message)}
        onFocus={() => actions.focused(message)}
      >
        {showsSender && row.beginsStretch && !message.isOwn && (
          <p class="sender">
            <Name person={message.sender} />
          </p>
        )}
        {message.quote !== undefined && <QuoteBlock quote={message.quote} tabIndex={tabIndex} actions={actions} />}
        <MessageBody page={page} message={message} tabIndex={tabIndex} />
        <p class="message-foot">
          {!message.wasEncrypted && (
            <span class="mark alarm" title={t('encryptedNo')} role="img" aria-label={t('encryptedNo')}>
              {'\u26a0'}
            </span>
          )}
          <time dateTime={isoTime(message.time)} title={fullText(message.time, language.value)}>
            {timeText(message.time, language.value)}
          </time>
          <DeliveryMark delivery={message.delivery} />
          {message.delivery?.state === 'failed' && (
            <button type="button" class="again" tabIndex={tabIndex} onClick={() => actions.tryAgain(message)}>
              {t('tryAgain')}
            </button>
          )}
        </p>
        {message.delivery?.waitsForReceiver === true && (
          // The label of the message says it.
          <p class="waits" aria-hidden="true">
            {t('waitsForReceiver')}
          </p>
        )}
        <button
          type="button"
          class="message-menu"
          tabIndex={tabIndex}
          aria-label={t('messageMenu')}
          aria-haspopup="dialog"
          onClick={() => actions.openMenu(message)}
        >
          {'\u22ef'}
        </button>
      </article>
      <Happenings group={group} changes={row.changesAfter} now={now} />
    </div>
  );
});

function QuoteBlock({
  quote: { sender, text, key },
  tabIndex,
  actions,
}: {
  readonly quote: Quote;
  readonly tabIndex: number;
  readonly actions: RowActions;
}): JSX.Element {
  const inside = (
    <>
      <strong class="quoted">{sender.nameFrom === 'self' ? t('you') : <Name person={sender} isWithoutMarks />}</strong>
      <span class="quote-text" dir="auto">
        {key === undefined ? t('quoteNotHere') : oneLine(text, 200)}
      </span>
    </>
  );
  if (key === undefined) return <blockquote class="quote">{inside}</blockquote>;
  return (
    <button
      type="button"
      class="quote"
      tabIndex={tabIndex}
      title={t('showQuoted')}
      onClick={() => actions.showQuoted(key)}
    >
      {inside}
    </button>
  );
}

function classOf({ message, beginsStretch }: Row, isFound: boolean): string {
  return [
    'message',
    message.isOwn ? 'by-me' : 'of-other',
    ...(beginsStretch ? ['begins'] : []),
    ...(isFound ? ['found'] : []),
    ...(message.delivery?.state === 'failed' ? ['has-failed'] : []),
  ].join(' ');
}

function labelOf(message: MessageView): string {
  const text = saidIn(message.says, 500);
  const time = timeText(message.time, language.value);
  const label = t('messageLabel', { name: message.isOwn ? t('you') : nameText(message.sender), time, text });
  return message.delivery === undefined ? label : `${label} ${deliveryText(message.delivery)}`;
}
