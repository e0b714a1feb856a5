/** Nobody lives here yet: how to begin. */
import { useState } from 'preact/hooks';
import { chosenLanguage } from '../../page/choices.ts';
import { language, LANGUAGES, t, type Language } from '../../language/language.ts';
import { Button } from '../parts/button.tsx';
import { ImportIdentity } from './import-identity.tsx';
import { LANGUAGE_NAMES } from './language-names.ts';
import { NewIdentity } from './new-identity.tsx';
import { RestoreWords } from './restore-words.tsx';

type Way = 'choose' | 'new' | 'words' | 'device';

export function Start() {
  const [way, go] = useState<Way>('choose');
  const back = () => go('choose');
  if (way === 'new') return <NewIdentity onBack={back} />;
  if (way === 'words') return <RestoreWords onBack={back} />;
  if (way === 'device') return <ImportIdentity onBack={back} />;
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
