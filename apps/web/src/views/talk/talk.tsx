/** A conversation, if it may be shown: of somebody who asks to write, only the question is. */
import type { JSX } from 'preact';
import { t } from '../../language/language.ts';
import { useAnswer } from '../../page/use-answer.ts';
import { useConversations } from '../../page/use-conversations.ts';
import type { ConversationView } from '../../protocol/views.ts';
import { ButtonLink } from '../parts/button.tsx';
import { EmptyState } from '../parts/empty-state.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { endOfId } from '../parts/plain.ts';
import { View } from '../parts/view.tsx';
import { Conversation } from './conversation.tsx';
import { RequestCard } from './request-card.tsx';

export function Talk({ id }: { readonly id: string }): JSX.Element {
  const { list, failure } = useConversations();
  const known = list.value?.find(({ with: one }) => one.id === id);
  if (list.value === undefined)
    return failure.value === undefined ? (
      <p class="hint">{t('loadingMessages')}</p>
    ) : (
      <FailureNote failure={failure.value} />
    );
  if (known === undefined) return <TalkToBegin key={id} id={id} />;
  return <TalkWith key={id} conversation={known} />;
}

/** With somebody of whom there is no conversation yet. */
function TalkToBegin({ id }: { readonly id: string }): JSX.Element {
  const { value, failure } = useAnswer('person', { id }, ({ tell }) => tell === 'people');
  if (failure !== undefined)
    return (
      <View title={t('nowhere')}>
        <FailureNote failure={failure} />
        <div class="buttons">
          <ButtonLink to={{ at: 'list' }}>{t('toList')}</ButtonLink>
        </div>
      </View>
    );
  if (value === undefined) return <p class="hint">{t('loadingMessages')}</p>;
  if (!value.isContact && !value.isGroup)
    return (
      <View title={endOfId(id)}>
        <EmptyState icon="person" title={t('notAContact')}>
          <ButtonLink to={{ at: 'person', id }}>{t('openProfile')}</ButtonLink>
        </EmptyState>
      </View>
    );
  const nothing = { last: undefined, unread: 0, draft: undefined, isRequest: false, asking: 0, isAsked: false };
  return <TalkWith conversation={{ with: value, ...nothing }} />;
}

function TalkWith({ conversation }: { readonly conversation: ConversationView }): JSX.Element {
  if (conversation.isRequest)
    return (
      <View title={t('requests')}>
        <RequestCard person={conversation.with} isAlone />
      </View>
    );
  return <Conversation conversation={conversation} />;
}
