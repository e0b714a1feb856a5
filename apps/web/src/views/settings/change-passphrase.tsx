/** Another passphrase, or the first one. Keys that are sealed stay sealed: it says so, and which way leads to none. */
import { useState } from 'preact/hooks';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/language.ts';
import { useLink, useMe } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { PassphraseField } from '../parts/field.tsx';
import { say } from '../parts/toast.tsx';
import { isFine, NO_PASSPHRASE, PassphraseChoice, passphraseOf } from '../start/passphrase-choice.tsx';

export function ChangePassphrase({ onClose }: { readonly onClose: () => void }) {
  const { isSealed } = useMe();
  // What it was when the dialog opened: it changes while it is open.
  const [wasSealed] = useState(isSealed);
  const link = useLink();
  const [old, setOld] = useState('');
  const [chosen, setChosen] = useState(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);
  const change = useAction(async () =>
    link.call('changePassphrase', { from: wasSealed ? old : undefined, to: passphraseOf(chosen) }),
  );
  const { failure } = change;
  const isWrong = failure?.code === 'VAULT_PASSPHRASE';
  const missing = isTried && old === '' ? t('passphraseMissing') : undefined;
  const submit = async () => {
    setTried(true);
    if ((wasSealed && old === '') || !isFine(chosen) || !(await change.run())) return;
    say(t('passphraseChanged'));
    onClose();
  };
  return (
    <Dialog title={wasSealed ? t('changePassphrase') : t('setPassphrase')} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {wasSealed && (
          <PassphraseField
            label={t('oldPassphrase')}
            value={old}
            onInput={(typed) => {
              change.forget();
              setOld(typed);
            }}
            wrong={isWrong ? failureText(failure) : missing}
          />
        )}
        <PassphraseChoice chosen={chosen} onChange={setChosen} isTried={isTried} isNeeded label={t('newPassphrase')} />
        {wasSealed && <p class="soft small">{t('passphraseStays')}</p>}
        <FailureNote failure={isWrong ? undefined : failure} />
        <div class="buttons">
          <Button kind="primary" submits isBusy={change.isGoing}>
            {change.isGoing ? t('working') : t('save')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
