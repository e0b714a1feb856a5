/** A new identity: a name, a passphrase, words that bring it back, and three of them to see that they were written down. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import { useAskBeforeLeaving } from '../../page/ask-before-leaving.ts';
import { useLink } from '../../page/context.ts';
import { askToKeep } from '../../page/kept.ts';
import type { Steps } from '../../page/steps.ts';
import { useAction } from '../../page/use-action.ts';
import { askedPlaces, AskWords } from './ask-words.tsx';
import { Form } from './form.tsx';
import { NameField } from './name-field.tsx';
import { isFine, NO_PASSPHRASE, PassphraseChoice, passphraseOf } from './passphrase-choice.tsx';

export type MakingStep = 'new' | 'show' | 'ask';

/** What was made so far: it stays while somebody goes back and forth. */
export interface Making {
  readonly name: string;
  readonly chosen: typeof NO_PASSPHRASE;
  /** The same ones at each look: they may be on paper already. */
  readonly words: readonly string[];
  readonly places: readonly number[];
}

export function useMaking() {
  const [made, setMade] = useState<Making>({ name: '', chosen: NO_PASSPHRASE, words: [], places: [] });
  // Nobody but this page has the words.
  useAskBeforeLeaving(made.words.length > 0);
  return { made, change: (change: Partial<Making>) => setMade((before) => ({ ...before, ...change })) };
}

export interface NewIdentityProps extends ReturnType<typeof useMaking> {
  readonly steps: Pick<Steps<MakingStep>, 'go' | 'back' | 'finish'>;
  readonly step: MakingStep;
}

export function NewIdentity({ step, steps, made: { name, chosen, words, places }, change }: NewIdentityProps) {
  const link = useLink();
  const [isTried, setTried] = useState(false);
  const makeWords = useAction(async () => {
    if (words.length === 0) {
      const madeNow = (await link.call('makeWords')).split(' ');
      change({ words: madeNow, places: askedPlaces(madeNow.length) });
    }
    steps.go('show');
  });
  const create = useAction(async () => {
    // At a click, as browsers want it.
    void askToKeep();
    const identity = { name: name.trim(), passphrase: passphraseOf(chosen), words: words.join(' ') };
    await steps.finish(async () => link.call('create', identity));
  });

  if (step === 'new') {
    return (
      <Form
        title={t('makeNew')}
        says={t('makeNewMeans')}
        submit={t('next')}
        onBack={steps.back}
        isBusy={makeWords.isGoing}
        failure={makeWords.failure}
        onSubmit={() => {
          setTried(true);
          if (name.trim() !== '' && isFine(chosen)) void makeWords.run();
        }}
      >
        <NameField value={name} onInput={(typed) => change({ name: typed })} isTried={isTried} />
        <PassphraseChoice chosen={chosen} onChange={(next) => change({ chosen: next })} isTried={isTried} />
      </Form>
    );
  }
  if (step === 'show') {
    return (
      <Form
        title={t('words')}
        says={t('wordsMean')}
        submit={t('wordsWritten')}
        onBack={steps.back}
        onSubmit={() => steps.go('ask')}
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
      onBack={steps.back}
      onRight={() => void create.run()}
      isBusy={create.isGoing}
      failure={create.failure}
    />
  );
}
