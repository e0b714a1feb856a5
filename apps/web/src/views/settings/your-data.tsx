/** Everything taken along, and everything deleted. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { saveAs } from '../parts/hand-over.ts';
import { ForgetEverything } from './forget-everything.tsx';
import { Section } from './section.tsx';

export function YourData() {
  const link = useLink();
  const [isForgetting, setForgetting] = useState(false);
  const bring = useAction(async () => saveAs(await link.call('exportEverything'), 'dim-export.json'));
  return (
    <Section title={t('yourData')}>
      <p class="soft">{t('exportMeans')}</p>
      <FailureNote failure={bring.failure} />
      <div class="buttons">
        <Button icon="down" isBusy={bring.isGoing} onClick={bring.run}>
          {t('exportEverything')}
        </Button>
        <Button icon="trash" kind="danger" onClick={() => setForgetting(true)}>
          {t('forgetEverything')}
        </Button>
      </div>
      {isForgetting && <ForgetEverything says={t('forgetHere')} onClose={() => setForgetting(false)} />}
    </Section>
  );
}
