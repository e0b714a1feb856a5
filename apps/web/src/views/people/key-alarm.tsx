/** Another key was shown for an ID: what that means, and what to do. Nothing goes on by a single click. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import type { PersonView } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Name } from '../parts/name.tsx';
import { say } from '../parts/toast.tsx';

export function KeyAlarm({ person }: { readonly person: PersonView }) {
  const link = useLink();
  const [isAsking, setAsking] = useState(false);
  const accept = useAction(async () => link.call('acceptNewKey', { id: person.id }));
  const take = async () => {
    if (!(await accept.run())) return;
    setAsking(false);
    say({ text: t('acceptKeyDone'), stays: true });
  };
  return (
    <section class="notice danger" aria-label={t('alarmTitle')}>
      <div class="stack">
        <h2>{t('alarmTitle')}</h2>
        <p>{t('alarmMeans')}</p>
        <p>{t('alarmAsk')}</p>
        <div class="buttons">
          <Button kind="danger" onClick={() => setAsking(true)}>
            {t('acceptKey')}
          </Button>
        </div>
      </div>
      {isAsking && (
        <Dialog title={t('acceptKeySure')} onClose={() => setAsking(false)}>
          <p>
            <Name person={person} isWhole />
          </p>
          <p>{t('acceptKeyMeans')}</p>
          <FailureNote failure={accept.failure} />
          <div class="buttons">
            <Button onClick={() => setAsking(false)}>{t('cancel')}</Button>
            <Button kind="danger" isBusy={accept.isGoing} onClick={take}>
              {t('acceptKey')}
            </Button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
