/** The passphrase, and what somebody could read who takes the device: as it is, also where it is not what one would like. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink, useMe } from '../../page/context.ts';
import { askToKeep, isKept } from '../../page/kept.ts';
import { Button } from '../parts/button.tsx';
import { attempt } from '../parts/toast.tsx';
import { ChangePassphrase } from './change-passphrase.tsx';
import { Section } from './section.tsx';

export function Safety() {
  const { isSealed } = useMe();
  const link = useLink();
  const [isChanging, setChanging] = useState(false);
  return (
    <Section title={t('security')}>
      <h3>{t('thief')}</h3>
      <ul class="notes">
        <li>{isSealed ? t('thiefSealed') : t('thiefUnsealed')}</li>
        <li>{t('thiefMessages')}</li>
        {isSealed && <li>{t('thiefOpen')}</li>}
        <li>{t('thiefAdvice')}</li>
      </ul>
      <div class="buttons">
        <Button icon="key" onClick={() => setChanging(true)}>
          {isSealed ? t('changePassphrase') : t('setPassphrase')}
        </Button>
        {isSealed && (
          <Button icon="lock" onClick={() => attempt(() => link.call('lock'))}>
            {t('lockNow')}
          </Button>
        )}
      </div>
      <p>{isKept.value === true ? t('kept') : t('notKept')}</p>
      {isKept.value !== true && (
        <div class="buttons">
          <Button onClick={askToKeep}>{t('askToKeep')}</Button>
        </div>
      )}
      {isChanging && <ChangePassphrase onClose={() => setChanging(false)} />}
    </Section>
  );
}
