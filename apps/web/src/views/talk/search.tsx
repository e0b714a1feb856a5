/** Finds messages: over all conversations, or in one. */
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { language, t } from '../../language/language.ts';
import { failureOf } from '../../link/failure-of.ts';
import { useLink } from '../../page/context.ts';
import { openAt } from '../../page/jump.ts';
import { useConversations } from '../../page/use-conversations.ts';
import type { Failure, MessageView } from '../../protocol/views.ts';
import { Dialog } from '../parts/dialog.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Name } from '../parts/name.tsx';
import { View } from '../parts/view.tsx';
import { contextOf } from './hit-context.ts';
import { saidIn } from './said.ts';
import { shortText } from './times.ts';

const MOST = 50;
/** A pause in typing. */
const PAUSE = 250;

export function Search(): JSX.Element {
  return (
    <View title={t('searchMessages')}>
      <SearchIn conversation={undefined} onOpen={() => undefined} />
    </View>
  );
}

export function SearchDialog({
  conversation,
  onClose,
}: {
  readonly conversation: string;
  readonly onClose: () => void;
}): JSX.Element {
  return (
    <Dialog title={t('searchHere')} onClose={onClose}>
      <SearchIn conversation={conversation} onOpen={onClose} />
    </Dialog>
  );
}

interface SearchParts {
  readonly conversation: string | undefined;
  readonly onOpen: () => void;
}

function SearchIn({ conversation, onOpen }: SearchParts): JSX.Element {
  const [text, setText] = useState('');
  const { hits, failure, isSearching } = useHits(text.trim(), conversation);
  return (
    <div class="stack">
      <Field type="search" label={t('searchFor')} value={text} onInput={setText} maxLength={200} />
      <p class="hint" role="status">
        {isSearching ? t('searching') : hits && (hits.length === 0 ? t('noHits') : t('hits', { count: hits.length }))}
      </p>
      <FailureNote failure={failure} />
      <ul class="hits">
        {hits?.map((message) => (
          <li key={message.key}>
            <button
              type="button"
              class="hit"
              onClick={() => {
                onOpen();
                openAt(message.conversation, message.key);
              }}
            >
              <Hit message={message} text={text.trim()} />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Hit({ message, text }: { readonly message: MessageView; readonly text: string }): JSX.Element {
  const { list } = useConversations();
  const where = list.value?.find(({ with: { id } }) => id === message.conversation)?.with;
  const { before, hit, after } = contextOf(message.says.is === 'text' ? message.says.text : saidIn(message.says), text);
  return (
    <>
      <span class="hit-head">
        {message.isOwn ? t('you') : <Name person={message.sender} isWithoutMarks />}
        {where?.isGroup === true && <Name person={where} isWithoutMarks />}
        <time>{shortText(message.time, Date.now() / 1000, language.value)}</time>
      </span>
      <span class="hit-text" dir="auto">
        {before}
        <mark>{hit}</mark>
        {after}
      </span>
    </>
  );
}

interface Hits {
  readonly hits: readonly MessageView[] | undefined;
  readonly failure: Failure | undefined;
  readonly isSearching: boolean;
}

const NONE: Hits = { hits: undefined, failure: undefined, isSearching: false };

function useHits(text: string, conversation: string | undefined): Hits {
  const link = useLink();
  const { list } = useConversations();
  const [found, setFound] = useState<Hits>(NONE);
  useEffect(() => {
    if (text === '') {
      setFound(NONE);
      return undefined;
    }
    let isWanted = true;
    setFound((before) => ({ ...before, isSearching: true }));
    const timer = setTimeout(() => {
      void (async () => {
        try {
          const hits = await link.call('search', { text, conversation, limit: MOST });
          // Nothing of who only asks to write is shown, whoever looks.
          const asking = new Set(list.value?.filter(({ isRequest }) => isRequest).map(({ with: { id } }) => id));
          if (isWanted) setFound({ ...NONE, hits: hits.filter((hit) => !asking.has(hit.conversation)) });
        } catch (error) {
          if (isWanted) setFound({ ...NONE, failure: failureOf(error) });
        }
      })();
    }, PAUSE);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [link, list, text, conversation]);
  return found;
}
