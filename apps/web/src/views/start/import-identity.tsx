/** The identity from another device: by codes on its screen, by a file, or by text. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { askToKeep } from '../../page/kept.ts';
import type { Steps } from '../../page/steps.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { Field, PassphraseField } from '../parts/field.tsx';
import { FileButton } from '../parts/file-button.tsx';
import { Scan } from '../parts/scan.tsx';
import { attempt, say } from '../parts/toast.tsx';
import { Form } from './form.tsx';
import { isFine, NO_PASSPHRASE, PassphraseChoice, passphraseOf } from './passphrase-choice.tsx';

/** An identity with ten thousand contacts is smaller. */
const LARGEST = 50_000_000;

export function ImportIdentity({ steps }: { readonly steps: Pick<Steps<never>, 'back' | 'finish'> }) {
  const link = useLink();
  const [text, setText] = useState('');
  const [filePassphrase, setFilePassphrase] = useState('');
  const [chosen, setChosen] = useState(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);
  const [isScanning, setScanning] = useState(false);
  const bring = useAction(async () => {
    void askToKeep();
    // Another device has named this person.
    const parts = { name: '', passphrase: passphraseOf(chosen), text, filePassphrase };
    await steps.finish(async () => {
      const { refused } = await link.call('importIdentity', parts);
      if (refused > 0) say({ text: t('someRefused', { count: refused }), stays: true });
    });
  });
  const take = (taken: string) => {
    bring.forget();
    setText(taken);
  };
  const isWrongPassphrase = bring.failure?.code === 'VAULT_PASSPHRASE';
  return (
    <Form
      title={t('fromDevice')}
      says={t('fromDeviceMeans')}
      submit={t('enter')}
      onBack={steps.back}
      isBusy={bring.isGoing}
      failure={isWrongPassphrase ? undefined : bring.failure}
      onSubmit={() => {
        setTried(true);
        if (text.trim() !== '' && filePassphrase !== '' && isFine(chosen)) void bring.run();
      }}
    >
      <div class="buttons">
        <Button icon="camera" onClick={() => setScanning(true)}>
          {t('scanCodes')}
        </Button>
        <FileButton
          label={t('chooseFile')}
          accept=".txt,.dim,text/plain"
          onFile={(file) =>
            file.size > LARGEST
              ? say({ text: t('fail_INPUT_LIMIT'), stays: true })
              : attempt(async () => take(await file.text()))
          }
        />
      </div>
      <Field
        label={t('identityText')}
        hint={t('identityTextHint')}
        isLong
        isExact
        value={text}
        onInput={take}
        wrong={isTried && text.trim() === '' ? t('identityTextMissing') : undefined}
      />
      <PassphraseField
        label={t('filePassphrase')}
        hint={t('filePassphraseHint')}
        value={filePassphrase}
        onInput={(typed) => {
          bring.forget();
          setFilePassphrase(typed);
        }}
        wrong={
          isWrongPassphrase
            ? t('filePassphraseWrong')
            : isTried && filePassphrase === ''
              ? t('filePassphraseMissing')
              : undefined
        }
      />
      <PassphraseChoice chosen={chosen} onChange={setChosen} isTried={isTried} label={t('passphraseHere')} />
      {isScanning && (
        <Scan
          title={t('scanCodes')}
          says={t('scanDeviceMeans')}
          isInParts
          onClose={() => setScanning(false)}
          onText={(scanned) => {
            setScanning(false);
            take(scanned);
            say(t('scanDone'));
          }}
        />
      )}
    </Form>
  );
}
