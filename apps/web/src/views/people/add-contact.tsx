/** Somebody new: by a link, a code or an ID. A link that was followed only fills in: the person says yes. */
import { useState } from 'preact/hooks';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { go } from '../../page/route.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';
import { Scan } from '../parts/scan.tsx';
import { say } from '../parts/toast.tsx';
import { View } from '../parts/view.tsx';
import { LONGEST_NAME } from '../start/name-field.tsx';

export function AddContact({ text: given }: { readonly text: string }) {
  const link = useLink();
  const [text, setText] = useState(given);
  const [alias, setAlias] = useState('');
  const [isTried, setTried] = useState(false);
  const [isScanning, setScanning] = useState(false);
  const add = useAction(async () => {
    const wanted = alias.trim() === '' ? undefined : alias.trim();
    const { id, nameFrom } = await link.call('addContact', { text: text.trim(), alias: wanted });
    say(nameFrom === 'self' ? t('thatIsYou') : t('added'));
    go(nameFrom === 'self' ? { at: 'me' } : { at: 'person', id });
  });
  const { failure } = add;
  const isOfText = failure?.code.startsWith('INPUT_') === true;
  const missing = isTried && text.trim() === '' ? t('linkOrIdMissing') : undefined;
  const take = (typed: string) => {
    add.forget();
    setText(typed);
  };
  return (
    <View title={t('addContact')} back={{ at: 'people' }}>
      <p class="soft">{t('addMeans')}</p>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (text.trim() !== '') void add.run();
        }}
      >
        <Field
          label={t('linkOrId')}
          isExact
          isLong
          value={text}
          onInput={take}
          wrong={isOfText ? (failure.code === 'INPUT_CONFLICT' ? t('thatIsYou') : failureText(failure)) : missing}
        />
        <div class="buttons">
          <Button icon="camera" onClick={() => setScanning(true)}>
            {t('scanContact')}
          </Button>
        </div>
        <Field
          label={t('aliasOptional')}
          hint={t('aliasHint')}
          value={alias}
          maxLength={LONGEST_NAME}
          onInput={setAlias}
        />
        <FailureNote failure={isOfText ? undefined : failure} />
        <div class="buttons">
          <Button kind="primary" submits isBusy={add.isGoing}>
            {add.isGoing ? t('working') : t('add')}
          </Button>
        </div>
      </form>
      {isScanning && (
        <Scan
          title={t('scanContact')}
          says={t('scanContactMeans')}
          onClose={() => setScanning(false)}
          onText={(scanned) => {
            setScanning(false);
            take(scanned);
          }}
        />
      )}
    </View>
  );
}
