/** The identity from words on paper. What was written before stays unread: the page says so before it is done. */
import { useState } from 'preact/hooks';
import { failureText } from '../../language/failure-text.ts';
import { t } from '../../language/language.ts';
import { useLink } from '../../page/context.ts';
import { askToKeep } from '../../page/kept.ts';
import type { Steps } from '../../page/steps.ts';
import { useAction } from '../../page/use-action.ts';
import { Field } from '../parts/field.tsx';
import { Form } from './form.tsx';
import { NameField } from './name-field.tsx';
import { isFine, NO_PASSPHRASE, PassphraseChoice, passphraseOf } from './passphrase-choice.tsx';

export function RestoreWords({ steps }: { readonly steps: Pick<Steps<never>, 'back' | 'finish'> }) {
  const link = useLink();
  const [words, setWords] = useState('');
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState(NO_PASSPHRASE);
  const [isTried, setTried] = useState(false);
  const restore = useAction(async () => {
    void askToKeep();
    await steps.finish(async () =>
      link.call('restore', { name: name.trim(), passphrase: passphraseOf(chosen), words }),
    );
  });
  const { failure } = restore;
  // What is wrong with the words is said where they stand.
  const isOfWords = failure?.code.startsWith('INPUT_') === true;
  const noWords = isTried && words.trim() === '' ? t('wordsMissing') : undefined;
  return (
    <Form
      title={t('fromWords')}
      says={t('fromWordsMeans')}
      submit={t('enter')}
      onBack={steps.back}
      isBusy={restore.isGoing}
      failure={isOfWords ? undefined : failure}
      onSubmit={() => {
        setTried(true);
        if (words.trim() !== '' && name.trim() !== '' && isFine(chosen)) void restore.run();
      }}
    >
      <Field
        label={t('words')}
        hint={t('wordsHint')}
        isLong
        isExact
        value={words}
        onInput={(typed) => {
          restore.forget();
          setWords(typed);
        }}
        wrong={isOfWords ? failureText({ ...failure, path: failure.path || 'words' }) : noWords}
      />
      <NameField value={name} onInput={setName} isTried={isTried} />
      <PassphraseChoice chosen={chosen} onChange={setChosen} isTried={isTried} />
    </Form>
  );
}
