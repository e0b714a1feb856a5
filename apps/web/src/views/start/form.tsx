/** A step of the beginning: a heading that takes the focus, a sentence, fields, and what goes on. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { t } from '../../language/language.ts';
import type { Failure } from '../../protocol/views.ts';
import { Button } from '../parts/button.tsx';
import { FailureNote } from '../parts/failure.tsx';

export interface FormProps {
  readonly title: string;
  readonly says: string;
  readonly children: ComponentChildren;
  readonly submit: string;
  readonly onSubmit: () => unknown;
  readonly onBack?: (() => void) | undefined;
  readonly isBusy?: boolean | undefined;
  readonly failure?: Failure | undefined;
}

export function Form({ title, says, children, submit, onSubmit, onBack, isBusy = false, failure }: FormProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} – ${t('appName')}`;
    heading.current?.focus();
  }, [title]);
  return (
    <main class="alone">
      <form
        class="stack roomy"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) onSubmit();
        }}
      >
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p class="soft">{says}</p>
        {children}
        <FailureNote failure={failure} />
        <div class="buttons">
          <Button kind="primary" submits isBusy={isBusy}>
            {isBusy ? t('working') : submit}
          </Button>
          {onBack && <Button onClick={onBack}>{t('back')}</Button>}
        </div>
      </form>
    </main>
  );
}
