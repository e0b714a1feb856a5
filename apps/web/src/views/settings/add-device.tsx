/** The identity on its way to another device: sealed, as codes, as a file, or as text. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { MovingCode } from '../parts/moving-code.tsx';
import { copy, saveAs } from '../parts/hand-over.ts';
import { isFine, NO_PASSPHRASE, PassphraseChoice } from '../start/passphrase-choice.tsx';

export function AddDevice({ onClose }: { readonly onClose: () => void }) {
  const link = useLink();
  const [chosen, setChosen] = useState(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);
  const [text, setText] = useState<string>();
  const seal = useAction(async () => setText(await link.call('exportIdentity', { filePassphrase: chosen.first })));
  if (text !== undefined) {
    return (
      <Dialog title={t('addDevice')} onClose={onClose}>
        <p>{t('addDeviceReady')}</p>
        <MovingCode text={text} label={t('addDeviceCode')} />
        <div class="buttons">
          <Button icon="down" onClick={() => saveAs(new Blob([text], { type: 'text/plain' }), 'identity.txt')}>
            {t('saveFile')}
          </Button>
          <Button icon="copy" onClick={() => copy(text)}>
            {t('copyText')}
          </Button>
        </div>
        <p class="notice warning">{t('addDeviceWarning')}</p>
      </Dialog>
    );
  }
  return (
    <Dialog title={t('addDevice')} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (isFine(chosen)) void seal.run();
        }}
      >
        <p>{t('addDeviceMeans')}</p>
        <PassphraseChoice chosen={chosen} onChange={setChosen} isTried={isTried} isNeeded hint={t('addDeviceHint')} />
        <FailureNote failure={seal.failure} />
        <div class="buttons">
          <Button kind="primary" submits isBusy={seal.isGoing}>
            {seal.isGoing ? t('working') : t('addDeviceShow')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
