/** A new identity: a name, a passphrase, words that bring it back, and three of them to see that they were written down. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { askToKeep } from '../../page/kept.ts';
import { useAction } from '../../page/use-action.ts';
import { askedPlaces, AskWords } from './ask-words.tsx';
import { Form } from './form.tsx';
import { NameField } from './name-field.tsx';
import { isFine, NO_PASSPHRASE, PassphraseChoice, passphraseOf } from './passphrase-choice.tsx';

type Step = { readonly is: 'name' } | { readonly is: 'show' | 'ask'; readonly words: readonly string[] };

export function NewIdentity({ onBack }: { readonly onBack: () => void }) {
  const link = useLink();
  const [step, setStep] = useState<Step>({ is: 'name' });
  const [places, setPlaces] = useState<readonly number[]>([]);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);

  const makeWords = useAction(async () => {
    const words = (await link.call('makeWords')).split(' ');
    setPlaces(askedPlaces(words.length));
    setStep({ is: 'show', words });
  });
  const create = useAction(async (words: readonly string[]) => {
    // At a click, as browsers want it.
    void askToKeep();
    await link.call('create', { name: name.trim(), passphrase: passphraseOf(chosen), words: words.join(' ') });
  });

  if (step.is === 'name') {
    return (
      <Form
        title={t('makeNew')}
        says={t('makeNewMeans')}
        submit={t('next')}
        onBack={onBack}
        isBusy={makeWords.isGoing}
        failure={makeWords.failure}
        onSubmit={() => {
          setTried(true);
          if (name.trim() !== '' && isFine(chosen)) void makeWords.run();
        }}
      >
        <NameField value={name} onInput={setName} isTried={isTried} />
        <PassphraseChoice chosen={chosen} onChange={setChosen} isTried={isTried} />
      </Form>
    );
  }
  const { words } = step;
  if (step.is === 'show') {
    return (
      <Form
        title={t('words')}
        says={t('wordsMean')}
        submit={t('wordsWritten')}
        onBack={() => setStep({ is: 'name' })}
        onSubmit={() => setStep({ is: 'ask', words })}
      >
        <ol class="words" lang="en" dir="ltr">
          {words.map((word, at) => (
            <li key={`${at} ${word}`}>{word}</li>
          ))}
        </ol>
        <p class="notice warning">{t('wordsWarning')}</p>
      </Form>
    );
  }
  return (
    <AskWords
      words={words}
      places={places}
      onBack={() => setStep({ is: 'show', words })}
      onRight={() => void create.run(words)}
      isBusy={create.isGoing}
      failure={create.failure}
    />
  );
}
