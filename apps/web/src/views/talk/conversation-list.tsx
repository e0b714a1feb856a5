/** All conversations, the newest first; those of people who ask to write stand apart, with nothing of what they wrote. */
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import { route } from '../../page/route.ts';
import { useConversations } from '../../page/use-conversations.ts';
import { isWide } from '../../page/wide.ts';
import { ButtonLink } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { ConversationRow } from './conversation-row.tsx';
import { RequestCard } from './request-card.tsx';
import { useNow } from './use-now.ts';
import { VirtualRows } from './virtual-rows.tsx';

/** Strangers may be many; the next ones come when these have their answer. */
const MOST_REQUESTS = 20;

export function ConversationList(): JSX.Element {
  const conversations = useConversations();
  const list = conversations.list.value;
  const now = useNow();
  const at = route.value;
  const requests = useMemo(() => list?.filter(({ isRequest }) => isRequest) ?? [], [list]);
  const known = useMemo(() => list?.filter(({ isRequest }) => !isRequest) ?? [], [list]);
  return (
    <div class="conversations">
      <FailureNote failure={conversations.failure.value} />
      {requests.length > 0 && (
        <section class="requests" aria-label={t('requests')}>
          <h2>{t('requests')}</h2>
          {requests.slice(0, MOST_REQUESTS).map(({ with: person }) => (
            <RequestCard key={person.id} person={person} />
          ))}
          {requests.length > MOST_REQUESTS && (
            <p class="hint">{t('moreRequests', { count: requests.length - MOST_REQUESTS })}</p>
          )}
        </section>
      )}
      {list !== undefined && known.length === 0 && requests.length === 0 && (
        <EmptyState icon="talk" title={t('noConversations')}>
          {/* Where it is wide, it stands beside the list. */}
          {!isWide.value && (
            <ButtonLink to={{ at: 'add-contact', text: '' }} icon="add">
              {t('addContact')}
            </ButtonLink>
          )}
        </EmptyState>
      )}
      <VirtualRows
        rows={known}
        nameOf={({ with: { id } }) => id}
        draw={(conversation) => (
          <ConversationRow
            conversation={conversation}
            isOpen={'id' in at && at.id === conversation.with.id}
            now={now}
          />
        )}
      />
    </div>
  );
}
