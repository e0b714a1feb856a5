/** The keys are sealed: the passphrase opens them. Who has forgotten it begins anew, with the words. */
import { useState } from 'preact/hooks';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { PassphraseField } from '../parts/field.tsx';
import { endOfId, plain } from '../parts/plain.ts';
import { ForgetEverything } from '../settings/forget-everything.tsx';
import { Form } from './form.tsx';

export function Unlock({ id, name }: { readonly id: string; readonly name: string | undefined }) {
  const link = useLink();
  const [passphrase, setPassphrase] = useState('');
  const [isTried, setTried] = useState(false);
  const [isForgetting, setForgetting] = useState(false);
  const unlock = useAction(async () => link.call('unlock', { passphrase }));
  const { failure } = unlock;
  const isWrong = failure?.code === 'VAULT_PASSPHRASE';
  const missing = isTried && passphrase === '' ? t('passphraseMissing') : undefined;
  return (
    <>
      <Form
        title={t('locked')}
        says={t('lockedMeans')}
        submit={t('unlock')}
        isShort
        footer={
          <Button kind="quiet" onClick={() => setForgetting(true)}>
            {t('passphraseForgotten')}
          </Button>
        }
        isBusy={unlock.isGoing}
        failure={isWrong ? undefined : failure}
        onSubmit={() => {
          setTried(true);
          if (passphrase !== '') void unlock.run();
        }}
      >
        <p class="own">
          <Avatar id={id} />
          <bdi class="own-name">{name === undefined ? `…${endOfId(id)}` : plain(name)}</bdi>
        </p>
        <PassphraseField
          label={t('passphrase')}
          value={passphrase}
          onInput={(typed) => {
            unlock.forget();
            setPassphrase(typed);
          }}
          wrong={isWrong ? failureText(failure) : missing}
        />
      </Form>
      {isForgetting && <ForgetEverything says={t('passphraseForgottenMeans')} onClose={() => setForgetting(false)} />}
    </>
  );
}
