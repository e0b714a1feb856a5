/** Nobody lives here yet: how to begin. */
import { chosenLanguage } from '../../page/choices.ts';
import { language, LANGUAGES, t, type Language } from '../../language/language.ts';
import { useSteps } from '../../page/steps.ts';
import { Button } from '../parts/button.tsx';
import { ImportIdentity } from './import-identity.tsx';
import { LANGUAGE_NAMES } from './language-names.ts';
import { NewIdentity, useMaking, type MakingStep } from './new-identity.tsx';
import { RestoreWords } from './restore-words.tsx';

type Step = MakingStep | 'choose' | 'words' | 'device';

export function Start() {
  const steps = useSteps<Step>('choose');
  const making = useMaking();
  const { step, go } = steps;
  if (step === 'words') return <RestoreWords steps={steps} />;
  if (step === 'device') return <ImportIdentity steps={steps} />;
  if (step !== 'choose') return <NewIdentity step={step} steps={steps} {...making} />;
  const others = (Object.keys(LANGUAGES) as Language[]).filter((one) => one !== language.value);
  return (
    <main class="alone stack roomy">
      <img class="brand" src="./icon.svg" alt="" />
      <h1>{t('welcome')}</h1>
      <p>{t('welcomeMeans')}</p>
      <div class="wide-buttons">
        <Button kind="primary" icon="add" onClick={() => go('new')}>
          {t('makeNew')}
        </Button>
        <Button icon="qr" onClick={() => go('device')}>
          {t('fromDevice')}
        </Button>
        <Button icon="key" onClick={() => go('words')}>
          {t('fromWords')}
        </Button>
      </div>
      <p class="soft small">{t('welcomeKeys')}</p>
      <p>
        {others.map((one) => (
          <Button kind="quiet" key={one} onClick={() => (chosenLanguage.value = one)}>
            <span lang={one}>{LANGUAGE_NAMES[one]}</span>
          </Button>
        ))}
      </p>
    </main>
  );
}
