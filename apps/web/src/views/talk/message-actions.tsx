/** What can be done with a message, and what is known of it. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { failureText } from '../../language/failure-text.ts';
import { language, t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import type { MessageView } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { copy } from '../parts/hand-over.ts';
import { Name } from '../parts/name.tsx';
import { attempt, say } from '../parts/toast.tsx';
import { deliveryText } from './delivery-mark.tsx';
import { Question } from './question.tsx';
import { saidIn } from './said.ts';
import { fullText } from './times.ts';

interface ActionsParts {
  readonly message: MessageView;
  readonly onClose: () => void;
  readonly onReply: (message: MessageView) => void;
}

export function MessageActions({ message, onClose, onReply }: ActionsParts): JSX.Element {
  const link = useLink();
  const [at, setAt] = useState<'menu' | 'details' | 'remove'>('menu');
  const { key, says, delivery } = message;
  const done = (act: () => unknown) => () => {
    onClose();
    act();
  };
  if (at === 'details') return <MessageDetails message={message} onClose={onClose} />;
  if (at === 'remove')
    return (
      <Question
        text={t('removeQuestion')}
        yes={t('removeMessage')}
        onYes={() => void attempt(() => link.call('removeMessage', { key }))}
        onClose={onClose}
      />
    );
  const takeBack = async () => {
    const wasTaken = await attempt(() => link.call('takeBack', { key }));
    if (wasTaken !== undefined) say(t(wasTaken ? 'tookBack' : 'couldNotTakeBack'));
  };
  return (
    <Dialog title={t('messageMenu')} onClose={onClose}>
      <p class="quote-text" dir="auto">
        {saidIn(says)}
      </p>
      <div class="stack tight actions">
        <Button icon="reply" onClick={done(() => onReply(message))}>
          {t('reply')}
        </Button>
        {says.is === 'text' && (
          <Button icon="copy" onClick={done(() => copy(says.text))}>
            {t('copyText')}
          </Button>
        )}
        {delivery?.state === 'failed' && (
          <Button
            icon="send"
            onClick={done(() => attempt(() => link.call('tryAgain', { key, token: crypto.randomUUID() })))}
          >
            {t('tryAgain')}
          </Button>
        )}
        {delivery?.state === 'queued' && (
          <Button icon="close" onClick={done(takeBack)}>
            {t('takeBack')}
          </Button>
        )}
        <Button icon="clock" onClick={() => setAt('details')}>
          {t('messageDetails')}
        </Button>
        <Button icon="trash" kind="danger" onClick={() => setAt('remove')}>
          {t('removeMessage')}
        </Button>
      </div>
    </Dialog>
  );
}

function MessageDetails({ message, onClose }: Pick<ActionsParts, 'message' | 'onClose'>): JSX.Element {
  const { sender, time, delivery } = message;
  return (
    <Dialog title={t('messageDetails')} onClose={onClose}>
      <dl class="facts">
        <dt>{t('writtenBy')}</dt>
        <dd>
          <Name person={sender} isWhole /> <bdi class="whole-id code">{sender.id}</bdi>
        </dd>
        <dt>{t('writtenAt')}</dt>
        <dd>{fullText(time, language.value)}</dd>
        <dt>{t('encryption')}</dt>
        <dd>{t(encryptionOf(message))}</dd>
        {delivery !== undefined && (
          <>
            <dt>{t('deliveryHead')}</dt>
            <dd>{deliveryText(delivery)}</dd>
          </>
        )}
        {delivery?.failure !== undefined && (
          <>
            <dt>{t('whyFailed')}</dt>
            <dd>{failureText(delivery.failure)}</dd>
          </>
        )}
      </dl>
    </Dialog>
  );
}

/** What waits for a key is not encrypted yet. */
function encryptionOf({ wasEncrypted, delivery }: MessageView): 'encryptedYes' | 'encryptedLater' | 'encryptedNo' {
  if (!wasEncrypted) return 'encryptedNo';
  return delivery?.waitsForReceiver === true ? 'encryptedLater' : 'encryptedYes';
}
