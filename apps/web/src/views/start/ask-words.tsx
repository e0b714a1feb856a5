/** Asks for three of the words, so that they are on paper before anything depends on it. */
import { useState } from 'preact/hooks';
import { t } from '../../language/language.ts';
import type { Failure } from '../../protocol/views.ts';
import { Field } from '../parts/field.tsx';
import { Form } from './form.tsx';

const ASKED = 3;

/** Which ones are asked for, in their order. */
export function askedPlaces(count: number, random: () => number = Math.random): readonly number[] {
  const places = new Set<number>();
  while (places.size < Math.min(ASKED, count)) places.add(Math.floor(random() * count));
  return [...places].sort((one, other) => one - other);
}

export interface AskWordsProps {
  readonly words: readonly string[];
  readonly places: readonly number[];
  readonly onBack: () => void;
  readonly onRight: () => void;
  readonly isBusy: boolean;
  readonly failure: Failure | undefined;
}

export function AskWords({ words, places, onBack, onRight, isBusy, failure }: AskWordsProps) {
  const [typed, setTyped] = useState<readonly string[]>(places.map(() => ''));
  const [isTried, setTried] = useState(false);
  const isRight = (at: number) => typed[at]?.trim().toLowerCase() === words[places[at] ?? -1];
  return (
    <Form
      title={t('askWords')}
      says={t('askWordsMeans')}
      submit={t('enter')}
      onBack={onBack}
      isBusy={isBusy}
      failure={failure}
      onSubmit={() => {
        setTried(true);
        if (places.every((_, at) => isRight(at))) onRight();
      }}
    >
      {places.map((place, at) => (
        <Field
          key={place}
          label={t('wordNumber', { number: place + 1 })}
          isExact
          value={typed[at] ?? ''}
          onInput={(word) => setTyped(typed.map((old, other) => (other === at ? word : old)))}
          wrong={isTried && !isRight(at) ? t('wordWrong', { number: place + 1 }) : undefined}
        />
      ))}
    </Form>
  );
}
