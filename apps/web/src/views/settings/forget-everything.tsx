/** Deletes all that is here, once a word was typed: a click may be a mistake. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { Field } from '../parts/field.tsx';

export function ForgetEverything({ says, onClose }: { readonly says: string; readonly onClose: () => void }) {
  const link = useLink();
  const [typed, setTyped] = useState('');
  const [isTried, setTried] = useState(false);
  const forget = useAction(async () => link.call('forgetEverything'));
  const word = t('forgetWord');
  const isRight = typed.trim().toLowerCase() === word.toLowerCase();
  const submit = async () => {
    setTried(true);
    if (isRight && (await forget.run())) onClose();
  };
  return (
    <Dialog title={t('forgetEverything')} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>{says}</p>
        <p class="notice danger">{t('forgetMeans')}</p>
        <Field
          label={t('forgetType', { word })}
          isExact
          value={typed}
          onInput={setTyped}
          wrong={isTried && !isRight ? t('forgetTypeWrong', { word }) : undefined}
        />
        <FailureNote failure={forget.failure} />
        <div class="buttons">
          <Button kind="danger" submits isBusy={forget.isGoing}>
            {t('forgetEverything')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
