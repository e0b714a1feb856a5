/** The code that is the same on both sides when nobody sits in between: digits to read out, and a QR code to scan. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { useAction } from '../../page/use-action.ts';
import type { PersonDetails } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { Scan } from '../parts/scan.tsx';
import { say } from '../parts/toast.tsx';
import { codeForCamera, compare, groupsOf } from './code-text.ts';

export function Verify({ person: { id, code, isVerified, hasAlarm } }: { readonly person: PersonDetails }) {
  const link = useLink();
  const [isScanning, setScanning] = useState(false);
  const [differs, setDiffers] = useState(false);
  const set = useAction(async (isSame: boolean) => link.call('setVerified', { id, isVerified: isSame }));
  const groups = code === undefined ? undefined : groupsOf(code);
  const forCamera = code === undefined ? undefined : codeForCamera(code);

  const take = async (scanned: string) => {
    setScanning(false);
    const result = compare(code ?? '', scanned);
    if (result === 'no code') return void say({ text: t('notOfVerifying'), stays: true });
    setDiffers(result === 'differs');
    // What was taken for verified before is not, when the codes differ now.
    if ((await set.run(result === 'same')) && result === 'same') say(t('codesMatchNow'));
    return undefined;
  };
  return (
    <section class="section">
      <h2>{t('verify')}</h2>
      {groups === undefined || forCamera === undefined ? (
        <p class="soft">{t('verifyUnknown')}</p>
      ) : (
        <>
          <p class="soft">{t('verifyMeans')}</p>
          <div role="alert">
            {differs && (
              <div class="notice danger">
                <div class="stack tight">
                  <strong>{t('codesDiffer')}</strong>
                  <p>{t('codesDifferMeans')}</p>
                </div>
              </div>
            )}
          </div>
          {isVerified && !hasAlarm && <p class="notice">{t('isVerified')}</p>}
          <ol class="digits" dir="ltr" aria-label={t('verifyCode')}>
            {groups.map((group, at) => (
              <li key={`${at} ${group}`}>{group}</li>
            ))}
          </ol>
          <QrCode text={forCamera} label={t('verifyCode')} />
          <FailureNote failure={set.failure} />
          <div class="buttons">
            <Button icon="camera" onClick={() => setScanning(true)}>
              {t('scanVerify')}
            </Button>
            <Button icon="check" isBusy={set.isGoing} onClick={() => set.run(!isVerified)}>
              {isVerified ? t('unverify') : t('codesMatch')}
            </Button>
          </div>
        </>
      )}
      {isScanning && (
        <Scan
          title={t('scanVerify')}
          says={t('scanVerifyMeans')}
          onClose={() => setScanning(false)}
          onText={(text) => void take(text)}
        />
      )}
    </section>
  );
}
